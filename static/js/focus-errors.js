// What must be put right is read first: the error summary takes focus when the page opens with one.
const summary = document.querySelector("[data-focus-first]");
if (summary) summary.focus();
