// How far the closing of many has come: shown as it happens.
const { find, ask, later, nodes } = balcao;

const look = later(200, async () => {
  const box = find("#sweep");
  const answer = await ask(location.pathname);
  if (answer.ok) box.replaceWith(nodes(await answer.text()));
});
if (find("#sweep")) document.addEventListener("balcao:sweep", look);
