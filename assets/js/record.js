// The contact's record is stored field by field, as each is left.
const { find, ask, nodes, tell, say } = balcao;

document.addEventListener("change", async ({ target }) => {
  const form = target.closest?.("#contact-data");
  if (!form || !target.name) return;
  const was = `was-${target.name}`;
  const body = new URLSearchParams({ [target.name]: target.value, [was]: form.elements[was].value, only: "1" });
  const answer = await ask(form.action, { method: "POST", body }).catch(() => null);
  if (!answer || (!answer.ok && answer.status !== 422)) return tell(answer ? await answer.text() : say("Sem conexão. Nada foi gravado.", "No connection. Nothing was stored."));
  const fresh = find("#contact-data", nodes(await answer.text()));
  const part = `[data-field="${target.closest("[data-field]").dataset.field}"]`;
  const old = find(part, form);
  if (!old) return;
  const focused = old.contains(document.activeElement);
  old.replaceWith(find(part, fresh));
  if (focused) find(`${part} [name]`, form).focus();
  if (!answer.ok) return;
  const missing = find(".missing", form);
  if (missing) missing.replaceWith(find(".missing", fresh) ?? "");
  find(part, form).dataset.stored = "";
  const title = find("#contact h2");
  if (title) title.textContent = fresh.dataset.title;
});
