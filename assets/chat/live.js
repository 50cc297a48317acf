// The stream of events: fetched with the token in a header, followed again after every loss, caught up by message id.
const { $ } = chat;
const SILENCE = 45_000;
let running = false;
let wake = null;
let wait = 0;
let since = Infinity;
let typingEnds;

/** One connection, until it ends. */
async function follow() {
  const control = new AbortController();
  let alarm;
  // The server sends a sign of life every 15 seconds; a connection without one is dead.
  const alive = () => {
    clearTimeout(alarm);
    alarm = setTimeout(() => control.abort(), SILENCE);
  };
  alive();
  try {
    const response = await fetch(`${chat.base}/events?after=${chat.event}`, { headers: chat.headers(), signal: control.signal, cache: "no-store" });
    if (response.status === 401) {
      running = false;
      return chat.tell("lost");
    }
    if (!response.ok) throw response.status;
    connected();
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = "";
    for (;;) {
      const { value, done } = await reader.read();
      if (done) return;
      alive();
      text += value;
      const frames = text.split("\n\n");
      text = frames.pop();
      frames.forEach(hear);
    }
  } finally {
    clearTimeout(alarm);
    control.abort();
  }
}

function hear(frame) {
  const fields = {};
  for (const line of frame.split("\n")) {
    const cut = line.indexOf(":");
    if (cut > 0) fields[line.slice(0, cut)] = line.slice(cut + 1).trim();
  }
  if (fields.id) chat.event = Number(fields.id);
  if (fields.event === "typing") typing(fields.data);
  else if (fields.event) catchUp();
}

function typing(data) {
  if (JSON.parse(data || "{}").author === "contact") return;
  $("typing").hidden = false;
  chat.tell("grown");
  clearTimeout(typingEnds);
  typingEnds = setTimeout(() => { $("typing").hidden = true; }, 6000);
}

// One look at a time; news during a look asks for one more.
let looking = false;
let again = false;
async function catchUp() {
  again = true;
  if (looking) return;
  looking = true;
  try {
    while (again) {
      again = false;
      const history = await chat.call(`messages?after=${chat.last}`);
      if (history.messages.some(({ author }) => author === "agent" || author === "bot")) $("typing").hidden = true;
      chat.tell("history", history);
      again ||= history.more;
    }
  } catch {
    // The stream's own end brings the next look.
    setTimeout(() => running && catchUp(), 3000);
  } finally {
    looking = false;
  }
}
chat.catchUp = catchUp;

function connected() {
  since = Date.now();
  $("offline").hidden = true;
  chat.tell("online");
  catchUp();
}

async function run() {
  while (running) {
    try {
      await follow();
    } catch {}
    if (!running) return;
    if (Date.now() - since > 10_000) wait = 0;
    since = Infinity;
    if (wait) $("offline").hidden = false;
    wait = Math.min(wait ? wait * 2 : 500, 30_000);
    await new Promise((resolve) => {
      wake = resolve;
      setTimeout(resolve, wait * (0.5 + Math.random() / 2));
    });
  }
}
window.addEventListener("online", () => wake?.());
document.addEventListener("visibilitychange", () => document.hidden || wake?.());

chat.on("lost", () => { running = false; });
chat.on("started", async () => {
  if (running) return;
  running = true;
  // The first page of history names the event that the stream goes on after.
  while (running && chat.event === undefined) {
    try {
      const history = await chat.call("messages");
      chat.event = history.event;
      chat.tell("history", history);
      chat.tell("loaded");
    } catch {
      if (!running) return;
      $("offline").hidden = false;
      await new Promise((resolve) => setTimeout(resolve, 3000));
    }
  }
  run();
});
