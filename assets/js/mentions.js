// `@` in a note or a comment opens the list of those whom it can name; arrows, Enter or Tab choose.
const { find, ask, opened } = balcao;
let list;
let names = [];
let asked;
const fields = "#write-note, [data-mentions]";

const shut = () => { list?.remove(); list = undefined; };
const word = (field) => field.value.slice(0, field.selectionStart).match(/(?:^|[\s(])@([\p{L}\s]{0,40})$/u)?.[1];

function choose(field, name) {
  const typed = word(field) ?? "";
  field.setRangeText(`${name} `, field.selectionStart - typed.length, field.selectionStart, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  shut();
  field.focus();
}

async function offer(field) {
  const typed = word(field);
  if (typed === undefined) return shut();
  const address = field.dataset.mentions ?? `/conversations/${opened()}/mentionable`;
  if (asked !== address) {
    const answer = await ask(address);
    if (!answer.ok) return;
    names = await answer.json();
    asked = address;
  }
  const fitting = names.filter((name) => name.toLowerCase().startsWith(typed.toLowerCase())).slice(0, 8);
  shut();
  if (!fitting.length || fitting[0] === typed.trim()) return;
  list = document.createElement("ul");
  list.className = "emoji people";
  list.setAttribute("role", "listbox");
  list.append(...fitting.map((name, index) => {
    const option = document.createElement("li");
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", String(index === 0));
    option.textContent = name;
    option.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(field, name); });
    return option;
  }));
  field.closest("#composer, .field").append(list);
}

document.addEventListener("input", ({ target }) => target.matches(fields) && offer(target));
document.addEventListener("keydown", (event) => {
  if (!list || !event.target.matches(fields)) return;
  const options = [...list.children];
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) {
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === (at + step + options.length) % options.length)));
  } else if (event.key === "Enter" || event.key === "Tab") {
    choose(event.target, options[at].textContent);
  } else if (event.key === "Escape") {
    shut();
  } else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
document.addEventListener("balcao:opened", shut);
