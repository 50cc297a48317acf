// The rating that is asked for at the end: five buttons and a comment, once.
const { $ } = chat;
const form = $("rating");
let rated = false;

chat.on("history", ({ conversation }) => {
  const asked = conversation?.rating === 0 && !rated;
  if (form.hidden === !asked) return;
  form.hidden = !asked;
  chat.tell("grown");
});
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const score = Number(new FormData(form).get("score"));
  $("bad-rating").textContent = "";
  try {
    await chat.call("rating", { score, comment: form.elements.comment.value });
    rated = true;
    form.hidden = true;
    chat.catchUp();
    $("body").focus();
  } catch (refused) {
    $("bad-rating").textContent = refused.error ?? chat.say("broken");
  }
});
chat.on("history", ({ conversation }) => { if (conversation?.state !== "closed") rated = false; });
