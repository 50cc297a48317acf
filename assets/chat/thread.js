// The messages on the screen: in order, each once, with names, days, marks and what is unread.
const { $, settings } = chat;
const [log, thread] = [$("log"), $("thread")];
const rows = new Map();
const pending = new Map();
const clock = new Intl.DateTimeFormat(settings.language, { hour: "2-digit", minute: "2-digit" });
const date = new Intl.DateTimeFormat(settings.language, { day: "numeric", month: "long" });
const full = new Intl.DateTimeFormat(settings.language, { dateStyle: "long", timeStyle: "short" });
let unread = 0;
let seen = 0;
let newestOfTeam = 0;
let told = { delivered: 0, read: 0 };
let first = null;
chat.last = 0;
chat.open = false;

const atEnd = () => log.scrollHeight - log.scrollTop - log.clientHeight < 60;
const toEnd = () => { log.scrollTop = log.scrollHeight; };

/** Text with its web addresses as links, never as markup. */
function written(text) {
  const bubble = chat.element("div", "bubble");
  let done = 0;
  for (const match of text.matchAll(/https?:\/\/[^\s<>"]+[^\s<>".,;:!?)\]']/g)) {
    const link = chat.element("a", "", match[0]);
    link.href = match[0];
    link.target = "_blank";
    link.rel = "noopener noreferrer nofollow";
    bubble.append(text.slice(done, match.index), link);
    done = match.index + match[0].length;
  }
  bubble.append(text.slice(done));
  return bubble;
}

function row(message) {
  const made = chat.element("div", `row ${message.author}`);
  made.dataset.author = `${message.author} ${message.name ?? ""}`;
  made.dataset.at = message.at;
  if (message.author === "system") {
    made.append(chat.element("span", "", message.body));
    return made;
  }
  if (message.name) made.append(chat.element("span", "name", message.name));
  if (message.body) made.append(written(message.body));
  for (const file of message.files ?? []) made.append(chat.files.show(file));
  const foot = chat.element("span", "foot", clock.format(message.at));
  foot.title = full.format(message.at);
  made.append(foot);
  return made;
}

/** Days and repeated names, by the row before. */
function tidy() {
  let before = null;
  for (const one of thread.children) {
    const day = new Date(Number(one.dataset.at)).toDateString();
    const newDay = before?.dataset.day !== day;
    one.dataset.day = day;
    one.classList.toggle("same", !newDay && before.dataset.author === one.dataset.author);
    one.querySelector(".day")?.remove();
    if (newDay) {
      const label = day === new Date().toDateString() ? chat.say("today") : date.format(Number(one.dataset.at));
      one.prepend(chat.element("span", "day", label));
    }
    before = one;
  }
}

const mark = (id, made) => {
  const words = chat.say(id <= seen ? "seen" : "sent");
  const foot = made.querySelector(".foot");
  if (foot.dataset.mark === words) return;
  foot.dataset.mark = words;
  foot.textContent = `${clock.format(Number(made.dataset.at))} · ${words}`;
};

function place(message) {
  if (rows.has(message.id)) return false;
  const waiting = message.key && pending.get(message.key);
  if (waiting) {
    pending.delete(message.key);
    waiting.remove();
  }
  const made = row(message);
  made.dataset.id = message.id;
  rows.set(message.id, made);
  // Nearly always at the end; what waits to be sent stays below.
  let next = null;
  for (let other = thread.lastElementChild; other && !(Number(other.dataset.id) < message.id); other = other.previousElementSibling) next = other;
  thread.insertBefore(made, next);
  return true;
}

chat.thread = {
  pending(message) {
    const made = row({ ...message, author: "contact" });
    pending.set(message.key, made);
    thread.append(made);
    chat.thread.state(message, "sending");
    tidy();
    toEnd();
  },
  state(message, name, words) {
    const made = pending.get(message.key);
    if (!made) return;
    made.classList.toggle("failed", name === "failed");
    const foot = made.querySelector(".foot");
    foot.textContent = name === "failed" ? `${words ?? chat.say("failed")} ` : chat.say(name);
    if (name !== "failed") return;
    const again = chat.element("button", "", chat.say("again"));
    again.type = "button";
    again.addEventListener("click", () => chat.again(message));
    foot.append(again);
  },
  /** The server has it. Its row takes its place when the history names it, or now if that was faster. */
  sent(message, id) {
    const made = pending.get(message.key);
    if (!made) return;
    pending.delete(message.key);
    if (rows.has(id)) return made.remove();
    made.classList.remove("failed");
    made.dataset.id = id;
    rows.set(id, made);
    mark(id, made);
    chat.catchUp();
  },
};

chat.on("history", ({ conversation, messages, last, first: oldest, more }) => {
  const follows = atEnd();
  const before = first === null;
  const fresh = messages.filter(place);
  if (last) chat.last = Math.max(chat.last, last);
  if (before) {
    first = oldest ?? 0;
    $("older").hidden = !more;
  }
  seen = conversation?.seen ?? 0;
  for (const [id, made] of rows) if (made.classList.contains("contact")) mark(id, made);
  tidy();
  const ofTeam = fresh.filter(({ author }) => author === "agent" || author === "bot");
  newestOfTeam = Math.max(newestOfTeam, ...ofTeam.map(({ id }) => id));
  if (!before && ofTeam.length) {
    if (!watched()) unread += ofTeam.length;
    chat.tell("arrived");
  }
  if (before || follows) toEnd();
  else if (ofTeam.length) $("newer").hidden = false;
  headline(conversation);
  report();
});

function headline(conversation) {
  chat.open = Boolean(conversation) && conversation.state !== "closed";
  if (conversation) $("number").textContent = chat.say("number", { number: conversation.number });
  const line = $("line");
  let words = "";
  if (conversation?.state === "closed") words = chat.say("closed");
  else if (conversation?.position === 1) words = chat.say("first");
  else if (conversation?.position) words = chat.say("position", { position: conversation.position });
  if (line.textContent !== words) line.textContent = words;
  line.hidden = !words;
}

// A place in the line moves with the others: looked at again while waiting.
setInterval(() => {
  if (chat.open && !document.hidden && !$("line").hidden) chat.catchUp();
}, 20_000);

const watched = () => chat.shown && !document.hidden && (settings.framed || document.hasFocus());

/** Tells the server what has come and what was seen, and the window around how much was not. */
let timer;
function report() {
  if (watched() && atEnd()) {
    unread = 0;
    $("newer").hidden = true;
  }
  chat.tell("unread", unread);
  if (!settings.framed) document.title = document.title.replace(/^(\(\d+\) )?/, unread ? `(${unread}) ` : "");
  clearTimeout(timer);
  timer = setTimeout(() => {
    const read = watched() ? newestOfTeam : told.read;
    if (newestOfTeam <= told.delivered && read <= told.read) return;
    told = { delivered: newestOfTeam, read };
    chat.call("marks", told).catch(() => { told = { delivered: 0, read: 0 }; });
  }, 300);
}
["focus", "visibilitychange"].forEach((name) => window.addEventListener(name, report));
document.addEventListener("visibilitychange", report);
chat.on("shown", () => {
  if (chat.shown) toEnd();
  report();
});
chat.on("grown", () => atEnd() && toEnd());
log.addEventListener("scroll", () => { if (unread || !$("newer").hidden) report(); }, { passive: true });
$("newer").addEventListener("click", toEnd);

$("older").addEventListener("click", async () => {
  $("older").disabled = true;
  try {
    const { messages, first: oldest, more } = await chat.call(`messages?before=${first}`);
    const below = log.scrollHeight - log.scrollTop;
    // History is no news for a screen reader.
    log.setAttribute("aria-live", "off");
    messages.forEach(place);
    tidy();
    first = oldest ?? first;
    $("older").hidden = !more;
    log.scrollTop = log.scrollHeight - below;
    setTimeout(() => log.setAttribute("aria-live", "polite"), 500);
  } catch (refused) {
    chat.tell("trouble", refused.error ?? chat.say("broken"));
  } finally {
    $("older").disabled = false;
  }
});
