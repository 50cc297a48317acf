// A sign of life while somebody works here; without one the clock sets the presence to away.
const { find, meta, post } = balcao;
let active = true;
for (const name of ["pointerdown", "keydown", "wheel"]) addEventListener(name, () => { active = true; }, { passive: true });
if (find(".nav")) {
  setInterval(() => {
    if (active) post("/presence/alive").catch(() => {});
    active = false;
  }, 120000);
  document.addEventListener("balcao:presence", ({ detail }) => {
    const me = find(".me");
    if (String(detail.agent) === meta("agent")) me.dataset.presence = detail.presence;
  });
}
