// An open ticket follows what others do to it; files come along.
const { find, ask, post, nodes, tell, say } = balcao;

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
    if (find(".nav [data-count]") && document.hasFocus()) post(`/tickets/${ticket}/read`);
  }
}

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

document.addEventListener("balcao:ticket", ({ detail }) => detail.ticket && follow(detail.ticket).catch(() => {}));
document.addEventListener("balcao:changed", ({ detail }) => detail && follow(detail.dataset.ticket).catch(() => {}));
document.addEventListener("balcao:dialog", ({ detail }) => {
  const shown = find("[data-ticket]", detail);
  if (shown && find(".nav [data-count]")) post(`/tickets/${shown.dataset.ticket}/read`);
});
const own = find("main [data-ticket]");
if (own && find('meta[name="balcao-event"]')) post(`/tickets/${own.dataset.ticket}/read`);
