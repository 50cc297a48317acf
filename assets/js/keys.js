// The keyboard: single letters act where nothing is being typed.
const { find } = balcao;
const typing = (target) => target.closest?.("input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]");
let went = 0;

function walk(step) {
  const links = [...document.querySelectorAll("#queue .item a")];
  const here = links.findIndex((link) => link === document.activeElement);
  const from = here >= 0 ? here : links.findIndex((link) => link.hasAttribute("aria-current"));
  links[Math.min(Math.max(from + step, 0), links.length - 1)]?.focus();
}

/** The action on this letter: of the conversation's head, the queue's or the page's. */
const action = (key) => /^[a-z]$/.test(key) && find(`:is(#head, .queue > .pane-head, .page-head) [data-key="${key}"]`);
const keys = {
  j: () => walk(1),
  k: () => walk(-1),
  r: () => balcao.write?.("chat"),
  n: () => balcao.write?.("note"),
  "/": () => location.assign("/search"),
  "?": () => find("#shortcuts")?.showModal(),
  g: () => { went = Date.now(); },
};
const places = { c: "/conversations", b: "/search", s: "/settings", r: "/reports", t: "/tickets", l: "/contacts", p: "/profile" };

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && typing(event.target) && !event.target.closest("dialog")) return event.target.blur();
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || find("dialog[open]")) return;
  const key = event.key.toLowerCase();
  if (Date.now() - went < 1200 && places[key]) {
    event.preventDefault();
    return find(`.nav a[href="${places[key]}"]`)?.click();
  }
  if (!keys[key] && !action(key)) return;
  event.preventDefault();
  (keys[key] ?? (() => action(key).click()))();
});
