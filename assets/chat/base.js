// What the chat's modules share: settings, sentences, the token, calls to the server, news among the modules.
const settings = JSON.parse(document.querySelector("meta[name=chat]").content);
// Opened outside of any site, the iframe's document is a page like the other.
settings.framed &&= window.parent !== window;
const base = `/chat/${encodeURIComponent(settings.key)}`;
const listeners = {};

const chat = {
  settings,
  base,
  token: null,
  /** Whether a person can see the chat: in an iframe the window around it says so. */
  shown: !settings.framed,
  $: (id) => document.getElementById(id),
  on: (name, work) => (listeners[name] ??= []).push(work),
  tell: (name, value) => listeners[name]?.forEach((work) => work(value)),
  say: (name, values = {}) => settings.say[name].replace(/\{(\w+)\}/g, (_, key) => values[key] ?? ""),
  headers: () => (chat.token ? { authorization: `Bearer ${chat.token}` } : {}),

  /** Calls the server. What it refuses is thrown with its status and words; a lost connection has status 0. */
  async call(path, data) {
    const options = { headers: chat.headers(), cache: "no-store" };
    if (data !== undefined) {
      options.method = "POST";
      options.headers["content-type"] = "application/json";
      options.body = JSON.stringify(data);
    }
    let response;
    try {
      response = await fetch(`${base}/${path}`, options);
    } catch {
      throw { status: 0 };
    }
    const answer = response.status === 204 ? null : await response.json().catch(() => null);
    if (response.ok) return answer;
    if (response.status === 401 && chat.token) chat.tell("lost");
    throw { status: response.status, ...answer };
  },

  /** A random name for a message; `randomUUID` exists under TLS only. */
  key: () => Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) => byte.toString(16).padStart(2, "0")).join(""),

  element(tag, className, text) {
    const made = document.createElement(tag);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  },
};
globalThis.chat = chat;

// The channel's colour, with black or white on it, whichever can be read.
const [red, green, blue] = [1, 3, 5].map((at) => parseInt(settings.colour.slice(at, at + 2), 16) / 255)
  .map((part) => (part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4));
const light = 0.2126 * red + 0.7152 * green + 0.0722 * blue;
document.documentElement.style.setProperty("--accent", settings.colour);
document.documentElement.style.setProperty("--on-accent", light > 0.179 ? "#000000" : "#ffffff");
