// A long choice becomes a searched one: what is typed above it leaves only the options that hold every word.
const { find, plain } = balcao;

function equip(picker) {
  const list = find("select", picker);
  const search = Object.assign(document.createElement("input"), { type: "search", placeholder: picker.dataset.filter, autocomplete: "off" });
  const none = Object.assign(document.createElement("p"), { className: "hint", textContent: picker.dataset.none, hidden: true });
  search.setAttribute("aria-label", picker.dataset.filter);
  search.setAttribute("aria-controls", list.id);
  list.size = Math.min(8, list.options.length + list.querySelectorAll("optgroup").length);
  list.before(search);
  list.after(none);
  const fitting = () => [...list.options].filter((option) => option.value && !option.hidden);
  search.addEventListener("input", (event) => {
    event.stopPropagation();
    const words = plain(search.value).split(/\s+/);
    for (const option of list.options) {
      const text = plain(`${option.parentElement.label ?? ""} ${option.textContent}`);
      option.hidden = Boolean(search.value.trim()) && (!option.value || !words.every((word) => text.includes(word)));
    }
    for (const group of list.querySelectorAll("optgroup")) group.hidden = ![...group.children].some((option) => !option.hidden);
    const [first] = fitting();
    none.hidden = Boolean(first);
    list.value = search.value.trim() && first ? first.value : "";
  });
  search.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const options = fitting();
    const next = options[Math.min(Math.max(options.findIndex((option) => option.selected) + step, 0), options.length - 1)];
    if (next) {
      list.value = next.value;
      next.scrollIntoView({ block: "nearest" });
      const line = find("#say");
      if (line) line.textContent = next.title;
    }
  });
}

const look = (root) => root.querySelectorAll(".picker:not(:has(input))").forEach(equip);
look(document);
document.addEventListener("balcao:dialog", ({ detail }) => look(detail));
