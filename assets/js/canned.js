// `#` at a word's start opens the prepared texts; arrows, Enter or Tab choose. Not in "#123", nor inside a link.
const { find, ask, later, opened, say, tell } = balcao;
let list;
let offered = [];
const shut = () => { list?.remove(); list = undefined; };
const word = (field) => field.value.slice(0, field.selectionStart).match(/(?:^|\s)#((?!\d)[^\s#][^\n#]{0,60}|)$/u)?.[1];

function choose(field, reply) {
  const typed = word(field) ?? "";
  field.setRangeText(reply.text, field.selectionStart - typed.length - 1, field.selectionStart, "end");
  const form = field.closest("form");
  form.dataset.canned = [form.dataset.canned, reply.id].filter(Boolean).join(" ");
  if (reply.files.length) bring(form, reply);
  shut();
  field.focus();
  const [open] = reply.open;
  if (open) {
    const at = field.value.indexOf(open);
    field.setSelectionRange(at, at + open.length);
  }
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

/** The files of a text, as if they had been attached by hand. */
async function bring(form, reply) {
  const answer = await ask(`/conversations/${opened()}/canned-replies/${reply.id}/files`, { method: "POST" }).catch(() => null);
  if (!answer?.ok) return tell(say("Os arquivos não vieram. Tente de novo.", "The files did not come. Please try again."));
  for (const file of await answer.json()) balcao.attached(form, file);
}

const element = (name, className, text) => Object.assign(document.createElement(name), { className, textContent: text });

const offer = later(120, async (field) => {
  const typed = word(field);
  if (typed === undefined) return shut();
  const answer = await ask(`/conversations/${opened()}/canned-replies?q=${encodeURIComponent(typed)}`).catch(() => null);
  if (!answer?.ok || word(field) !== typed) return;
  offered = await answer.json();
  shut();
  if (!offered.length && typed.length > 24) return;
  list = element("ul", "emoji people canned", "");
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", say("Respostas prontas", "Canned replies"));
  if (!offered.length) list.append(element("li", "hint", say("Nenhuma resposta com isso.", "No reply holds this.")));
  list.append(...offered.map((reply, index) => {
    const option = element("li", "", "");
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", String(index === 0));
    option.append(element("b", "", reply.title), element("span", "preview", reply.text));
    if (reply.files.length) option.append(element("span", "hint", `📎 ${reply.files.join(", ")}`));
    if (reply.open.length) option.append(element("span", "wrong", say(`falta: ${reply.open.join(" ")}`, `missing: ${reply.open.join(" ")}`)));
    option.addEventListener("pointerdown", (event) => { event.preventDefault(); choose(field, reply); });
    return option;
  }));
  find("#composer").append(list);
});

document.addEventListener("input", ({ target }) => {
  if (target.id !== "write-chat") return;
  if (!target.value.trim()) delete target.closest("form").dataset.canned;
  offer(target);
});
document.addEventListener("keydown", (event) => {
  if (!list || event.target.id !== "write-chat") return;
  const options = [...list.querySelectorAll("[role=option]")];
  const at = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && options.length) {
    const next = (at + step + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute("aria-selected", String(index === next)));
    options[next].scrollIntoView({ block: "nearest" });
  } else if ((event.key === "Enter" || event.key === "Tab") && options.length) {
    choose(event.target, offered[at]);
  } else if (event.key === "Escape") {
    shut();
  } else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}, true);
document.addEventListener("balcao:opened", shut);

// A suggestion is taken into the field as if it had been picked there.
document.addEventListener("click", async (event) => {
  const button = event.target.closest?.("button[data-canned]");
  const field = button && find("#write-chat");
  if (!field) return;
  const answer = await ask(`/conversations/${opened()}/canned-replies?q=${encodeURIComponent(button.dataset.title)}`).catch(() => null);
  const reply = answer?.ok && (await answer.json()).find((one) => String(one.id) === button.dataset.canned);
  if (!reply) return tell(say("Esta resposta não está mais aqui.", "This reply is not here any more."));
  balcao.write("chat");
  field.setSelectionRange(field.value.length, field.value.length);
  if (field.value && !/\s$/.test(field.value)) field.setRangeText(" ", field.value.length, field.value.length, "end");
  field.setRangeText("#", field.selectionStart, field.selectionEnd, "end");
  choose(field, reply);
});
