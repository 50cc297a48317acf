// Writing: shown at once, sent in order, one at a time, under a key by which a repetition is known.
const { $ } = chat;
const body = $("body");
const outbox = [];
let sending = false;
let signed = 0;
let retry;

const store = `balcao-chat-out-${chat.settings.key}`;
const keep = () => {
  try {
    sessionStorage.setItem(store, JSON.stringify(outbox));
  } catch {}
};

const grow = () => {
  body.style.height = "";
  if (body.scrollHeight > body.clientHeight) body.style.height = `${body.scrollHeight + 2}px`;
  $("send").disabled = chat.files.busy() || (!body.value.trim() && !chat.files.any());
};
chat.on("typed", grow);
// What is hidden has no height.
chat.on("shown", grow);

const trouble = (words) => { $("bad-send").textContent = words; };
chat.on("trouble", trouble);

/** Sends what waits. What the connection holds up is tried again; what the server refuses waits for the visitor. */
async function flush() {
  // A visitor who is still asked for a name comes first.
  if (sending || !$("start").hidden) return;
  sending = true;
  clearTimeout(retry);
  try {
    for (let next = outbox.find((message) => !message.refused); next; next = outbox.find((message) => !message.refused)) {
      chat.thread.state(next, "sending");
      try {
        await chat.ensure();
        const { id } = await chat.call("messages", { key: next.key, body: next.body, files: next.files.map((file) => file.token) });
        outbox.splice(outbox.indexOf(next), 1);
        keep();
        chat.thread.sent(next, id);
      } catch (refused) {
        chat.thread.state(next, "failed", refused.error);
        // 401 begins anew, and the message goes with it.
        const passing = [0, 401, 429].includes(refused.status) || refused.status >= 500;
        if (passing) {
          retry = setTimeout(flush, 4000);
          return;
        }
        if (refused.fields) chat.begin(null);
        next.refused = true;
      }
    }
  } finally {
    sending = false;
  }
}
chat.again = (message) => {
  message.refused = false;
  flush();
};
chat.on("online", flush);

$("composer").addEventListener("submit", (event) => {
  event.preventDefault();
  if ($("send").disabled) return;
  trouble("");
  const message = { key: chat.key(), body: body.value, files: chat.files.take(), at: Date.now() };
  body.value = "";
  outbox.push(message);
  keep();
  chat.thread.pending(message);
  grow();
  body.focus();
  flush();
});

body.addEventListener("keydown", (event) => {
  // A word that is still being composed (accents, Japanese) takes its Enter for itself.
  if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
  event.preventDefault();
  $("composer").requestSubmit();
});
body.addEventListener("input", () => {
  grow();
  if (chat.token && chat.open && body.value && Date.now() - signed > 3000) {
    signed = Date.now();
    chat.call("typing", {}).catch(() => {});
  }
});

// What a reload caught unsent is there again.
queueMicrotask(() => {
  let left = [];
  try {
    left = JSON.parse(sessionStorage.getItem(store)) ?? [];
  } catch {}
  for (const message of left) {
    outbox.push(message);
    chat.thread.pending(message);
  }
  grow();
});
chat.on("begun", flush);
chat.on("started", flush);
