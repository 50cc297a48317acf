// A field that sifts the list it names: rows whose words hold what was typed, accents and case aside.
const { plain } = balcao;

document.addEventListener("input", (event) => {
  const list = event.target.dataset?.sift && document.querySelector(event.target.dataset.sift);
  if (!list) return;
  const words = plain(event.target.value).split(/\s+/).filter(Boolean);
  for (const row of list.querySelectorAll("[data-words]")) {
    const text = plain(row.dataset.words);
    row.hidden = !words.every((word) => text.includes(word));
  }
});
document.addEventListener("keydown", (event) => {
  const list = event.key === "Enter" && event.target.dataset?.sift && document.querySelector(event.target.dataset.sift);
  if (!list) return;
  // Enter chooses the first that is left, and sends nothing yet.
  event.preventDefault();
  const first = list.querySelector("[data-words]:not([hidden]) :is(input, button)");
  if (first?.matches("button")) return first.click();
  if (first) {
    first.checked = true;
    first.focus();
  }
});
