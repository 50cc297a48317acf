// The messages: start at the first unread, grow upwards without a jump, take new ones without moving who reads above.
const { find, ask, post, later, nodes, opened } = balcao;
const thread = () => find("#thread");
const atEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < 80;
const newest = (box) => Math.max(0, ...[...box.querySelectorAll("[data-id]")].map((one) => Number(one.dataset.id)));

const seen = later(400, () => {
  const box = thread();
  if (box && document.hasFocus() && atEnd(box) && find(`#c${opened()}[data-unread], #c${opened()} .transferred, #unread, .nav [data-count]`)) post(`/conversations/${opened()}/read`);
});

function begin() {
  const box = thread();
  if (!box) return;
  const target = (location.hash.startsWith("#m") && find(location.hash)) || find("#unread", box);
  if (target) target.scrollIntoView({ block: "center" });
  else box.scrollTop = box.scrollHeight;
  box.addEventListener("scroll", later(60, () => {
    if (atEnd(box)) find("#newer").hidden = true;
    if (box.scrollTop < 300) older(box);
    seen();
  }));
  seen();
}

/** An older page above; the reader's place stays. */
async function older(box) {
  const link = find(".older", box);
  if (!link || link.dataset.busy) return;
  link.dataset.busy = "1";
  const answer = await ask(`/conversations/${opened()}/messages?before=${link.dataset.before}`);
  if (!answer.ok) return delete link.dataset.busy;
  const before = box.scrollHeight - box.scrollTop;
  link.replaceWith(nodes(await answer.text()));
  box.scrollTop = box.scrollHeight - before;
}

/** New messages at the end; each once, whatever told of them. */
let running;
async function grow() {
  // One at a time: a second call waits and then looks again.
  const mine = (running ?? Promise.resolve()).catch(() => {}).then(async () => {
    const box = thread();
    if (!box) return;
    const stay = !atEnd(box);
    const answer = await ask(`/conversations/${opened()}/messages?after=${newest(box)}`);
    if (!answer.ok) return;
    const fresh = nodes(await answer.text());
    for (const day of fresh.querySelectorAll(".day")) {
      if ([...box.querySelectorAll(".day")].some((old) => old.textContent === day.textContent)) day.remove();
    }
    let heard = false;
    for (const one of fresh.querySelectorAll("[data-id]")) {
      if (find(`#${one.id}`, box)) one.remove();
      else heard ||= one.dataset.author === "contact";
    }
    const waiting = find("[data-key-of]", box);
    box.insertBefore(fresh, waiting);
    if (heard) find("#typing").hidden = true;
    if (!stay) box.scrollTop = box.scrollHeight;
    else if (heard) find("#newer").hidden = false;
    seen();
  });
  running = mine;
  return mine;
}

/** The head anew: state, actions, marks. What can be written may have changed with it. */
async function head() {
  const id = opened();
  const answer = await ask(`/conversations/${id}/head`);
  if (answer.status === 404) return location.assign("/conversations");
  if (!answer.ok || opened() !== id) return;
  const old = find("#head");
  const focused = old.contains(document.activeElement) && document.activeElement.dataset.key;
  old.replaceWith(nodes(await answer.text()));
  const fresh = find("#head");
  if (focused) find(`[data-key="${focused}"]`, fresh)?.focus();
  for (const mark of thread().querySelectorAll(".mark[data-mark]")) {
    const message = Number(mark.closest("[data-id]")?.dataset.id);
    if (!message) continue;
    if (message <= Number(fresh.dataset.read)) mark.dataset.mark = "read";
    else if (message <= Number(fresh.dataset.delivered)) mark.dataset.mark = "delivered";
  }
  if (fresh.dataset.writes !== old.dataset.writes) await balcao.open(location.href, false);
}
Object.assign(balcao, { grow, head, atEnd });

document.addEventListener("balcao:opened", begin);
document.addEventListener("balcao:message", ({ detail }) => String(detail.conversation) === opened() && grow());
const soonHead = later(150, head);
/** A note that its author changed or took away, in its place. */
async function change(message) {
  const old = find(`#m${message}`, thread());
  const answer = old && (await ask(`/conversations/${opened()}/messages?only=${message}`));
  const fresh = answer?.ok && find(`#m${message}`, nodes(await answer.text()));
  if (!fresh) return;
  fresh.toggleAttribute("data-grouped", old.hasAttribute("data-grouped"));
  old.replaceWith(fresh);
}
document.addEventListener("balcao:note", ({ detail }) => String(detail.conversation) === opened() && change(detail.message));
document.addEventListener("balcao:conversation", ({ detail }) => {
  if (String(detail.conversation) !== opened()) return;
  soonHead();
  grow();
});
let quiet;
document.addEventListener("balcao:typing", ({ detail }) => {
  if (String(detail.conversation) !== opened()) return;
  find("#typing").hidden = false;
  clearTimeout(quiet);
  quiet = setTimeout(() => find("#typing") && (find("#typing").hidden = true), 4000);
});
document.addEventListener("click", (event) => {
  if (event.target.closest?.("#newer")) {
    thread().scrollTop = thread().scrollHeight;
    find("#newer").hidden = true;
  }
  const link = event.target.closest?.(".older");
  if (link) {
    event.preventDefault();
    older(thread());
  }
});
addEventListener("focus", seen);
begin();
