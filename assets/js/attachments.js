// Files in the composer: chosen, dropped or pasted; sent at once with progress; bound to the message when that is sent.
const { find, tell, say, opened } = balcao;
const LARGEST = 20 * 1024 * 1024;

function add(form, files) {
  const list = find(".waiting-files", form);
  for (const file of [...files].slice(0, 10 - list.childElementCount)) upload(list, file);
}

/** A line for a file, and what takes it away again. */
function line(list, title, drop) {
  const [row, name, remove] = ["li", "span", "button"].map((tag) => document.createElement(tag));
  name.textContent = title;
  remove.type = "button";
  remove.textContent = "×";
  remove.setAttribute("aria-label", say(`Retirar ${title}`, `Remove ${title}`));
  remove.addEventListener("click", drop);
  row.append(name, remove);
  list.append(row);
  list.hidden = false;
  return row;
}

/** A file that the server holds already. */
balcao.attached = (form, { token, name }) => {
  const list = find(".waiting-files", form);
  const row = line(list, name, () => {
    row.remove();
    list.hidden = !list.childElementCount;
  });
  row.dataset.token = token;
};

function upload(list, file) {
  const refuse = (words) => tell(`${file.name}: ${words || say("Não foi enviado. Tente de novo.", "Not sent. Please try again.")}`);
  if (file.size > LARGEST) return refuse(say("O arquivo tem mais de 20 MB.", "The file is larger than 20 MB."));
  const call = new XMLHttpRequest();
  const progress = document.createElement("progress");
  const drop = () => {
    call.abort();
    row.remove();
    list.hidden = !list.childElementCount;
  };
  progress.max = 1;
  progress.value = 0;
  progress.setAttribute("aria-label", file.name);
  const row = line(list, file.name, drop);
  row.lastChild.before(progress);
  call.open("POST", `/conversations/${opened()}/attachments?name=${encodeURIComponent(file.name)}`);
  call.setRequestHeader("content-type", "application/octet-stream");
  call.responseType = "json";
  call.upload.addEventListener("progress", ({ loaded, total }) => { progress.value = loaded / total; });
  call.addEventListener("load", () => {
    if (call.status !== 200) {
      drop();
      return refuse(call.response?.error);
    }
    row.dataset.token = call.response.token;
    progress.remove();
  });
  call.addEventListener("error", () => {
    drop();
    refuse();
  });
  call.send(file);
}

document.addEventListener("change", ({ target }) => {
  if (!target.matches("[data-attach]")) return;
  add(target.form, target.files);
  target.value = "";
});
document.addEventListener("paste", (event) => {
  const form = event.target.closest?.(".write");
  if (!form || !event.clipboardData.files.length) return;
  event.preventDefault();
  add(form, event.clipboardData.files);
});
document.addEventListener("dragover", (event) => { if (find(".write")) event.preventDefault(); });
document.addEventListener("drop", (event) => {
  // Dropped beside the fields, a file goes to the one that shows.
  const form = event.target.closest?.(".write") ?? [...document.querySelectorAll(".write")].find((one) => one.offsetParent);
  if (!form || !event.dataTransfer.files.length) return;
  event.preventDefault();
  add(form, event.dataTransfer.files);
});
