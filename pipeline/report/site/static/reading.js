// What is selected: a name, a sentence, a citation or a note, shown in the text, on the page's picture and in a card.
(() => {
  "use strict";
  const KEY = "nids-labels";
  const data = window.NIDS_COMMENTARY;
  const { sheets, copy } = window.NIDS;
  const main = document.querySelector(".reading");
  const text = document.querySelector(".text");
  const beside = document.querySelector(".beside");
  const card = beside.querySelector(".card");
  const body = card.querySelector(".card-body");
  const sentences = [...new Set([...text.querySelectorAll(".s")].map((piece) => piece.dataset.of))];
  let selected = "";
  let sentence = "";
  let row = null;

  // Words of the page, and pieces of it.

  function word(name, values = {}) {
    const found = document.getElementById("words").content.querySelector(`[data-word="${name}"]`).cloneNode(true);
    for (const span of found.querySelectorAll("span")) {
      for (const [key, value] of Object.entries(values)) span.textContent = span.textContent.replace(`{${key}}`, value);
    }
    return found;
  }

  function template(id) {
    return document.getElementById(id).content.cloneNode(true);
  }

  function pieces(id) {
    return [...text.querySelectorAll(`[data-of="${CSS.escape(id)}"]`)];
  }

  function plain(element) {
    const copied = element.cloneNode(true);
    for (const other of copied.querySelectorAll(".mark, .turn, .trouble")) other.remove();
    return copied.textContent;
  }

  // A table is one sentence in the tables; what is quoted of it is a row, or all rows.
  function quoted(id, row) {
    const rows = row ? [row] : [...new Set(pieces(id).map((piece) => piece.closest("tr")).filter(Boolean))];
    if (rows.length) return rows.map((each) => [...each.cells].map(plain).join("　")).join("\n");
    return pieces(id).map(plain).join("");
  }

  function kindOf(element) {
    if (element.classList.contains("m")) return "name";
    if (element.classList.contains("s")) return "sentence";
    if (element.classList.contains("c")) return "citation";
    if (element.closest(".mark")) return "mark";
    if (element.classList.contains("note")) return "note";
    if (element.classList.contains("fact")) return "fact";
    return "block";
  }

  // How to cite.

  function printed(id) {
    const pages = [...new Set((data.boxes[id] || []).map((box) => box[0]))].sort((a, b) => a - b);
    return pages.map((page) => data.labels[page]);
  }

  function citePage(id) {
    const labels = printed(id);
    if (!labels.length) return data.cite;
    const page = labels.length > 1 ? `${labels[0]}–${labels[labels.length - 1]}` : labels[0];
    return fill(data.forms[labels.length > 1 ? "pages" : "page"], { cite: data.cite, page });
  }

  function citeSentence(id, row) {
    const words = quoted(id, row);
    // A quotation inside a quotation has the other marks.
    const inner = text.lang === "en" ? words : words.replaceAll("「", "『").replaceAll("」", "』");
    return fill(data.forms.sentence, { sentence: inner, cite: citePage(id) });
  }

  function fill(form, values) {
    return form.replace(/{(\w+)}/g, (_, name) => values[name]);
  }

  // Cards.

  function nameCard(id) {
    const name = data.names[id];
    const made = template("card-name");
    const link = made.querySelector("[data-slot=name]");
    link.textContent = name.name;
    link.classList.add("name", name.label);
    if (name.href) link.href = name.href;
    for (const field of ["text", "edition", "date", "source"]) {
      const row = made.querySelector(`[data-row=${field}]`);
      row.querySelector("dd").textContent = name[field];
      row.hidden = !name[field] || (field === "text" && name.text === name.name);
    }
    return made;
  }

  function sentenceCard(id, row) {
    const made = template("card-sentence");
    made.querySelector("[data-slot=sentence]").textContent = quoted(id, row);
    made.querySelector("[data-slot=cite]").textContent = citePage(id);
    const inside = (row ? [row] : pieces(id)).flatMap((piece) => [...piece.querySelectorAll(".m")]);
    const names = made.querySelector(".card-names");
    for (const name of new Set(inside.map((piece) => piece.dataset.of))) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = `name ${data.names[name].label}`;
      button.dataset.pick = name;
      button.textContent = data.names[name].text;
      button.lang = text.lang;
      names.append(" ", button);
      names.hidden = false;
    }
    const facts = made.querySelector(".card-facts");
    for (const fact of document.querySelectorAll(`.fact[data-sentence="${CSS.escape(id)}"]`)) {
      const item = document.createElement("li");
      item.append(...fact.querySelector(".fact-words").cloneNode(true).childNodes);
      facts.append(item);
      facts.hidden = false;
    }
    return made;
  }

  function citationCards(ids) {
    return ids.flatMap((id) => {
      const found = document.querySelector(`.citation[data-for="${CSS.escape(id)}"]`);
      return found ? [found.cloneNode(true)] : [];
    });
  }

  function fillCard(kind, id, element) {
    const parts = [];
    if (kind === "name") parts.push(nameCard(id));
    if (kind === "citation") parts.push(...citationCards([id]));
    if (kind === "note") parts.push(...citationCards([...element.querySelectorAll(".c")].map((piece) => piece.id)));
    if (sentence && kind !== "note" && kind !== "citation") parts.push(sentenceCard(sentence, row));
    body.replaceChildren(...parts);
    const kicker = card.querySelector(".card-kicker");
    const what = { name: () => data.names[id].label, note: () => "note", citation: () => "citation", block: () => "block" };
    const title = what[kind] ? what[kind]() : "sentence";
    kicker.replaceChildren(word(title, { number: element.dataset.number || "" }));
    const labels = printed(id);
    if (labels.length) kicker.append(" · ", word("page", { page: labels.join("–") }));
    card.hidden = !parts.length;
    card.scrollTop = 0;
    document.dispatchEvent(new CustomEvent("nids:select", { detail: { kind, id, card: body } }));
  }

  // Selecting.

  function select(id, { scroll = false, focus = false } = {}) {
    let element = document.getElementById(id);
    if (!element || !(data.boxes[id] || element.matches(".fact, .m, .s, .c"))) return;
    for (const old of main.querySelectorAll(".selected, .about")) old.classList.remove("selected", "about");
    let kind = kindOf(element);
    if (kind === "fact") {
      element.classList.add("selected");
      id = element.dataset.sentence;
      element = document.getElementById(id);
      if (!element) return;
      kind = kindOf(element);
    }
    selected = id;
    const around = element.closest(".s");
    sentence = around ? around.dataset.of : "";
    row = kind === "sentence" ? null : element.closest("tr");
    for (const piece of pieces(id)) piece.classList.add("selected");
    if (!pieces(id).length) element.classList.add("selected");
    if (kind !== "sentence" && kind !== "citation" && sentence) {
      for (const piece of pieces(sentence)) piece.classList.toggle("about", !row || row.contains(piece));
    }
    const boxes = kind === "mark" ? [id, element.getAttribute("href").slice(1)] : [id];
    sheets.choose(boxes.map(decodeURIComponent));
    fillCard(kind, id, element);
    // On a narrow window a note lies where the card would.
    open(kind === "mark" && covers() ? "" : beside.dataset.open === "sheets" ? "sheets" : "card");
    // Only now is it known how much room the card leaves.
    sheets.scrollTo((data.boxes[id] || [])[0]);
    try {
      history.replaceState(null, "", `#${encodeURI(id)}`);
    } catch {
      // The address stays as it was.
    }
    if (scroll) element.scrollIntoView({ block: "center" });
    uncover(element);
    if (focus) card.querySelector(".close").focus({ preventScroll: true });
  }

  function covers() {
    return getComputedStyle(beside).position === "fixed";
  }

  // What is selected must not lie under the card.
  function uncover(element) {
    if (!covers()) return;
    const covered = element.getBoundingClientRect().bottom - (innerHeight - beside.offsetHeight) + 24;
    if (covered > 0) scrollBy({ top: covered });
  }

  function clear() {
    const last = document.getElementById(selected);
    for (const old of main.querySelectorAll(".selected, .about")) old.classList.remove("selected", "about");
    sheets.choose([]);
    card.hidden = true;
    selected = sentence = "";
    row = null;
    open("");
    if (last && beside.contains(document.activeElement)) focusOn(last);
  }

  function focusOn(element) {
    if (!element.matches("a[href], button")) element.tabIndex = -1;
    element.focus({ preventScroll: true });
  }

  function step(by) {
    const at = sentences.indexOf(sentence);
    const next = sentences[at < 0 ? 0 : Math.min(Math.max(at + by, 0), sentences.length - 1)];
    select(next, { scroll: true });
    const same = card.querySelector(`[data-step="${by}"]`);
    if (same) same.focus({ preventScroll: true });
  }

  // On a narrow window card and pictures lie over the lower part of the text.

  function open(what) {
    beside.dataset.open = what;
    beside.querySelector(".open").setAttribute("aria-expanded", String(what === "sheets"));
    beside.querySelector(".show-sheets").setAttribute("aria-expanded", String(what === "sheets"));
    if (what === "sheets" && selected) sheets.scrollTo((data.boxes[selected] || [])[0]);
  }

  // Which labels are marked.

  function showLabels(labels) {
    for (const button of document.querySelectorAll(".legend [data-label]")) {
      const on = labels.includes(button.dataset.label);
      button.setAttribute("aria-pressed", String(on));
      main.classList.toggle(`show-${button.dataset.label}`, on);
    }
    // A name that is not marked is no link, for the eye as for the keyboard.
    for (const link of text.querySelectorAll("a.m")) {
      const { href, label } = data.names[link.dataset.of];
      if (labels.includes(label)) link.href = href;
      else link.removeAttribute("href");
    }
  }

  function labelsShown() {
    return [...document.querySelectorAll(".legend [aria-pressed=true][data-label]")].map((button) => button.dataset.label);
  }

  function nameKinds() {
    const language = document.documentElement.lang;
    for (const piece of text.querySelectorAll(".m")) {
      const [label] = [data.names[piece.dataset.of].label];
      piece.dataset.tag = word(label).querySelector(`.${language}`).textContent;
    }
  }

  function remembered() {
    try {
      return JSON.parse(localStorage.getItem(KEY));
    } catch {
      return null;
    }
  }

  function remember(labels) {
    try {
      localStorage.setItem(KEY, JSON.stringify(labels));
    } catch {
      // The choice holds for this page alone.
    }
  }

  // What people do.

  function plainClick(event) {
    return event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
  }

  function shownName(element) {
    let found = element.closest(".m");
    while (found && !main.classList.contains(`show-${data.names[found.dataset.of].label}`)) {
      found = found.parentElement.closest(".m");
    }
    return found;
  }

  text.addEventListener("click", (event) => {
    if (!plainClick(event) || event.target.closest(".url, .mark, .trouble, button, summary, .citation, .head a:not(.m)")) return;
    if (event.target.closest("a") && !event.target.closest("a.m")) return;
    const name = shownName(event.target);
    const found = name || event.target.closest(".c") || event.target.closest(".s");
    if (event.target.closest("a.m")) event.preventDefault();
    if (!found || (!name && !getSelection().isCollapsed)) return;
    select(found.dataset.of, { focus: event.detail === 0 });
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && plainClick(event) && !link.closest(".mark")) {
      setTimeout(() => select(decodeURIComponent(link.getAttribute("href").slice(1)), { scroll: true }));
    }
  });

  beside.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.step) step(Number(button.dataset.step));
    else if (button.dataset.pick) select(button.dataset.pick, { focus: true });
    else if (button.dataset.copyWhat) copy(button, button.dataset.copyWhat === "page" ? citePage(sentence) : citeSentence(sentence, row));
    else if (button.matches(".close")) clear();
    else if (button.matches(".show-sheets, .open")) open(beside.dataset.open === "sheets" ? (selected ? "card" : "") : "sheets");
  });

  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && selected && !document.querySelector(":popover-open")) clear();
  });

  sheets.onPick((id) => select(id, { scroll: true }));

  for (const picture of document.querySelectorAll(".sheet svg")) {
    picture.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && selected) {
        focusOn(document.getElementById(selected));
        document.getElementById(selected).scrollIntoView({ block: "center" });
        return;
      }
      const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
      if (!by) return;
      event.preventDefault();
      const page = Number(picture.closest(".sheet").dataset.page);
      const here = [...text.querySelectorAll(".s, .m")]
        .filter((piece) => piece.id && (piece.matches(".s") || shownName(piece) === piece) && sheets.on(piece.id, page))
        .map((piece) => piece.id);
      const at = here.indexOf(selected);
      const next = here[at < 0 ? (by > 0 ? 0 : here.length - 1) : at + by];
      if (next) select(next, { scroll: true });
      picture.focus({ preventScroll: true });
    });
  }

  const legend = document.querySelector(".legend");
  legend.hidden = false;
  legend.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    const on = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(on));
    if (button.matches(".tags")) {
      nameKinds();
      main.classList.toggle("tagged", on);
    } else {
      showLabels(labelsShown());
      remember(labelsShown());
    }
  });
  showLabels(remembered() || labelsShown());
  document.addEventListener("nids:language", nameKinds);

  // While nothing is selected, the pictures follow the reader.
  let turned = 0;
  document.addEventListener(
    "scroll",
    () => {
      if (selected || beside.matches(":hover, :focus-within")) return;
      const above = [...text.querySelectorAll(".turn")].filter((turn) => turn.getBoundingClientRect().top < innerHeight / 2);
      const page = above.length ? Number(above[above.length - 1].firstElementChild.id.slice("page-".length)) : 1;
      if (page !== turned) {
        turned = page;
        sheets.scrollToPage(page);
      }
    },
    { passive: true },
  );

  addEventListener("hashchange", () => select(decodeURIComponent(location.hash.slice(1))));
  if (location.hash) select(decodeURIComponent(location.hash.slice(1)), { scroll: true });
  window.NIDS.select = select;
})();
