// Steps within a dialog: a search or a link that goes on in the same dialog instead of on another page.
const { find, ask, nodes, tell } = balcao;

async function step(dialog, address) {
  const answer = await ask(address);
  const text = await answer.text();
  if (!answer.ok) return tell(text);
  dialog.replaceChildren(nodes(text));
  find("input:not([type=hidden]), select, textarea", dialog)?.focus();
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest("dialog form[data-within]");
  if (!form) return;
  event.preventDefault();
  step(form.closest("dialog"), `${form.action}?${new URLSearchParams(new FormData(form))}`);
});
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("dialog a[data-within]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  step(link.closest("dialog"), link.href);
});
