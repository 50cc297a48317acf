// The queue moves by itself: what changed is fetched card by card, and put where it belongs.
const { find, ask, later, nodes, say, opened } = balcao;
const queue = () => find("#queue");
const changed = new Set();

const flush = async () => {
  const ids = [...changed].slice(0, 50);
  ids.forEach((id) => changed.delete(id));
  const answer = await ask(`/queue/cards?scope=${queue().dataset.scope}&ids=${ids}`);
  if (!answer.ok) return;
  const { counts, cards } = await answer.json();
  for (const [state, total] of Object.entries(counts)) {
    const count = find(`.state[data-state="${state}"] h2 .count`, queue());
    if (count) count.textContent = total;
  }
  const fresh = new Map(cards.map((card) => nodes(card).firstElementChild).map((card) => [card.id, card]));
  for (const id of ids) place(find(`#c${id}`), fresh.get(`c${id}`));
  if (changed.size) soon();
};
let due;
const soon = () => (due ??= setTimeout(() => { due = undefined; flush().catch(() => {}); }, 250));

/** Puts a card in its section by its waiting time; keeps focus and mark. */
function place(old, card) {
  const focused = old?.contains(document.activeElement);
  old?.remove();
  const list = card && find(`.state[data-state="${card.dataset.state}"] .cards`, queue());
  if (!list) return;
  const since = Number(card.dataset.since);
  const down = card.dataset.state === "closed";
  const next = [...list.querySelectorAll(".item")].find((other) => down ? Number(other.dataset.since) < since : Number(other.dataset.since) > since);
  const more = find(".more", list);
  // Beyond the last card that is loaded: it comes with the next page.
  if (!next && more) return;
  list.insertBefore(card, next ?? more);
  mark();
  if (focused) find("a", card).focus();
}

/** Marks the card of the open conversation. */
function mark() {
  for (const link of queue().querySelectorAll(".item a")) {
    if (link.parentElement.id === `c${opened()}`) link.setAttribute("aria-current", "true");
    else link.removeAttribute("aria-current");
  }
}

function tick() {
  for (const time of document.querySelectorAll("time.wait")) {
    const item = time.closest(".item");
    const until = time.dataset.until ?? (item?.dataset.state === "paused" && item.dataset.since);
    const waited = Date.now() - Number(until || (time.dataset.since ?? item.dataset.since));
    const minutes = Math.floor(Math.abs(waited) / 60000);
    const shown = minutes < 1 ? say("agora", "now") : minutes < 60 ? `${minutes} min` : minutes < 1440 ? `${Math.floor(minutes / 60)} h` : `${Math.floor(minutes / 1440)} d`;
    time.textContent = !until ? shown : waited < 0 ? say(`volta: ${shown}`, `back: ${shown}`) : say(`atrasada: ${shown}`, `late: ${shown}`);
    if (until) time.dataset.heat = waited > 0 ? "red" : "calm";
    if (time.dataset.goal) {
      const [spent, goal] = [Date.now() - Number(time.dataset.from), Number(time.dataset.goal)];
      time.dataset.heat = spent > goal ? "red" : spent * 2 > goal ? "amber" : "calm";
    }
  }
}

if (queue()) {
  for (const name of ["message", "conversation", "seen"]) {
    document.addEventListener(`balcao:${name}`, ({ detail }) => {
      changed.add(String(detail.conversation));
      soon();
    });
  }
  document.addEventListener("balcao:opened", mark);
  setInterval(tick, 20000);

  // Headings fold and unfold in place; "more" grows the list.
  document.addEventListener("click", async (event) => {
    const more = event.target.closest?.("#queue .more a");
    if (more) {
      event.preventDefault();
      const answer = await ask(more.href);
      if (answer.ok) more.parentElement.replaceWith(nodes(await answer.text()));
      mark();
    }
    const head = event.target.closest?.("#queue .state h2 a");
    if (head && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      const section = head.closest(".state");
      const list = find(".cards", section);
      head.setAttribute("aria-expanded", String(!list));
      if (list) return list.remove();
      const fresh = document.createElement("ol");
      fresh.className = "cards";
      section.append(fresh);
      const answer = await ask(`/queue/${section.dataset.state}?scope=${queue().dataset.scope}`);
      if (answer.ok) fresh.append(nodes(await answer.text()));
      mark();
    }
  });
  // Near the end of a list the next page comes by itself.
  const sections = find(".sections", queue());
  sections.addEventListener("scroll", later(100, () => {
    for (const more of sections.querySelectorAll(".more a")) {
      if (more.getBoundingClientRect().top < sections.getBoundingClientRect().bottom + 200) more.click();
    }
  }));
}
