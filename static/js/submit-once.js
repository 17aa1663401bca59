// A second press while the first is on its way sends nothing. The server counts once anyway; this only spares the wait.
for (const form of document.querySelectorAll("form[data-submit-once]")) {
  const buttons = form.querySelectorAll("button:not([type=button])");
  const busy = (yes) => {
    form.toggleAttribute("data-sent", yes);
    for (const button of buttons) button.setAttribute("aria-disabled", String(yes));
  };
  form.addEventListener("submit", (event) => {
    if (form.hasAttribute("data-sent")) event.preventDefault();
    else busy(true);
  });
  // Back in the browser may show the page as it was left.
  window.addEventListener("pageshow", (event) => event.persisted && busy(false));
}
