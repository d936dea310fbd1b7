// Buttons that copy words: `data-copy` names the element that holds them. Says whether it worked in the page's status.
(() => {
  "use strict";

  async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return copyBySelecting(text);
    }
  }

  // Browsers that let no page on the disk write to the clipboard still copy what is selected.
  function copyBySelecting(text) {
    const area = document.createElement("textarea");
    area.value = text;
    area.className = "visually-hidden";
    document.body.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }

  async function copyFrom(button, text) {
    const done = await copy(text);
    const status = document.querySelector("[role=status]");
    const words = document.getElementById("words").content.querySelector(`[data-word=${done ? "copied" : "not-copied"}]`);
    status.replaceChildren(words.cloneNode(true));
    button.classList.add(done ? "done" : "failed");
    setTimeout(() => {
      button.classList.remove("done", "failed");
      status.replaceChildren();
    }, 2000);
  }

  window.NIDS = window.NIDS || {};
  window.NIDS.copy = copyFrom;

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-copy]");
    if (button) copyFrom(button, document.querySelector(button.dataset.copy).textContent.trim());
  });
})();
