// Sorts a table by the column whose head is clicked, and shows the rows that hold what is typed.
(() => {
  "use strict";
  const order = new Intl.Collator("ja", { numeric: true });

  const plain = (text) => text.normalize("NFKC").toLowerCase();

  /** What a cell sorts by: what is seen of it in the language shown. */
  const seen = (cell) => (cell.querySelector(`:scope > .${document.documentElement.dataset.lang}`) ?? cell).textContent.trim();

  const rowsOf = (table) => [...table.tBodies].flatMap((body) => [...body.rows]);

  function sortable(table) {
    const heads = [...table.tHead.rows[0].cells];
    heads.forEach((head, column) => {
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      const counts = head.classList.contains("count");
      button.addEventListener("click", () => {
        // Numbers begin with the largest, all else with the first.
        const before = head.getAttribute("aria-sort");
        const up = before ? before === "descending" : !counts;
        for (const other of heads) other.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        const keyed = rowsOf(table).map((row) => [seen(row.cells[column]), row]);
        // What is empty comes last either way.
        keyed.sort(([a], [b]) => (a === "" || b === "" ? (a === "") - (b === "") : (up ? 1 : -1) * order.compare(a, b)));
        const [first, rest] = table.tBodies;
        const count = first.rows.length;
        first.replaceChildren(...keyed.slice(0, count).map(([, row]) => row));
        rest?.replaceChildren(...keyed.slice(count).map(([, row]) => row));
      });
    });
  }

  function filterable(table) {
    const input = document.getElementById(table.dataset.filter);
    const output = input.parentElement.querySelector("output");
    const more = document.getElementById(table.dataset.whole);
    const long = table.tBodies.length > 1;
    let texts;
    let due = 0;
    let all = !long;
    input.parentElement.hidden = false;
    more.parentElement.hidden = !long;

    const show = () => {
      texts ??= new Map(rowsOf(table).map((row) => [row, plain(row.textContent)]));
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      let count = 0;
      for (const [row, text] of texts) {
        const fits = words.every((word) => text.includes(word));
        row.hidden = !fits;
        count += fits;
      }
      table.classList.toggle("whole", all || words.length > 0);
      more.parentElement.hidden = all || words.length > 0;
      output.textContent = words.length ? `${count} / ${texts.size}` : "";
    };
    input.addEventListener("input", () => {
      clearTimeout(due);
      due = setTimeout(show, 80);
    });
    more.addEventListener("click", () => {
      all = true;
      show();
    });
  }

  for (const table of document.querySelectorAll("table.sortable")) {
    sortable(table);
    filterable(table);
  }
})();
