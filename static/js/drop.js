// A file may be dropped anywhere on the page, and is sent at once. Without this file it may be dropped on its field; beside that
// the browser would open it and leave the page.
for (const form of document.querySelectorAll("form[data-drop]")) {
  const carriesFile = (event) => event.dataTransfer.types.includes("Files");
  const waits = (yes) => form.toggleAttribute("data-dropping", yes);
  addEventListener("dragover", (event) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    waits(true);
  });
  addEventListener("dragleave", (event) => event.relatedTarget || waits(false));
  addEventListener("drop", (event) => {
    if (!carriesFile(event)) return;
    event.preventDefault();
    waits(false);
    const first = new DataTransfer();
    first.items.add(event.dataTransfer.files[0]);
    form.querySelector("input[type=file]").files = first.files;
    form.requestSubmit();
  });
}
