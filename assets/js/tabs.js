// The contact's tabs: what is beside the record is fetched when it is opened, stays chosen from one conversation to the next,
// and follows what happens.
const { find, ask, later, nodes, tell, opened } = balcao;
const KEY = "balcao-tab";
const bar = () => find("#contact .tabs");

async function show(name) {
  const link = find(`[data-tab="${name}"]`, bar()) ?? find("[data-tab]", bar());
  for (const one of bar().children) one.toggleAttribute("aria-current", one === link);
  const own = link.dataset.tab === "record";
  find("#tab-record").hidden = !own;
  const other = find("#tab-other");
  other.hidden = own;
  if (own) return other.replaceChildren();
  const id = opened();
  const answer = await ask(link.href).catch(() => null);
  const text = await answer?.text();
  if (opened() !== id || !link.hasAttribute("aria-current")) return;
  if (!answer?.ok) return tell(text ?? balcao.say("Sem conexão.", "No connection."));
  const focused = other.contains(document.activeElement);
  other.replaceChildren(nodes(text));
  for (const button of other.querySelectorAll("[data-canned]")) button.hidden = false;
  if (focused) link.focus();
}

const again = () => bar() && show(sessionStorage.getItem(KEY) ?? "record");
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("#contact .tabs [data-tab]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  sessionStorage.setItem(KEY, link.dataset.tab);
  show(link.dataset.tab);
});
document.addEventListener("balcao:opened", again);
const soon = later(800, () => find("#tab-other")?.hidden === false && !find("#tab-other :is(input, select):focus") && again());
for (const name of ["message", "conversation", "ticket", "note"]) {
  document.addEventListener(`balcao:${name}`, ({ detail }) => (name === "ticket" || String(detail.conversation) === opened()) && soon());
}
again();
