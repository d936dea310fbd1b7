// A note's mark opens its note there. Browsers without popovers follow the mark's link to the notes instead.
(() => {
  "use strict";
  if (!HTMLElement.prototype.showPopover) return;
  const GAP = 8; // pixels between a mark and its note, and to the window's edges
  const text = document.querySelector(".text");
  const narrow = matchMedia("(max-width: 40rem)");
  const box = document.createElement("div");
  box.className = "note-box";
  box.popover = "auto";
  box.tabIndex = -1;
  box.setAttribute("role", "dialog");
  document.querySelector(".reading").append(box);

  function fill(note) {
    const copied = note.querySelector(".note-text").cloneNode(true);
    copied.removeAttribute("id");
    for (const element of copied.querySelectorAll("[id]")) element.removeAttribute("id");
    for (const details of copied.querySelectorAll("details")) details.open = true;
    copied.lang = text.lang;
    const head = document.createElement("p");
    head.className = "note-head";
    head.id = "note-head";
    const words = document.getElementById("words").content;
    head.append(words.querySelector("[data-word=note]").cloneNode(true));
    for (const span of head.querySelectorAll("span")) {
      if (!span.children.length) span.textContent = span.textContent.replace("{number}", note.dataset.number);
    }
    const link = document.createElement("a");
    link.href = `#${encodeURIComponent(note.id)}`;
    link.append(words.querySelector("[data-word=to-notes]").cloneNode(true));
    const foot = document.createElement("p");
    foot.className = "note-foot";
    foot.append(link);
    box.setAttribute("aria-labelledby", head.id);
    box.replaceChildren(head, copied, foot);
  }

  function place(mark) {
    box.style.removeProperty("left");
    box.style.removeProperty("top");
    if (narrow.matches) return;
    const at = mark.getBoundingClientRect();
    const left = Math.min(Math.max(GAP, at.left - box.offsetWidth / 3), innerWidth - box.offsetWidth - GAP);
    const below = at.bottom + GAP;
    const top = below + box.offsetHeight < innerHeight ? below : Math.max(GAP, at.top - box.offsetHeight - GAP);
    box.style.left = `${left}px`;
    box.style.top = `${top}px`;
  }

  text.addEventListener("click", (event) => {
    const mark = event.target.closest(".mark a");
    if (!mark || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    const note = document.getElementById(decodeURIComponent(mark.getAttribute("href").slice(1)));
    if (!note) return;
    event.preventDefault();
    event.stopPropagation();
    fill(note);
    window.NIDS.select(mark.id);
    box.showPopover();
    place(mark);
    box.focus({ preventScroll: true });
  });

  box.addEventListener("click", (event) => {
    if (event.target.closest('a[href^="#"]')) box.hidePopover();
  });
  for (const mark of text.querySelectorAll(".mark a")) mark.setAttribute("aria-haspopup", "dialog");
})();
