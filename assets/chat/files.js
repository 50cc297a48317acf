// Files: chosen, dropped or pasted; sent with progress; shown without leaving the chat.
const { $ } = chat;
const LARGEST = 20 * 1024 * 1024;
const list = $("files");
const waiting = new Map();

chat.files = {
  /** Uploads that are done, taken out of the composer. */
  take() {
    const done = [...waiting.values()].filter((file) => file.token);
    waiting.clear();
    list.replaceChildren();
    list.hidden = true;
    return done;
  },
  busy: () => [...waiting.values()].some((file) => !file.token),
  any: () => waiting.size > 0,

  /** A sent file as an element. The token travels in a header, so that the bytes come as a blob. */
  show(file) {
    const load = async () => {
      const response = await fetch(`${chat.base}/files/${file.token}`, { headers: chat.headers() });
      if (!response.ok) throw response.status;
      return URL.createObjectURL(await response.blob());
    };
    const open = async () => {
      const link = chat.element("a");
      link.href = await load();
      link.download = file.name;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    };
    const picture = /^image\/(png|jpeg|gif|webp)$/.test(file.type);
    const button = chat.element("button", picture ? "picture" : "document");
    button.type = "button";
    button.title = file.name;
    if (picture) {
      const image = chat.element("img");
      image.alt = file.name;
      button.append(image);
      load().then((address) => { image.src = address; }, () => { button.textContent = file.name; });
    } else {
      button.append(chat.element("span", "", "📎"), chat.element("span", "", `${file.name} · ${size(file.size)}`));
    }
    button.addEventListener("click", () => open().catch(() => chat.tell("trouble", chat.say("broken"))));
    return button;
  },
};

const size = (bytes) => (bytes < 1024 * 1024 ? `${Math.max(1, Math.round(bytes / 1024))} kB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`);

async function send(file) {
  const row = chat.element("li");
  const progress = chat.element("progress");
  progress.max = 1;
  progress.value = 0;
  const remove = chat.element("button", "", "×");
  remove.type = "button";
  remove.setAttribute("aria-label", chat.say("remove", { name: file.name }));
  row.append(chat.element("span", "", file.name), progress, remove);
  const entry = { name: file.name, type: file.type, size: file.size };
  const call = new XMLHttpRequest();
  const drop = () => {
    call.abort();
    waiting.delete(row);
    row.remove();
    list.hidden = !waiting.size;
    chat.tell("typed");
  };
  remove.addEventListener("click", () => { drop(); $("body").focus(); });
  waiting.set(row, entry);
  list.append(row);
  list.hidden = false;
  chat.tell("typed");
  const refuse = (words) => {
    drop();
    chat.tell("trouble", `${file.name}: ${words ?? chat.say("broken")}`);
  };
  if (file.size > LARGEST) return refuse(chat.say("large"));
  try {
    await chat.ensure();
  } catch (refused) {
    return refuse(refused.error);
  }
  call.open("POST", `${chat.base}/files?name=${encodeURIComponent(file.name)}`);
  call.setRequestHeader("authorization", `Bearer ${chat.token}`);
  call.setRequestHeader("content-type", "application/octet-stream");
  call.responseType = "json";
  call.upload.addEventListener("progress", ({ loaded, total }) => { progress.value = loaded / total; });
  call.addEventListener("load", () => {
    if (call.status !== 200) return refuse(call.response?.error);
    Object.assign(entry, call.response);
    progress.remove();
    chat.tell("typed");
  });
  call.addEventListener("error", () => refuse());
  call.send(file);
}

const add = (files) => [...files].slice(0, 10 - waiting.size).forEach(send);
if ($("attach")) {
  $("attach").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", () => {
    add($("file").files);
    $("file").value = "";
  });
  $("body").addEventListener("paste", (event) => {
    if (!event.clipboardData.files.length) return;
    event.preventDefault();
    add(event.clipboardData.files);
  });
  const drag = (on) => document.body.classList.toggle("dragged", on);
  document.addEventListener("dragover", (event) => { event.preventDefault(); drag(true); });
  document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drag(false); });
  document.addEventListener("drop", (event) => {
    event.preventDefault();
    drag(false);
    if (!$("composer").hidden) add(event.dataTransfer.files);
  });
}
