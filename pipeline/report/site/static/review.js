// Review: names, citations and facts are marked right or wrong; the marks are kept, and taken away as corrections.
(() => {
  "use strict";
  const KEY = "nids-review";
  const { pdf, file, of } = window.NIDS_REVIEW;
  const bar = document.querySelector(".review-bar");
  const words = document.getElementById("review-words").content;
  const marks = remembered();

  function remembered() {
    try {
      return JSON.parse(localStorage.getItem(KEY)) || {};
    } catch {
      return {};
    }
  }

  function remember() {
    try {
      localStorage.setItem(KEY, JSON.stringify(marks));
    } catch {
      // The marks hold for this page alone.
    }
    tell();
  }

  function mark(id, value) {
    const own = (marks[pdf] ||= {});
    if (value) own[id] = { ...value, file, entry: of[id] };
    else delete own[id];
    remember();
  }

  function markOf(id) {
    return (marks[pdf] || {})[id];
  }

  function tell() {
    const count = Object.values(marks).reduce((sum, own) => sum + Object.keys(own).length, 0);
    bar.hidden = !count;
    bar.querySelector(".review-count").textContent = String(count);
  }

  // The buttons of a thing.

  function tools(id) {
    const made = words.querySelector(".review").cloneNode(true);
    const right = made.querySelector("[data-mark=right]");
    const wrong = made.querySelector("[data-mark=wrong]");
    const more = made.querySelector(".review-more");
    const entry = of[id];
    if (entry.what === "mention") more.append(labels(id));
    if (entry.what === "citation") more.append(...Object.keys(entry.fields).map((name) => field(id, name)));
    function show() {
      const now = markOf(id);
      right.setAttribute("aria-pressed", String(now?.mark === "right"));
      wrong.setAttribute("aria-pressed", String(now?.mark === "wrong"));
      more.hidden = now?.mark !== "wrong" || !more.childElementCount;
    }
    right.addEventListener("click", () => {
      mark(id, markOf(id)?.mark === "right" ? null : { mark: "right" });
      show();
    });
    wrong.addEventListener("click", () => {
      mark(id, markOf(id)?.mark === "wrong" ? null : { mark: "wrong" });
      show();
    });
    show();
    return made;
  }

  function labels(id) {
    const made = words.querySelector(".review-label").cloneNode(true);
    const select = made.querySelector("select");
    for (const option of select.querySelectorAll("option")) if (option.value === of[id].label) option.remove();
    select.value = markOf(id)?.label || "";
    select.addEventListener("change", () => mark(id, { mark: "wrong", label: select.value }));
    return made;
  }

  function field(id, name) {
    const made = words.querySelector(`.review-field[data-field="${name}"]`).cloneNode(true);
    const input = made.querySelector("input");
    input.value = markOf(id)?.fields?.[name] ?? of[id].fields[name];
    input.addEventListener("change", () => {
      const fields = { ...markOf(id)?.fields, [name]: input.value };
      if (input.value === of[id].fields[name]) delete fields[name];
      mark(id, { mark: "wrong", fields });
    });
    return made;
  }

  // Corrections, as the program reads them. A JSON string is a TOML string, except that TOML wants DEL escaped too.

  const quoted = (value) => JSON.stringify(value).replaceAll("\u007f", "\\u007f");

  function lines(values) {
    return Object.entries(values).filter(([, value]) => value !== "").map(([name, value]) => `${name} = ${quoted(value)}`);
  }

  function correction(sha, { mark: said, file: name, entry, label, fields }) {
    const place = { pdf: sha, file: name, ...entry.place };
    const changed = Object.entries(fields || {});
    if (said === "right" || (entry.what === "citation" && !changed.length)) {
      return [`# ${said}: ${entry.what} ${quoted(entry.place.quote)} in ${quoted(name)}`];
    }
    if (entry.what === "citation") {
      const set = changed.map(([key, value]) => `${key} = ${quoted(key === "authors" ? value.split(/;\s*/).filter(Boolean) : value)}`);
      return ["[[correction]]", 'change = "set citation"', ...lines(place), "[correction.fields]", ...set];
    }
    if (entry.what === "fact") {
      const about = { ...place, table: entry.table, entity: entry.entity };
      return ["[[correction]]", 'change = "remove fact"', ...lines(about), "[correction.was]", ...lines(entry.was)];
    }
    if (label) return ["[[correction]]", 'change = "relabel mention"', ...lines({ ...place, was: entry.label, label })];
    return ["[[correction]]", 'change = "remove mention"', ...lines({ ...place, label: entry.label })];
  }

  function toml() {
    const all = Object.entries(marks).flatMap(([sha, own]) => Object.values(own).map((one) => correction(sha, one).join("\n")));
    return `${all.join("\n\n")}\n`;
  }

  bar.querySelector(".review-take").addEventListener("click", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([toml()], { type: "application/toml" }));
    link.download = "review.toml";
    link.click();
    URL.revokeObjectURL(link.href);
  });
  bar.querySelector(".review-clear").addEventListener("click", () => {
    for (const sha of Object.keys(marks)) delete marks[sha];
    remember();
    for (const pressed of document.querySelectorAll(".review [aria-pressed=true]")) pressed.setAttribute("aria-pressed", "false");
    for (const more of document.querySelectorAll(".review-more")) more.hidden = true;
  });
  document.addEventListener("nids:select", ({ detail: { kind, id, card } }) => {
    if (kind === "name" && of[id]) card.querySelector(".card-name").after(tools(id));
    for (const citation of card.querySelectorAll(".citation")) {
      if (of[citation.dataset.for]) citation.append(tools(citation.dataset.for));
    }
  });
  for (const fact of document.querySelectorAll(".fact")) if (of[fact.id]) fact.append(tools(fact.id));
  tell();
})();
