// A small set of emoji, put in where the cursor stands.
const { find, say } = balcao;
const SET = "😀 😄 😁 😂 😊 🙂 😉 😍 😘 🤗 🤔 😅 😐 😕 😢 😭 😡 😱 😴 🙄 👍 👎 👌 🙏 👏 💪 👋 🤝 ✌️ 🤞 ❤️ 💜 💔 ⭐ 🎉 🎁 🔥 ✅ ❌ ⚠️ ❓ 📦 🚚 💳 🧾 📷 📍 ☕";

function close(panel) {
  const { previousElementSibling: tools, parentElement: form } = panel;
  panel.remove();
  find("[data-emoji]", tools).setAttribute("aria-expanded", "false");
  return form.elements.body;
}

document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-emoji]");
  const open = find(".emojis");
  if (open?.contains(target) && target.matches("button")) {
    const body = close(open);
    body.setRangeText(target.textContent, body.selectionStart, body.selectionEnd, "end");
    body.dispatchEvent(new Event("input", { bubbles: true }));
    return body.focus();
  }
  if (open && !open.contains(target)) close(open);
  if (!button || open?.parentElement === button.form) return;
  const panel = document.createElement("div");
  panel.className = "emojis";
  panel.setAttribute("role", "group");
  panel.setAttribute("aria-label", say("Emojis", "Emoji"));
  for (const emoji of SET.split(" ")) {
    const one = document.createElement("button");
    one.type = "button";
    one.textContent = emoji;
    one.tabIndex = panel.childElementCount ? -1 : 0;
    panel.append(one);
  }
  button.closest(".tools").after(panel);
  button.setAttribute("aria-expanded", "true");
  panel.firstElementChild.focus();
});

document.addEventListener("keydown", (event) => {
  const panel = event.target.closest?.(".emojis");
  if (!panel) return;
  const all = [...panel.children];
  const columns = getComputedStyle(panel).gridTemplateColumns.split(" ").length;
  const step = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: columns, ArrowUp: -columns }[event.key];
  if (step) {
    event.preventDefault();
    all[all.indexOf(document.activeElement) + step]?.focus();
  }
  // The console's own keys stay out of the panel.
  if (event.key !== "Tab" && event.key !== "Enter" && event.key !== " ") event.stopImmediatePropagation();
  if (event.key === "Escape") close(panel).focus();
}, true);
