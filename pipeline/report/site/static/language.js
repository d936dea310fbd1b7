// The language shown: the one chosen before, else the browser's. Runs before the page is drawn, so that no other flashes.
(() => {
  "use strict";
  const KEY = "nids-language";
  const root = document.documentElement;

  function remembered() {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null;
    }
  }

  function remember(language) {
    try {
      localStorage.setItem(KEY, language);
    } catch {
      // A browser that keeps nothing still shows the page.
    }
  }

  function show(language) {
    root.lang = language;
    root.dataset.lang = language;
    for (const element of document.querySelectorAll("[data-say]")) say(element, language);
    document.dispatchEvent(new CustomEvent("nids:language", { detail: language }));
  }

  function say(element, language) {
    const words = element.dataset[language];
    for (const name of element.dataset.say.split(" ")) {
      if (name === "text") element.textContent = words;
      else element.setAttribute(name, words);
    }
  }

  const known = remembered();
  const first = known === "ja" || known === "en" ? known : (navigator.language || "ja").startsWith("ja") ? "ja" : "en";
  root.lang = first;
  root.dataset.lang = first;
  root.classList.add("scripted");

  document.addEventListener("DOMContentLoaded", () => {
    show(first);
    const button = document.querySelector("button.language");
    button.hidden = false;
    button.addEventListener("click", () => {
      const next = root.dataset.lang === "ja" ? "en" : "ja";
      remember(next);
      show(next);
    });
  });
})();
