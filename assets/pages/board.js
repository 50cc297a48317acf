// The board of tickets moves by hand and by itself.
const { find, ask, post, later, nodes, tell, say } = balcao;
const board = () => find("[data-fresh-board]");
const slips = (phase) => [...phase.querySelectorAll(".slip")];

/** The board anew; focus and scroll stay. */
async function renew() {
  if (!board() || dragged) return;
  const answer = await ask(location.href);
  if (!answer.ok || dragged) return;
  const focused = document.activeElement?.closest?.(".slip")?.id;
  const places = [...document.querySelectorAll(".stack")].map((stack) => stack.scrollTop);
  const left = board().scrollLeft;
  board().replaceWith(find("[data-fresh-board]", nodes(await answer.text())));
  board().scrollLeft = left;
  document.querySelectorAll(".stack").forEach((stack, index) => { stack.scrollTop = places[index] ?? 0; });
  if (focused && !find("dialog[open]")) find(`#${focused} a`)?.focus({ preventScroll: true });
}
const soon = later(150, () => renew().catch(() => {}));

/** Puts a card where it belongs, and says so to the server; a ticket that conversations wait for is closed with a word to them. */
async function move(slip, phase, before) {
  const id = slip.dataset.id;
  if (phase.hasAttribute("data-ends") && slip.hasAttribute("data-linked") && slip.closest(".phase") !== phase) {
    const opener = Object.assign(document.createElement("a"), { href: `/tickets/${id}/closing/new?phase=${phase.dataset.phase}`, hidden: true });
    opener.dataset.dialog = `ticket-${id}-closing`;
    slip.append(opener);
    opener.click();
    opener.remove();
    return;
  }
  find(".stack", phase).insertBefore(slip, before ?? find(".stack > .more", phase));
  find("a", slip).focus();
  const answer = await post(`/tickets/${id}/position`, { phase: phase.dataset.phase, before: before?.dataset.id ?? "" }).catch(() => null);
  const name = find("h2", phase).firstChild.textContent.trim();
  if (answer?.ok) find("#say").textContent = say(`T-${id} em ${name}`, `T-${id} in ${name}`);
  else tell(answer ? await answer.text() : say("Sem conexão. Nada foi gravado.", "No connection. Nothing was stored."));
  soon();
}

let dragged;
document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".slip");
  if (!dragged) return;
  event.dataTransfer.setData("text/plain", dragged.dataset.id);
  event.dataTransfer.effectAllowed = "move";
  dragged.dataset.dragged = "";
});
/** The card above which the pointer is. */
const under = (phase, y) => slips(phase).find((slip) => slip !== dragged && y < slip.getBoundingClientRect().top + slip.offsetHeight / 2);
const unmark = () => document.querySelectorAll("[data-over]").forEach((one) => one.removeAttribute("data-over"));
document.addEventListener("dragover", (event) => {
  const phase = dragged && event.target.closest?.(".phase");
  if (!phase) return;
  event.preventDefault();
  unmark();
  (under(phase, event.clientY) ?? phase).dataset.over = "";
});
document.addEventListener("drop", (event) => {
  const phase = dragged && event.target.closest?.(".phase");
  if (!phase) return;
  event.preventDefault();
  const slip = dragged;
  dragged = undefined;
  move(slip, phase, under(phase, event.clientY));
});
document.addEventListener("dragend", (event) => {
  dragged = undefined;
  unmark();
  delete event.target.dataset?.dragged;
});

// Arrows walk over the board; with Ctrl they take the card along.
document.addEventListener("keydown", (event) => {
  const slip = event.target.closest?.(".slip");
  const step = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] }[event.key];
  if (!slip || !step || find("dialog[open]")) return;
  event.preventDefault();
  const phases = [...document.querySelectorAll(".phase")];
  const here = slip.closest(".phase");
  const at = slips(here).indexOf(slip);
  const phase = phases[phases.indexOf(here) + step[0]];
  if (!phase) return;
  if (!event.ctrlKey && !event.metaKey) {
    const stack = slips(phase);
    const next = step[0] ? stack[Math.min(at, stack.length - 1)] : stack[at + step[1]];
    return next && find("a", next).focus();
  }
  if (step[0]) return move(slip, phase, slips(phase)[0]);
  const others = slips(here).filter((other) => other !== slip);
  const place = at + step[1];
  if (place >= 0 && place <= others.length) move(slip, phase, others[place]);
});

document.addEventListener("click", async (event) => {
  const more = event.target.closest?.("[data-more]");
  if (!more) return;
  event.preventDefault();
  const answer = await ask(more.href);
  if (answer.ok) more.parentElement.replaceWith(nodes(await answer.text()));
});

for (const name of ["ticket", "changed"]) document.addEventListener(`balcao:${name}`, soon);
