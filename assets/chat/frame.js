// In an iframe: talks with the site's page around it. Each side names the other's exact origin and checks it.
const { settings } = chat;

if (settings.framed && window.parent !== window) {
  let site = null;
  const tell = (name, value) => site && window.parent.postMessage({ balcao: name, value }, site);

  window.addEventListener("message", ({ source, origin, data }) => {
    if (source !== window.parent || !data || typeof data.balcao !== "string") return;
    if (origin !== location.origin && !settings.sites.includes(origin)) return;
    if (data.balcao === "hello" && !site) {
      site = origin;
      const { token, person } = data.value ?? {};
      chat.begin(typeof token === "string" ? token : null, typeof person === "object" && person ? person : {});
      tell("ready");
    } else if (data.balcao === "shown" && origin === site) {
      chat.shown = Boolean(data.value);
      chat.tell("shown");
      if (chat.shown) (document.querySelector("#start:not([hidden]) input") ?? chat.$("body")).focus();
    }
  });
  // Shown on a page of our own, as the settings do: there is nobody to say hello.
  setTimeout(() => {
    try {
      if (site || window.parent.location.origin !== location.origin) return;
    } catch {
      return;
    }
    chat.shown = true;
    chat.begin(null);
  }, 1500);
  chat.on("token", (token) => tell("token", token));
  chat.on("unread", (count) => tell("unread", count));
  chat.$("close")?.addEventListener("click", () => tell("close"));
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !document.querySelector("dialog[open], #menu[open]")) tell("close");
  });
}
