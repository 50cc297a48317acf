// Ctrl+K: go to a queue, a person, a number.
const { find, ask, later } = balcao;
const palette = find("#palette");
const field = find("#palette-field");
const list = find("#palette-list");

const choose = (index) => {
  const options = [...list.querySelectorAll("[role=option]")];
  const wanted = Math.min(Math.max(index, 0), options.length - 1);
  options.forEach((option, at) => option.setAttribute("aria-selected", String(at === wanted)));
  options[wanted]?.scrollIntoView({ block: "nearest" });
  if (options[wanted]) field.setAttribute("aria-activedescendant", options[wanted].id);
};
const chosen = () => [...list.querySelectorAll("[role=option]")].findIndex((option) => option.getAttribute("aria-selected") === "true");
let asked = 0;
const load = async () => {
  const turn = ++asked;
  const answer = await ask(`/palette?q=${encodeURIComponent(field.value)}`);
  const text = await answer.text();
  // A slow answer to an earlier word must not replace a later one.
  if (turn === asked && answer.ok) list.innerHTML = text;
};

if (palette) {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "k") {
      event.preventDefault();
      if (palette.open) return palette.close();
      field.value = "";
      palette.showModal();
      load();
    }
  });
  field.addEventListener("input", later(90, load));
  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      choose(chosen() + (event.key === "ArrowDown" ? 1 : -1));
    }
    if (event.key === "Enter") {
      event.preventDefault();
      find('[aria-selected="true"]', list)?.click();
    }
  });
}
