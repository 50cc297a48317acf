// What asks for attention: the unread count in the title, a sound, a notification while the page is in the back.
const { find, meta, ask, say } = balcao;
const title = document.title;
let known;
let audio;

/** Two short tones, made here; only after a gesture, as browsers ask. */
function ring() {
  if (meta("sounds") === "0" || !audio) return;
  [[880, 0], [1175, 0.13]].forEach(([pitch, start]) => {
    const tone = audio.createOscillator();
    const volume = audio.createGain();
    tone.frequency.value = pitch;
    volume.gain.setValueAtTime(0.0001, audio.currentTime + start);
    volume.gain.exponentialRampToValueAtTime(0.15, audio.currentTime + start + 0.02);
    volume.gain.exponentialRampToValueAtTime(0.0001, audio.currentTime + start + 0.25);
    tone.connect(volume).connect(audio.destination);
    tone.start(audio.currentTime + start);
    tone.stop(audio.currentTime + start + 0.3);
  });
}

/** A notification of the browser, where this device was allowed to show any and nobody looks at the page. */
function notify(body, tag) {
  if (!document.hidden || globalThis.Notification?.permission !== "granted") return;
  const note = new Notification("Balcão", { body, tag });
  note.onclick = () => { focus(); note.close(); };
}

const about = {
  mention: say("Citaram você em uma nota", "You were mentioned in a note"),
  transfer: say("Uma conversa foi transferida para você", "A conversation was transferred to you"),
  assigned: say("Uma conversa é sua agora", "A conversation is yours now"),
  pause_due: say("Uma pausa está terminando", "A pause is about to end"),
  ticket: say("Um ticket é seu agora", "A ticket is yours now"),
  ticket_due: say("Um ticket venceu", "A ticket is overdue"),
  call_due: say("Há uma ligação marcada para agora", "A call is due"),
};

async function look() {
  const answer = await ask("/attention");
  if (!answer.ok) return;
  const now = await answer.json();
  document.title = now.unread ? `(${now.unread}) ${title}` : title;
  for (const link of document.querySelectorAll('.nav a[href="/notifications"]')) {
    link.toggleAttribute("data-count", now.notifications > 0);
    if (now.notifications) link.dataset.count = now.notifications > 99 ? "99+" : now.notifications;
  }
  if (known && now.latest > known.latest) {
    ring();
    notify(say("Nova mensagem de cliente", "New message from a contact"), "message");
  }
  known = now;
}

if (meta("event")) {
  // At most once a second, however much happens.
  let due;
  const soon = () => { due ??= setTimeout(() => { due = undefined; look().catch(() => {}); }, 900); };
  for (const name of ["message", "seen", "conversation"]) document.addEventListener(`balcao:${name}`, soon);
  document.addEventListener("balcao:notification", ({ detail }) => {
    ring();
    notify(about[detail.kind] ?? say("Há um aviso para você", "There is a notification for you"), detail.kind);
    soon();
  });
  addEventListener("pointerdown", () => { audio ??= new AudioContext(); }, { once: true });
  addEventListener("keydown", () => { audio ??= new AudioContext(); }, { once: true });
  soon();
}

const asks = find("#notify");
if (asks && globalThis.Notification?.permission === "default") {
  asks.hidden = false;
  asks.addEventListener("click", async () => { asks.hidden = (await Notification.requestPermission()) !== "default"; });
}
