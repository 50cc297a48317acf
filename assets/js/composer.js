// Writing: the message shows at once as queued, then as sent, or as failed with its text kept and a way to try again.
const { find, meta, ask, post, later, nodes, tell, say, opened, atEnd } = balcao;
const enterSends = meta("enter") !== "0";
const tabs = { chat: "#tab-chat", note: "#tab-note" };

const keep = later(700, (form) => {
  if (opened()) post(`${form.action.replace(/messages$/, "draft")}`, { kind: form.dataset.kind, body: form.elements.body.value });
});

/** The message as it will look, until the server's own comes. */
function shadow(kind, body, key) {
  const article = document.createElement("article");
  article.className = "message";
  article.dataset.author = kind === "note" ? "note" : "agent";
  article.dataset.keyOf = key;
  const text = document.createElement("div");
  text.className = "body";
  text.textContent = body;
  const foot = document.createElement("footer");
  const mark = document.createElement("span");
  mark.className = "mark";
  mark.dataset.mark = "queued";
  foot.append(mark);
  article.append(text, foot);
  return article;
}

async function send(form) {
  const body = form.elements.body.value.trimEnd();
  const files = [...form.querySelectorAll(".waiting-files li")];
  if (files.some((file) => !file.dataset.token)) return tell(say("Espere o envio dos arquivos.", "Wait for the files."));
  if (!body.trim() && !files.length) return form.elements.body.focus();
  const canned = form.dataset.canned;
  const open = canned && body.match(/\{[\p{L}_ ]{1,40}\}/u);
  if (open) {
    const at = form.elements.body.value.indexOf(open[0]);
    form.elements.body.focus();
    form.elements.body.setSelectionRange(at, at + open[0].length);
    return tell(say(`Preencha ${open[0]} antes de enviar.`, `Fill in ${open[0]} before sending.`));
  }
  delete form.dataset.canned;
  const key = crypto.randomUUID?.() ?? String(Math.random()).slice(2);
  const fields = new URLSearchParams({ kind: form.dataset.kind, body, key });
  for (const id of canned?.split(" ") ?? []) fields.append("canned", id);
  for (const file of files) fields.append("attachment", file.dataset.token);
  form.elements.body.value = "";
  find(".waiting-files", form).replaceChildren();
  find(".waiting-files", form).hidden = true;
  const box = find("#thread");
  const article = shadow(form.dataset.kind, body, key);
  box.append(article);
  box.scrollTop = box.scrollHeight;
  await deliver(form.action, fields, article);
}

async function deliver(address, fields, article) {
  delete article.dataset.state;
  find(".wrong", article)?.remove();
  let reason = "";
  try {
    const answer = await ask(address, { method: "POST", body: fields });
    if (answer.ok) {
      const stored = nodes(await answer.text());
      const message = find("[data-id]", stored);
      // The stream may have been faster than the answer.
      if (message && !document.getElementById(message.id)) article.replaceWith(message);
      else article.remove();
      return;
    }
    reason = await answer.text();
  } catch {
    reason = say("Sem conexão.", "No connection.");
  }
  article.dataset.state = "failed";
  const line = document.createElement("p");
  line.className = "wrong";
  line.setAttribute("role", "alert");
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = say("Tentar de novo", "Try again");
  again.addEventListener("click", () => deliver(address, fields, article));
  line.append(`! ${reason} `, again);
  article.append(line);
}

document.addEventListener("submit", (event) => {
  const form = event.target.closest(".write");
  if (!form) return;
  event.preventDefault();
  send(form);
});
document.addEventListener("input", (event) => {
  const form = event.target.closest(".write");
  if (form && event.target.name === "body") keep(form);
});
document.addEventListener("keydown", (event) => {
  const form = event.target.closest?.(".write");
  if (!form || event.target.name !== "body" || event.key !== "Enter" || event.isComposing) return;
  if (event.ctrlKey || event.metaKey || (enterSends && !event.shiftKey)) {
    event.preventDefault();
    send(form);
  }
});
document.addEventListener("change", (event) => {
  if (event.target.name === "tab") find(`#write-${event.target.value}`)?.focus();
});

/** Chooses a tab and puts the cursor into its field. */
balcao.write = (kind) => {
  const tab = find(tabs[kind]);
  if (!tab) return;
  tab.checked = true;
  find(`#write-${kind}`)?.focus();
};
