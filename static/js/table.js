"use strict";
/* The comparison table: ordered by a column, and carried away as CSV. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const { carry, element, outlines, word } = conspectus;

  const table = document.querySelector("[data-table]");
  if (!table) return;

  const SCALES = { K: 1e3, M: 1e6, B: 1e9, T: 1e12 };
  const collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });
  const [heads] = table.tHead.rows;
  const body = table.tBodies[0];
  const text = (cell) => cell.textContent.replace(/\s+/g, " ").trim();

  /** The number that a text begins with, such as 7B or 2.5 %; NaN where there is none. */
  function numberOf(value) {
    const found = /^([-+−]?\d[\d,]*(?:\.\d+)?)([KMBT]?)(?![\w.])/.exec(value);
    if (!found) return NaN;
    return Number(found[1].replaceAll(",", "").replace("−", "-")) * (SCALES[found[2]] ?? 1);
  }

  /** Numbers where the whole column holds them; what is not given comes last either way. */
  function sort(column, direction) {
    const cells = [...body.rows].map((row) => ({ row, value: text(row.cells[column]) }));
    const given = cells.filter(({ value }) => value);
    const isNumeric = given.every(({ value }) => !Number.isNaN(numberOf(value)));
    const compare = isNumeric
      ? (one, other) => numberOf(one.value) - numberOf(other.value)
      : (one, other) => collator.compare(one.value, other.value);
    given.sort((one, other) => direction * compare(one, other));
    body.append(...[...given, ...cells.filter(({ value }) => !value)].map(({ row }) => row));
  }

  function press(head, column) {
    const isUp = head.getAttribute("aria-sort") !== "ascending";
    for (const each of heads.cells) each.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
    sort(column, isUp ? 1 : -1);
  }

  [...heads.cells].forEach((head, column) => {
    const name = text(head);
    const button = element("button", { type: "button", class: "table-sort", title: word("table.sort", { column: name }) }, name);
    button.addEventListener("click", () => press(head, column));
    head.replaceChildren(button);
  });

  const save = element("button", { type: "button", class: "word-button" }, word("table.csv"));
  save.addEventListener("click", () => {
    const rows = [...table.rows].map((row) => [...row.cells].map(text));
    const name = location.pathname.split("/").pop().replace(/(\.html)?$/, "");
    carry.download(`${name}.csv`, "text/csv", outlines.csv(rows));
  });
  table.closest(".table-scroll").after(element("p", { class: "table-doings" }, save));
})();
