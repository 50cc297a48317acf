// The menu: sound, the end of the chat, its text by mail.
const { $ } = chat;
const menu = $("menu");
const close = () => {
  menu.open = false;
  menu.querySelector("summary").focus();
};

document.addEventListener("click", ({ target }) => { if (!menu.contains(target)) menu.open = false; });
menu.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  event.stopPropagation();
  close();
});
chat.on("history", ({ conversation }) => {
  menu.hidden = !conversation;
  $("end").hidden = !conversation || conversation.state === "closed";
});

$("end").addEventListener("click", () => {
  close();
  $("ending").showModal();
});
$("ending").addEventListener("close", async () => {
  if ($("ending").returnValue !== "end") return;
  $("ending").returnValue = "";
  try {
    await chat.call("end", {});
    chat.catchUp();
  } catch (refused) {
    chat.tell("trouble", refused.error ?? chat.say("broken"));
  }
});

const mailing = $("mailing");
$("mail")?.addEventListener("click", () => {
  close();
  $("bad-mail").textContent = "";
  const typed = $("start").elements.email?.value;
  if (typed) mailing.querySelector("input").value = typed;
  mailing.showModal();
});
mailing.querySelector("[value=cancel]").addEventListener("click", () => mailing.close());
mailing.querySelector("form").addEventListener("submit", async (event) => {
  event.preventDefault();
  try {
    await chat.call("transcript", { email: mailing.querySelector("input").value });
    mailing.close();
    chat.tell("trouble", chat.say("mail"));
  } catch (refused) {
    $("bad-mail").textContent = refused.fields?.email ?? refused.error ?? chat.say("broken");
  }
});

// A short tone, made here. Browsers allow sound after the first gesture only.
const store = "balcao-chat-silent";
let silent = false;
let audio = null;
try {
  silent = localStorage.getItem(store) === "1";
} catch {}
const label = () => { $("sound").textContent = chat.say(silent ? "soundOn" : "soundOff"); };
label();
const unlock = () => { audio ??= new AudioContext(); };
["pointerdown", "keydown"].forEach((name) => document.addEventListener(name, unlock, { once: true }));
$("sound").addEventListener("click", () => {
  silent = !silent;
  try {
    localStorage.setItem(store, silent ? "1" : "");
  } catch {}
  label();
  close();
  beep();
});
function beep() {
  if (silent || !audio) return;
  const [tone, volume] = [audio.createOscillator(), audio.createGain()];
  tone.frequency.value = 740;
  volume.gain.setValueAtTime(0.08, audio.currentTime);
  volume.gain.exponentialRampToValueAtTime(0.001, audio.currentTime + 0.25);
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.25);
}
chat.on("arrived", beep);
