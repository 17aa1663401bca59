// The button exists only where it can do something.
for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A field that does not grow by itself would be printed with its beginning only.
if (!CSS.supports("field-sizing", "content")) {
  addEventListener("beforeprint", () => {
    for (const field of document.querySelectorAll("[data-reflection]")) {
      field.style.blockSize = `${field.scrollHeight + 2}px`;
    }
  });
}
