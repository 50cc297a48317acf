// How far long work has come: shown as it happens.
const { find, ask, later, nodes } = balcao;

const look = later(200, async () => {
  const answer = await ask(location.pathname);
  if (answer.ok) find("#progress").replaceWith(nodes(await answer.text()));
});
if (find("#progress[data-follows]")) document.addEventListener("balcao:progress", look);
