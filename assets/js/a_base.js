// What the other modules share. Files are joined in the order of their names, each in a block of its own.
const find = (selector, root = document) => root.querySelector(selector);
const meta = (name) => find(`meta[name="balcao-${name}"]`)?.content;

/** A request for a fragment. Signed-out people go to the sign-in page; other failures are for the caller. */
async function ask(address, options = {}) {
  const answer = await fetch(address, { ...options, headers: { "x-fragment": "1", ...options.headers } });
  if (answer.status === 401) location.assign(`/sign-in?next=${encodeURIComponent(location.pathname)}`);
  return answer;
}

const post = (address, fields = {}) => ask(address, { method: "POST", body: new URLSearchParams(fields) });

/** Runs once, so many milliseconds after the last call. */
function later(wait, work) {
  let timer;
  return (...values) => {
    clearTimeout(timer);
    timer = setTimeout(() => work(...values), wait);
  };
}

/** Markup of this server as nodes. */
function nodes(markup) {
  const template = document.createElement("template");
  template.innerHTML = markup;
  return template.content;
}

/** Says a line to everybody: on the screen for a while, and to screen readers. */
function tell(line) {
  const place = find("#say");
  if (place) place.textContent = line;
  const note = document.createElement("p");
  note.className = "banner lost";
  note.setAttribute("role", "status");
  note.textContent = line;
  document.body.append(note);
  setTimeout(() => note.remove(), 5000);
}

/** For comparing: without case and accents. */
const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

const english = document.documentElement.lang === "en";
const say = (portuguese, inEnglish) => (english ? inEnglish : portuguese);
const opened = () => find("#open[data-conversation]")?.dataset.conversation;

globalThis.balcao = { find, meta, ask, post, later, nodes, tell, say, opened, plain };
