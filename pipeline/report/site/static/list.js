// Narrows the list of commentaries to those that hold all words typed, whatever their width or case.
(() => {
  "use strict";
  const filter = document.querySelector(".filter");
  const field = filter.querySelector("input");
  const status = document.querySelector("[role=status]");
  const count = document.getElementById("words").content.querySelector("[data-word=count]");
  const years = [...document.querySelectorAll(".year")];
  const entries = [...document.querySelectorAll(".entry")].map((element) => ({ element, text: plain(element.textContent) }));

  function plain(text) {
    return text.normalize("NFKC").toLowerCase();
  }

  function narrow() {
    const words = plain(field.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const { element, text } of entries) {
      element.hidden = !words.every((word) => text.includes(word));
      shown += element.hidden ? 0 : 1;
    }
    for (const year of years) year.hidden = !year.querySelector(".entry:not([hidden])");
    document.querySelector(".none").hidden = shown > 0;
    const said = count.cloneNode(true);
    for (const span of said.querySelectorAll("span")) span.textContent = span.textContent.replace("{n}", shown);
    status.replaceChildren(said);
  }

  filter.hidden = false;
  field.addEventListener("input", narrow);
  // A browser that goes back fills the field in again.
  if (field.value) narrow();
})();
