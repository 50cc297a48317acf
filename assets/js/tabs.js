// The contact's tabs: what is beside the record is fetched when it is opened, stays chosen from one conversation to the next,
// and follows what happens.
const { find, ask, later, nodes, tell, opened } = balcao;
const KEY = "balcao-tab";
const bar = () => find("#contact .tabs");
// What the shown tab was sifted by; forgotten with the tab.
let sifted;

/** Puts fresh entries above those that further pages brought; false where they do not meet. */
function mend(list, fresh) {
  const twin = fresh?.lastElementChild && find(`#${fresh.lastElementChild.id}`, list ?? fresh);
  if (!list || twin?.parentElement !== list) return false;
  while (list.firstElementChild !== twin) list.firstElementChild.remove();
  twin.remove();
  list.prepend(...fresh.children);
  return true;
}

async function show(name, anew) {
  const link = find(`[data-tab="${name}"]`, bar()) ?? find("[data-tab]", bar());
  for (const one of bar().children) one.toggleAttribute("aria-current", one === link);
  const own = link.dataset.tab === "record";
  find("#tab-record").hidden = !own;
  const other = find("#tab-other");
  other.hidden = own;
  if (own) return other.replaceChildren();
  const id = opened();
  const answer = await ask(sifted ?? link.href).catch(() => null);
  const text = await answer?.text();
  if (opened() !== id || !link.hasAttribute("aria-current")) return;
  if (!answer || (!answer.ok && answer.status !== 422)) return tell(text ?? balcao.say("Sem conexão.", "No connection."));
  const fresh = nodes(text);
  const at = document.activeElement;
  const focused = other.contains(at);
  const back = focused && (at.id ? `#${at.id}` : at.closest("li[id]") && `#${at.closest("li[id]").id} a`);
  if (anew && mend(find(".entries[data-grown]", other), find(".entries", fresh))) find(".sums", other)?.replaceWith(find(".sums", fresh));
  else other.replaceChildren(fresh);
  for (const button of other.querySelectorAll("[data-canned]")) button.hidden = false;
  if (focused) ((back && find(back, other)) || link).focus();
}

const again = (anew) => bar() && show(sessionStorage.getItem(KEY) ?? "record", anew === true);
/** The form's filter as an address, shown in place. */
function sift(form) {
  sifted = `${form.action}?${new URLSearchParams(new FormData(form))}`;
  show(form.dataset.sifts);
}
document.addEventListener("submit", (event) => {
  if (!event.target.matches("#tab-other form[data-sifts]")) return;
  event.preventDefault();
  sift(event.target);
});
document.addEventListener("change", (event) => event.target.matches("#tab-other form[data-sifts] select") && sift(event.target.form));
document.addEventListener("click", async (event) => {
  const more = event.target.closest?.("#tab-other [data-more]");
  if (more) {
    event.preventDefault();
    const answer = await ask(more.href).catch(() => null);
    if (!answer?.ok || !more.isConnected) return;
    const fresh = nodes(await answer.text());
    const list = find("#tab-other .entries");
    const first = find(".entries a", fresh);
    list.append(...find(".entries", fresh).children);
    list.dataset.grown = "";
    more.replaceWith(find("[data-more]", fresh) ?? "");
    return first?.focus();
  }
  const link = event.target.closest?.("#contact .tabs [data-tab]");
  if (!link || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  sessionStorage.setItem(KEY, link.dataset.tab);
  sifted = undefined;
  show(link.dataset.tab);
});
document.addEventListener("balcao:opened", () => {
  sifted = undefined;
  again();
});
const soon = later(800, () => find("#tab-other")?.hidden === false && !find("#tab-other :is(input, select):focus") && again(true));
for (const name of ["message", "conversation", "ticket", "note"]) {
  document.addEventListener(`balcao:${name}`, ({ detail }) => (name === "ticket" || String(detail.conversation) === opened()) && soon());
}
again();
