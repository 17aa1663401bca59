// "Put in order": buttons that move a line up or down, and keep the numbers that are sent in step with what is seen.
// Without this file the numbers are chosen by hand, and what is sent is the same.
for (const list of document.querySelectorAll("[data-order]")) {
  const words = list.dataset;
  const said = document.createElement("p");
  said.className = "hidden-visually";
  said.setAttribute("role", "status");
  list.after(said);

  const lines = () => [...list.children];
  const number = () => {
    for (const [index, line] of lines().entries()) {
      line.querySelector("select").value = String(index + 1);
      line.querySelector("[data-move=up]").setAttribute("aria-disabled", String(index === 0));
      line.querySelector("[data-move=down]").setAttribute("aria-disabled", String(index === list.children.length - 1));
    }
  };
  const move = (line, by, button) => {
    const target = by < 0 ? line.previousElementSibling : line.nextElementSibling;
    if (!target) return;
    if (by < 0) target.before(line);
    else target.after(line);
    number();
    button.focus();
    said.textContent = `${line.querySelector(".order__text").textContent}: ${words.moved} ${lines().indexOf(line) + 1}`;
  };
  const makeButton = (line, direction, by) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "order__button";
    button.dataset.move = direction;
    button.setAttribute("aria-label", `${words[direction]}: ${line.querySelector(".order__text").textContent}`);
    button.addEventListener("click", () => move(line, by, button));
    return button;
  };

  const given = (line) => Number(line.querySelector("select").value) || list.children.length + 1;
  lines().map((line, index) => [given(line), index, line]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).forEach(([, , line]) => list.append(line));
  for (const line of lines()) {
    const buttons = document.createElement("span");
    buttons.className = "order__buttons";
    buttons.append(makeButton(line, "up", -1), makeButton(line, "down", 1));
    line.append(buttons);
    // Hidden, but still sent.
    line.querySelector("select").hidden = true;
  }
  list.setAttribute("data-enhanced", "");
  for (const hint of list.closest("fieldset").querySelectorAll("[data-order-by]")) hint.hidden = hint.dataset.orderBy === "number";
  number();
}
