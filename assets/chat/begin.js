// Beginning: with the browser's token, with the site's word for a customer, or with what the visitor types.
const { $, settings } = chat;
const form = $("start");
const store = `balcao-chat-${settings.key}`;
let person = {};
let starting = null;

const remember = (token) => {
  chat.token = token;
  if (settings.framed) return chat.tell("token", token);
  // A browser may forbid storage: the chat then lasts as long as the page.
  try {
    token ? localStorage.setItem(store, token) : localStorage.removeItem(store);
  } catch {}
};

/** The token, made when it is first needed. */
chat.ensure = () => {
  if (chat.token) return Promise.resolve(chat.token);
  const typed = Object.fromEntries([...new FormData(form)].filter(([, value]) => value.trim()));
  starting ??= chat.call("start", { ...person, ...typed, page: person.page ?? document.referrer })
    .then(({ token }) => remember(token), (refused) => { throw refused; })
    .finally(() => { starting = null; });
  return starting.then(() => chat.tell("started"));
};

const ask = (asked) => {
  form.hidden = !asked;
  $("composer").hidden = asked;
  if (asked && chat.shown) form.querySelector("input")?.focus();
};

/** Begins with what is known of the visitor. */
chat.begin = (token, known = person) => {
  person = known;
  if (token) {
    chat.token = token;
    ask(false);
    chat.tell("started");
  } else if (known.identifier) {
    ask(false);
    chat.ensure().catch((refused) => {
      $("bad-send").textContent = refused.error ?? chat.say("broken");
    });
  } else {
    ask(settings.asks);
  }
  chat.tell("begun");
};

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  form.querySelectorAll(".bad").forEach((bad) => { bad.textContent = ""; });
  form.querySelectorAll("[aria-invalid]").forEach((field) => field.removeAttribute("aria-invalid"));
  try {
    await chat.ensure();
    ask(false);
    $("body").focus();
  } catch (refused) {
    const fields = Object.entries(refused.fields ?? {});
    if (!fields.length) $("bad-start").textContent = refused.error ?? chat.say("broken");
    for (const [name, words] of fields) {
      ($(`bad-${name}`) ?? $("bad-start")).textContent = words;
      form.elements[name]?.setAttribute("aria-invalid", "true");
    }
    form.querySelector("[aria-invalid]")?.focus();
  }
});

// The server knows the token no more: begin again, keep what is written.
chat.on("lost", () => {
  if (!chat.token) return;
  remember(null);
  $("bad-start").textContent = chat.say("noVisitor");
  $("bad-send").textContent = chat.say("noVisitor");
  chat.begin(null);
});

// A page of its own begins by itself; in an iframe the site's script says hello first.
queueMicrotask(() => {
  if (settings.framed) return;
  let token = null;
  try {
    token = localStorage.getItem(store);
  } catch {}
  chat.begin(token);
});
