// The chat on a customer's site: a round button and an iframe. The server puts the channel's settings in front.
const script = document.currentScript;
if (!script || window.balcao) return;
const home = new URL(script.src).origin;
const frameAddress = `${home}/chat/${encodeURIComponent(settings.key)}/frame`;
const store = `balcao-chat-${settings.key}`;

// The site may vouch for a signed-in customer: data-identifier and data-hash, and what it knows.
let person = {};
for (const name of ["identifier", "hash", "name", "email", "phone"]) if (script.dataset[name]) person[name] = script.dataset[name];

let frame = null;
let open = false;
let count = 0;
let before = "";

/** The token, unless it belongs to another customer of this browser. */
function stored() {
  try {
    const { token, who } = JSON.parse(localStorage.getItem(store)) ?? {};
    if ((who ?? "") === (person.identifier ?? "")) return token ?? null;
    localStorage.removeItem(store);
  } catch {}
  return null;
}
function keep(token) {
  try {
    if (token) localStorage.setItem(store, JSON.stringify({ token, who: person.identifier ?? "" }));
    else localStorage.removeItem(store);
  } catch {}
}

const channel = [1, 3, 5].map((at) => parseInt(settings.colour.slice(at, at + 2), 16) / 255)
  .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
const ink = 0.2126 * channel[0] + 0.7152 * channel[1] + 0.0722 * channel[2] > 0.179 ? "#000000" : "#ffffff";

// Styles are set through the object model, which a site's content policy does not forbid.
const button = document.createElement("button");
button.type = "button";
button.id = "balcao-button";
button.style.cssText = `all:initial;position:fixed;right:20px;bottom:20px;z-index:2147483000;width:56px;height:56px;border-radius:50%;cursor:pointer;background:${settings.colour};color:${ink};box-shadow:0 4px 16px rgb(0 0 0/30%);display:grid;place-items:center`;
button.addEventListener("focus", () => { button.style.outline = button.matches(":focus-visible") ? `3px solid ${ink === "#ffffff" ? "#1d1b24" : settings.colour}` : "none"; button.style.outlineOffset = "3px"; });
button.addEventListener("blur", () => { button.style.outline = "none"; });
const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
for (const [name, value] of Object.entries({ viewBox: "0 0 24 24", width: 26, height: 26, fill: "none", stroke: "currentColor", "stroke-width": 1.75, "stroke-linejoin": "round", "aria-hidden": "true" })) drawing.setAttribute(name, value);
const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
drawing.append(path);
const badge = document.createElement("span");
badge.style.cssText = "all:initial;position:absolute;top:-4px;right:-4px;min-width:22px;height:22px;box-sizing:border-box;padding:0 6px;border-radius:11px;background:#b3181f;color:#fff;font:600 13px/22px system-ui,sans-serif;text-align:center";
button.append(drawing, badge);

function draw() {
  path.setAttribute("d", open ? "M6 9l6 6 6-6" : "M4 5h16v11H9l-5 4z");
  badge.hidden = !count || open;
  badge.style.display = badge.hidden ? "none" : "block";
  badge.textContent = count > 99 ? "99+" : String(count);
  button.setAttribute("aria-label", count && !open ? `${settings.open} (${count} ${settings.unread})` : settings.open);
  button.setAttribute("aria-expanded", String(open));
  if (!frame) return;
  const phone = window.matchMedia("(max-width: 480px), (max-height: 480px)").matches;
  const size = phone ? "inset:0;width:100%;height:100%;border-radius:0" : "right:20px;bottom:88px;width:min(390px,calc(100vw - 40px));height:min(640px,calc(100vh - 108px));border-radius:16px";
  frame.style.cssText = `all:initial;position:fixed;${size};z-index:2147483001;border:0;box-shadow:0 8px 32px rgb(0 0 0/30%);display:${open ? "block" : "none"}`;
  const root = document.documentElement;
  if (phone && open && root.style.overflow !== "hidden") {
    before = root.style.overflow;
    root.style.overflow = "hidden";
  } else if (!(phone && open) && root.style.overflow === "hidden") {
    root.style.overflow = before;
  }
}

const tell = (name, value) => frame?.contentWindow?.postMessage({ balcao: name, value }, home);

function load() {
  if (frame) return;
  frame = document.createElement("iframe");
  frame.id = "balcao-frame";
  frame.title = settings.title;
  frame.allow = "autoplay; clipboard-write";
  frame.addEventListener("load", () => {
    tell("hello", { token: stored(), person: { ...person, page: location.href.split("#")[0] } });
    tell("shown", open);
  });
  frame.src = frameAddress;
  document.body.append(frame);
}

function show(wanted) {
  if (open === wanted) return;
  open = wanted;
  if (open) load();
  draw();
  tell("shown", open);
  if (open) frame.focus();
  else button.focus();
}

window.addEventListener("message", ({ source, origin, data }) => {
  if (origin !== home || !frame || source !== frame.contentWindow || !data) return;
  if (data.balcao === "token") keep(typeof data.value === "string" ? data.value : null);
  if (data.balcao === "unread") {
    count = Number(data.value) || 0;
    draw();
  }
  if (data.balcao === "close") show(false);
});
document.addEventListener("keydown", (event) => { if (event.key === "Escape" && open) show(false); });
window.addEventListener("resize", draw);
button.addEventListener("click", () => show(!open));

window.balcao = {
  open: () => show(true),
  close: () => show(false),
  /** Another customer signed in, or out: `{ identifier, hash, name, email, phone }`, or nothing. */
  identify(next) {
    person = { ...next };
    frame?.remove();
    frame = null;
    count = 0;
    if (open || stored()) load();
    draw();
  },
};

function stand() {
  document.body.append(button);
  // A browser that has chatted hears of answers at once; the others load nothing until the button is pressed.
  if (stored()) load();
  draw();
}
if (document.body) stand();
else document.addEventListener("DOMContentLoaded", stand);
