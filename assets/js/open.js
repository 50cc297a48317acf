// Opening a conversation in place: the queue stays, the two other parts are fetched.
const { find, ask, nodes, tell, say } = balcao;

async function open(address, remember) {
  const path = new URL(address, location.href);
  const answer = await ask(`${path.pathname}/panes${path.search}`);
  if (!answer.ok) return tell((await answer.text()) || say("Não foi possível abrir.", "It could not be opened."));
  show(await answer.text());
  if (remember) history.pushState({}, "", address);
}

/** Puts contact and conversation in place of what was open. */
function show(markup) {
  find("#open").replaceWith(nodes(markup));
  document.dispatchEvent(new CustomEvent("balcao:opened"));
}
Object.assign(balcao, { open, show });

document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#queue .item a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
  event.preventDefault();
  open(link.href, true).catch(() => location.assign(link.href));
});
addEventListener("popstate", () => {
  if (location.hash) return;
  if (/^\/conversations\/\d+$/.test(location.pathname)) open(location.href, false).catch(() => location.reload());
  else if (find("#open")) location.reload();
});
