// Search: all texts are looked through, as typed or in other widths of the same characters.
(() => {
  "use strict";
  const AT_ONCE = 60;
  const NAMES_SHOWN = 12;
  const main = document.querySelector("main.search");
  const input = main.querySelector("#words");
  const status = main.querySelector(".said");
  const results = main.querySelector(".results");
  const more = main.querySelector(".more");
  const chunks = Number(main.dataset.chunks);
  const documents = [];
  let names = [];
  let loading = null;
  let found = [];
  let shown = 0;

  // What is compared: no difference of width, case or blank.
  const plain = (text) => text.normalize("NFKC").toLowerCase();

  function word(name, values = {}) {
    const copied = document.getElementById("words-of-search").content.querySelector(`[data-word="${name}"]`).cloneNode(true);
    for (const span of copied.querySelectorAll("span")) {
      for (const [key, value] of Object.entries(values)) span.textContent = span.textContent.replace(`{${key}}`, value);
    }
    return copied;
  }

  // Texts are scripts, since pages on the disk cannot read other files.

  function script(path) {
    return new Promise((resolve, reject) => {
      const element = document.createElement("script");
      element.src = path;
      element.addEventListener("load", resolve);
      element.addEventListener("error", () => reject(new Error(path)));
      document.head.append(element);
    });
  }

  async function load() {
    await script("search/names.js");
    names = window.NIDS_NAMES.map((row) => ({ row, text: plain(`${row[0]} ${row[4]}`) }));
    for (let number = 0; number < chunks; number += 1) {
      await script(`search/${number}.js`);
      for (const each of window[`NIDS_TEXTS_${number}`]) documents.push(prepared(each));
      delete window[`NIDS_TEXTS_${number}`];
      look();
    }
  }

  function prepared(each) {
    const lines = each.text.split("\n");
    const text = plain(each.text);
    const starts = [0];
    for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
    return { ...each, lines, text, starts };
  }

  // The line that a character belongs to.
  function lineAt(starts, at) {
    let low = 0;
    let high = starts.length;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= at) low = middle;
      else high = middle;
    }
    return low;
  }

  function linesWith(each, terms) {
    const lines = [];
    const [first, ...others] = terms;
    let at = each.text.indexOf(first);
    while (at >= 0) {
      const line = lineAt(each.starts, at);
      const next = line + 1 < each.starts.length ? each.starts[line + 1] : each.text.length + 1;
      const text = each.text.slice(each.starts[line], next - 1);
      if (others.every((term) => text.includes(term))) lines.push(line);
      at = each.text.indexOf(first, next);
    }
    return lines;
  }

  function look() {
    const terms = plain(input.value).split(/\s+/).filter(Boolean).sort((a, b) => b.length - a.length);
    results.replaceChildren();
    found = [];
    shown = 0;
    if (terms.length) {
      for (const each of documents) for (const line of linesWith(each, terms)) found.push([each, line]);
    }
    tell(terms);
    tellNames(terms);
    showMore(terms);
  }

  function tell(terms) {
    if (!terms.length) status.replaceChildren();
    else if (found.length) {
      const count = new Set(found.map(([each]) => each)).size;
      status.replaceChildren(word("found", { n: found.length, documents: count }));
    } else status.replaceChildren(word(loading === "done" ? "none" : "loading"));
    main.querySelector(".found-texts").hidden = !found.length;
  }

  function tellNames(terms) {
    const hits = terms.length ? names.filter(({ text }) => terms.every((term) => text.includes(term))) : [];
    const list = main.querySelector(".names");
    list.replaceChildren(
      ...hits.slice(0, NAMES_SHOWN).map(({ row: [name, label, href, mentions] }) => {
        const item = document.createElement("li");
        const link = document.createElement(href ? "a" : "span");
        if (href) link.href = href;
        link.className = `name ${label}`;
        link.textContent = name;
        item.append(link, ` ${mentions}`);
        return item;
      }),
    );
    main.querySelector(".found-names").hidden = !hits.length;
  }

  function showMore(terms) {
    for (const [each, line] of found.slice(shown, shown + AT_ONCE)) {
      const last = results.lastElementChild;
      const group = last && last.dataset.href === each.href ? last : newGroup(each);
      group.querySelector("ol").append(result(each, line, terms));
    }
    shown = Math.min(found.length, shown + AT_ONCE);
    more.hidden = shown >= found.length;
  }

  function newGroup(each) {
    const group = document.createElement("article");
    group.dataset.href = each.href;
    const heading = document.createElement("h3");
    const link = document.createElement("a");
    link.href = each.href;
    link.textContent = each.title;
    heading.lang = each.language;
    heading.append(link);
    const about = document.createElement("p");
    about.className = "kicker";
    if (each.number) about.append(word("number", { number: each.number }), " ");
    about.append(each.published);
    group.append(about, heading, document.createElement("ol"));
    results.append(group);
    return group;
  }

  function result(each, line, terms) {
    const [place, page, kind] = each.places[line];
    const item = document.createElement("li");
    const link = document.createElement("a");
    link.href = `${each.href}#${encodeURIComponent(place)}`;
    link.lang = each.language;
    link.append(...marked(each.lines[line], terms));
    const where = document.createElement("span");
    where.className = "where";
    if (kind) where.append(word(kind), " ");
    where.append(word("page", { page }));
    item.append(link, " ", where);
    return item;
  }

  // The text with the words found in it marked. One character may stand for several (㈱), so each is made plain alone.
  function marked(text, terms) {
    const owners = [];
    let flat = "";
    let at = 0;
    for (const character of text) {
      const made = plain(character);
      for (let count = 0; count < made.length; count += 1) owners.push(at);
      flat += made;
      at += character.length;
    }
    const inside = new Set();
    for (const term of terms) {
      for (let hit = flat.indexOf(term); hit >= 0; hit = flat.indexOf(term, hit + term.length)) {
        for (let each = hit; each < hit + term.length; each += 1) inside.add(owners[each]);
      }
    }
    const parts = [];
    at = 0;
    for (const character of text) {
      const isIn = inside.has(at);
      const last = parts[parts.length - 1];
      if (last && last.isIn === isIn) last.text += character;
      else parts.push({ isIn, text: character });
      at += character.length;
    }
    return parts.map((part) => {
      if (!part.isIn) return part.text;
      const mark = document.createElement("mark");
      mark.textContent = part.text;
      return mark;
    });
  }

  function remember() {
    history.replaceState(null, "", input.value ? `#${encodeURIComponent(input.value)}` : location.pathname);
  }

  async function begin() {
    if (!loading) {
      loading = "under way";
      await load();
      loading = "done";
    }
    look();
  }

  input.addEventListener("input", begin);
  input.addEventListener("change", remember);
  main.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    remember();
  });
  more.addEventListener("click", () => {
    const first = shown;
    showMore(plain(input.value).split(/\s+/).filter(Boolean));
    results.querySelectorAll("li a")[first].focus();
  });
  function fromAddress() {
    try {
      input.value = decodeURIComponent(location.hash.slice(1));
    } catch {
      input.value = "";
    }
    if (input.value) begin();
  }
  window.addEventListener("hashchange", fromAddress);
  if (location.hash) fromAddress();
})();
