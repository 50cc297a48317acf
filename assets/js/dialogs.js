// Forms that act in place: dialogs open over the conversation, faults keep what was typed, answers replace what was open.
const { find, ask, nodes, tell } = balcao;

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-dialog]");
  if (opener) {
    event.preventDefault();
    const dialog = find(`#${opener.dataset.dialog}`);
    dialog?.showModal();
    // The head may have been renewed meanwhile: the focus goes to what opens this dialog now.
    dialog?.addEventListener("close", () => find(`[data-dialog="${dialog.id}"]`)?.focus(), { once: true });
  }
  const shut = event.target.closest?.("[data-shut]");
  if (shut?.closest("dialog")) {
    event.preventDefault();
    shut.closest("dialog").close();
  }
  if (event.target.matches?.("dialog[open]")) event.target.close();
  const copy = event.target.closest?.("[data-copy]");
  if (copy) {
    navigator.clipboard?.writeText(copy.dataset.copy).then(() => {
      copy.dataset.done = "1";
      setTimeout(() => delete copy.dataset.done, 1500);
    });
  }
});

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-live]");
  if (!form) return;
  event.preventDefault();
  const button = event.submitter;
  if (button) button.disabled = true;
  try {
    const answer = await ask(form.action, { method: "POST", body: new URLSearchParams(new FormData(form, button)) });
    const text = await answer.text();
    if (answer.status === 422) {
      form.replaceWith(nodes(text));
      find("[aria-invalid]")?.focus();
    } else if (answer.ok) {
      form.closest("dialog")?.close();
      balcao.show(text);
    } else {
      tell(text);
      if (answer.status === 409) balcao.open(location.href, false);
    }
  } catch {
    tell(balcao.say("Sem conexão. Nada foi gravado.", "No connection. Nothing was stored."));
  } finally {
    if (button) button.disabled = false;
  }
});
