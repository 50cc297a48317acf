// A small set of emoji, put in where the caret stands.
const button = chat.$("emoji");
const panel = chat.$("emojis");
const SET = "😀 😄 😁 😂 😊 🙂 😉 😍 😘 🤗 🤔 😅 😐 😕 😢 😭 😡 😱 😴 🙄 👍 👎 👌 🙏 👏 💪 👋 🤝 ✌️ 🤞 ❤️ 💜 💔 ⭐ 🎉 🎁 🔥 ✅ ❌ ⚠️ ❓ 📦 🚚 💳 🧾 📷 📍 ☕";

const toggle = (open) => {
  panel.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
};
if (button) {
  button.addEventListener("click", () => {
    if (!panel.childElementCount) {
      for (const emoji of SET.split(" ")) {
        const one = chat.element("button", "", emoji);
        one.type = "button";
        one.tabIndex = panel.childElementCount ? -1 : 0;
        panel.append(one);
      }
    }
    toggle(panel.hidden);
    if (!panel.hidden) panel.firstElementChild.focus();
  });
  panel.addEventListener("click", ({ target }) => {
    if (target.tagName !== "BUTTON") return;
    const body = chat.$("body");
    body.setRangeText(target.textContent, body.selectionStart, body.selectionEnd, "end");
    body.dispatchEvent(new Event("input"));
    toggle(false);
    body.focus();
  });
  panel.addEventListener("keydown", (event) => {
    const all = [...panel.children];
    const columns = getComputedStyle(panel).gridTemplateColumns.split(" ").length;
    const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
    if (event.key === "Escape") {
      event.stopPropagation();
      toggle(false);
      button.focus();
    } else if (step) {
      event.preventDefault();
      all[all.indexOf(document.activeElement) + step]?.focus();
    }
  });
}
