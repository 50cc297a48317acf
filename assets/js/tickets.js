// Tickets: the board moves by hand and by itself, an open ticket follows what others do to it, files come along.
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

/** The parts of a shown ticket anew, but those in which somebody writes. */
async function follow(ticket) {
  for (const shown of document.querySelectorAll(`[data-ticket="${ticket}"]`)) {
    const answer = await ask(`/tickets/${ticket}`);
    if (!answer.ok) continue;
    const fresh = nodes(await answer.text());
    for (const part of shown.querySelectorAll("[data-fresh]")) {
      const busy = part.contains(document.activeElement) || (part.matches("details") && part.open);
      const other = find(`[data-fresh="${part.dataset.fresh}"]`, fresh);
      if (!busy && other) part.replaceWith(other);
    }
    const title = find(`#ticket-${ticket}-title`);
    if (title) title.textContent = find(`#ticket-${ticket}-title`, fresh).textContent;
    if (find(".nav [data-count]") && document.hasFocus()) post(`/tickets/${ticket}/reading`);
  }
}

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

document.addEventListener("change", async ({ target }) => {
  const address = target.dataset?.ticketFiles;
  if (!address) return;
  const ticket = target.closest("[data-ticket]").dataset.ticket;
  for (const file of target.files) {
    const answer = await ask(`${address}?name=${encodeURIComponent(file.name)}`, { method: "POST", body: file, headers: { "content-type": "application/octet-stream" } }).catch(() => null);
    const known = answer && (await answer.json().catch(() => ({})));
    if (!answer?.ok) tell(`${file.name}: ${known?.error ?? say("Não foi enviado. Tente de novo.", "Not sent. Please try again.")}`);
  }
  target.value = "";
  target.blur();
  follow(ticket);
});

document.addEventListener("balcao:ticket", ({ detail }) => {
  soon();
  if (detail.ticket) follow(detail.ticket).catch(() => {});
});
document.addEventListener("balcao:changed", ({ detail }) => {
  soon();
  if (detail) follow(detail.dataset.ticket).catch(() => {});
});
document.addEventListener("balcao:dialog", ({ detail }) => {
  const shown = find("[data-ticket]", detail);
  if (shown && find(".nav [data-count]")) post(`/tickets/${shown.dataset.ticket}/reading`);
});
const own = find("main [data-ticket]");
if (own && find('meta[name="balcao-event"]')) post(`/tickets/${own.dataset.ticket}/reading`);
