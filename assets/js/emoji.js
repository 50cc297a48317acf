// Emoji by name in Portuguese and English, the ones used last first.
const { find, plain, say } = balcao;
const SET = `😀 sorriso smile|😂 riso rindo laugh|😊 feliz happy|🙂 leve slight|😉 piscada wink|😍 amor love|🤗 abraço hug|🤔 pensando think|😅 suor sweat
😐 neutro neutral|😕 confuso confused|😢 triste sad|😭 choro cry|😡 bravo raiva angry|😱 susto shock|🙄 olhos roll|👍 joinha positivo yes|👎 negativo no
👌 certo ok|🙏 obrigado por favor thanks please|👏 palmas clap|💪 força strong|👋 oi tchau hello bye|🤝 acordo deal|✌️ paz peace|❤️ coração heart
💜 roxo purple|⭐ estrela star|🎉 festa party|🎁 presente gift|🔥 fogo fire|✅ feito done check|❌ errado wrong|⚠️ atenção warning|❓ pergunta question
📦 pacote pedido package|🚚 entrega delivery|💳 cartão card|🧾 nota recibo receipt|💰 dinheiro money|📷 foto photo|📍 local place|📞 telefone phone
📅 data agenda calendar|⏰ hora alarme time|☕ café coffee|🚀 rápido rocket|👀 olhando eyes|💬 conversa chat|🔒 segredo lock|🏠 casa home`
  .split(/[|\n]/).map((entry) => entry.trim().split(/ (.*)/s));
const recents = () => JSON.parse(localStorage.getItem("balcao-emoji") ?? "[]");
let panel;

function shut() {
  panel?.remove();
  panel = undefined;
}

function show(button) {
  const form = button.closest(".write");
  panel = document.createElement("div");
  panel.className = "emoji";
  panel.setAttribute("role", "dialog");
  panel.setAttribute("aria-label", "Emoji");
  const field = document.createElement("input");
  field.type = "search";
  field.placeholder = say("Buscar emoji", "Search emoji");
  field.setAttribute("aria-label", field.placeholder);
  const grid = document.createElement("div");
  const fill = () => {
    const wanted = plain(field.value);
    const used = recents();
    const order = ([emoji]) => (used.includes(emoji) ? used.indexOf(emoji) : 99);
    grid.replaceChildren(...SET.filter(([emoji, names]) => emoji === field.value || plain(names).includes(wanted))
      .sort((one, other) => order(one) - order(other))
      .map(([emoji, names]) => {
        const one = document.createElement("button");
        one.type = "button";
        one.textContent = emoji;
        one.title = names;
        one.setAttribute("aria-label", names);
        return one;
      }));
  };
  const put = (emoji) => {
    const body = form.elements.body;
    body.setRangeText(emoji, body.selectionStart, body.selectionEnd, "end");
    body.dispatchEvent(new Event("input", { bubbles: true }));
    localStorage.setItem("balcao-emoji", JSON.stringify([emoji, ...recents().filter((other) => other !== emoji)].slice(0, 8)));
    shut();
    body.focus();
  };
  field.addEventListener("input", fill);
  grid.addEventListener("click", ({ target }) => target.tagName === "BUTTON" && put(target.textContent));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      shut();
      button.focus();
    }
    if (event.key === "Enter" && event.target === field) {
      event.preventDefault();
      grid.firstElementChild?.click();
    }
  });
  panel.append(field, grid);
  fill();
  find("#composer").append(panel);
  field.focus();
}

document.addEventListener("click", (event) => {
  const button = event.target.closest?.("[data-emoji]");
  if (button) return panel ? shut() : show(button);
  if (panel && !panel.contains(event.target)) shut();
});
