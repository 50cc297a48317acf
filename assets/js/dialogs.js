// Forms that act in place: dialogs open over the conversation, faults keep what was typed, answers replace what was open.
const { find, ask, nodes, tell } = balcao;

/** Opens the dialog that a link names; one that the page does not hold is fetched from the link's address. */
async function raise(opener) {
  const id = opener.dataset.dialog;
  let dialog = find(`#${id}`);
  if (!dialog) {
    const answer = await ask(opener.href);
    const text = await answer.text();
    if (!answer.ok) return tell(text);
    if (find(`#${id}`)) return;
    dialog = Object.assign(document.createElement("dialog"), { id, className: "sheet" });
    dialog.setAttribute("aria-labelledby", `${id}-title`);
    dialog.append(nodes(text));
    (find("#open") ?? document.body).append(dialog);
    // What was typed stays for the next time; an untouched dialog is fetched anew, for the world moves on.
    dialog.addEventListener("input", () => { dialog.dataset.typed = "1"; });
    dialog.addEventListener("close", () => dialog.dataset.typed || dialog.remove());
    document.dispatchEvent(new CustomEvent("balcao:dialog", { detail: dialog }));
  }
  // The head may have been renewed meanwhile: the focus goes to what opens this dialog now.
  dialog.addEventListener("close", () => find(`[data-dialog="${id}"]`)?.focus(), { once: true });
  if (!dialog.open) dialog.showModal();
}

// A choice that changes what the form proposes: the form, or the part that it names, is asked for with what was chosen.
document.addEventListener("change", async (event) => {
  const choice = event.target.closest?.("[data-renew]");
  const form = choice?.closest("form");
  if (!form) return;
  const answer = await ask(`${choice.dataset.renew}?${new URLSearchParams({ [choice.name]: choice.value })}`).catch(() => null);
  if (!answer?.ok) return;
  const fresh = nodes(await answer.text());
  const part = choice.dataset.renews;
  if (!part) form.replaceWith(find("form", fresh));
  else find(part, form).replaceWith(fresh);
  document.dispatchEvent(new CustomEvent("balcao:dialog", { detail: document }));
  find(`[data-renew][name="${choice.name}"]`)?.focus();
});

const offline = () => tell(balcao.say("Sem conexão. Nada foi gravado.", "No connection. Nothing was stored."));

document.addEventListener("click", (event) => {
  const opener = event.target.closest?.("[data-dialog]");
  if (opener) {
    event.preventDefault();
    raise(opener).catch(offline);
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
  // Before the button is shut off, for a button that is takes its own value out of the form.
  const body = new URLSearchParams(new FormData(form, button));
  if (button) button.disabled = true;
  try {
    const answer = await ask(form.action, { method: "POST", body });
    const text = await answer.text();
    const part = form.dataset.live === "part" && form.closest("[data-part]");
    if (answer.status === 422) {
      const fresh = nodes(text);
      (part || form).replaceWith(part ? find("[data-part]", fresh) : fresh);
      document.dispatchEvent(new CustomEvent("balcao:dialog", { detail: document }));
      find("[aria-invalid]")?.focus();
    } else if (answer.ok && form.dataset.live === "note") {
      // The event that it changed brings it into the thread.
      form.closest("dialog").close();
    } else if (answer.ok && form.dataset.live === "part") {
      // What was open stays open and shows how it is now; a dialog for one thing alone is done.
      const fresh = find("[data-part]", nodes(text));
      if (part && fresh) part.replaceWith(fresh);
      else form.closest("dialog")?.close();
      if (!fresh && !form.closest("dialog")) return location.assign(answer.url);
      document.dispatchEvent(new CustomEvent("balcao:changed", { detail: fresh }));
    } else if (answer.ok) {
      form.closest("dialog")?.close();
      // Another conversation is shown now, or none any more: the address says so.
      const to = new URL(answer.url);
      if (answer.redirected && to.pathname !== location.pathname) {
        if (!/^\/conversations\/\d+$/.test(to.pathname)) return location.assign(to);
        history.pushState({}, "", to);
      }
      balcao.show(text);
    } else {
      tell(text);
      if (answer.status === 409) balcao.open(location.href, false);
    }
  } catch {
    offline();
  } finally {
    if (button) button.disabled = false;
  }
});
