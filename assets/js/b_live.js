// The event stream: tells the page what happened, comes again after a lost connection, and catches up.
const { find, meta, opened } = balcao;
let stream;
let last = meta("event");
let wait = 500;
let following;

const heard = (name) => (event) => {
  if (event.lastEventId) last = event.lastEventId;
  document.dispatchEvent(new CustomEvent(`balcao:${name}`, { detail: JSON.parse(event.data || "{}") }));
};

function follow() {
  stream?.close();
  following = opened();
  const asked = new URLSearchParams({ after: last });
  if (following) asked.set("conversation", following);
  stream = new EventSource(`/events?${asked}`);
  for (const name of ["message", "note", "conversation", "presence", "notification", "seen", "typing", "progress", "ticket", "reset"]) stream.addEventListener(name, heard(name));
  stream.onopen = () => {
    wait = 500;
    find("#lost").hidden = true;
    document.documentElement.dataset.live = following ?? "queue";
  };
  stream.onerror = () => {
    // The browser would come again by itself, but not after a refusal, and without a limit on its haste.
    stream.close();
    find("#lost").hidden = false;
    delete document.documentElement.dataset.live;
    setTimeout(follow, wait * (0.75 + Math.random() / 2));
    wait = Math.min(wait * 2, 15000);
  };
}

if (meta("event")) {
  follow();
  document.addEventListener("balcao:opened", () => opened() !== following && follow());
  document.addEventListener("balcao:reset", () => location.reload());
}
