// Sorts a table by the column whose head is clicked, and shows the rows that hold what is typed.
(() => {
  "use strict";
  const order = new Intl.Collator("ja", { numeric: true });

  const plain = (text) => text.normalize("NFKC").toLowerCase();

  /** What a cell sorts by: what is seen of it in the language shown. */
  const seen = (cell) => (cell.querySelector(`:scope > .${document.documentElement.dataset.lang}`) ?? cell).textContent.trim();

  function sortable(table) {
    const body = table.tBodies[0];
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
        const keyed = [...body.rows].map((row) => [seen(row.cells[column]), row]);
        // What is empty comes last either way.
        keyed.sort(([a], [b]) => (a === "" || b === "" ? (a === "") - (b === "") : (up ? 1 : -1) * order.compare(a, b)));
        body.append(...keyed.map(([, row]) => row));
      });
    });
  }

  function filterable(table) {
    const input = document.getElementById(table.dataset.filter);
    const output = input.parentElement.querySelector("output");
    const rows = [...table.tBodies[0].rows];
    let texts;
    let due = 0;
    input.parentElement.hidden = false;
    const show = () => {
      texts ??= rows.map((row) => plain(row.textContent));
      const words = plain(input.value).split(/\s+/).filter(Boolean);
      let count = 0;
      rows.forEach((row, place) => {
        const fits = words.every((word) => texts[place].includes(word));
        row.hidden = !fits;
        count += fits;
      });
      output.textContent = words.length ? `${count} / ${rows.length}` : "";
    };
    input.addEventListener("input", () => {
      clearTimeout(due);
      due = setTimeout(show, 80);
    });
  }

  for (const table of document.querySelectorAll("table.sortable")) {
    sortable(table);
    if (table.dataset.filter) filterable(table);
  }
})();
