function showTop() {
  document.title = data.name + " · distill-grid report";
  document.getElementById("top").append(
    el("h1", {}, data.name),
    el("p", { class: "under" }, `${data.state} Written by distill-grid at ${data.madeAt.replace("T", " ").replace("Z", " UTC")}.`));
  document.getElementById("nav").append(el("div"));
}

function showAnswer() {
  const part = section("answer", "Answer");
  part.append(el("div", { class: "answer" }, data.answer.map((sentence) => el("p", {}, sentence))));
}

function showAsked() {
  section("asked", "What was asked", null, null, "Asked").append(entries(data.asked));
}
