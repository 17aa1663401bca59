/* Opens Wagtail's calendars without inline script: each field is followed by a template that names what to call. */
(function () {
  const allowed = ["initDateChooser", "initDateTimeChooser", "initTimeChooser"];

  function start(root) {
    for (const mark of root.querySelectorAll("template[data-chooser]")) {
      const { chooser, for: id, config } = mark.dataset;
      mark.remove();
      if (allowed.includes(chooser) && document.getElementById(id)) {
        window[chooser](id, JSON.parse(config));
      }
    }
  }

  document.addEventListener("DOMContentLoaded", () => {
    start(document);
    new MutationObserver((changes) => {
      for (const change of changes) {
        for (const node of change.addedNodes) {
          if (node.nodeType === Node.ELEMENT_NODE) start(node.parentNode || document);
        }
      }
    }).observe(document.body, { childList: true, subtree: true });
  });
})();
