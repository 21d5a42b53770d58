"use strict";
/* Results worked through: how far the reader is, and what they skipped, which is hidden. Loaded after
   the first result. */
(() => {
  const conspectus = window.conspectus;
  const { element, searchPage, store, word } = conspectus;

  const list = document.querySelector("[data-search-results]");
  if (!searchPage || !list || !store) return;
  const WAS = "was-skipped";

  const progress = element("p", { class: "small", "data-search-progress": true });
  const skipped = element("button", { type: "button", class: "word-button" });
  let found = 0;
  let isOpen = false;
  list.before(progress);
  list.after(element("p", { class: "list-skipped" }, skipped));

  const rows = () => [...list.children];
  const isKept = (row) => store.isKept(row.dataset.key);
  const isSkipped = (row) => store.isSkipped(row.dataset.key);

  /** Of the rows that are drawn, since the papers behind them are known by their numbers alone. */
  function showProgress(all) {
    const kept = all.filter(isKept).length;
    const left = all.filter((row) => !isKept(row) && !isSkipped(row)).length;
    const key = all.length < found ? "list.progress.page" : "list.progress";
    const fields = { papers: word("papers", { n: all.length }), kept, left };
    progress.textContent = left === all.length ? "" : word(key, fields);
  }

  /** What is skipped on this page stays until the results are drawn anew; undo stands beside it. */
  function showSkipped(all) {
    for (const row of all) if (!isSkipped(row)) row.classList.remove(WAS);
    list.classList.toggle("hides-skipped", !isOpen);
    const n = all.filter(isOpen ? isSkipped : (row) => row.classList.contains(WAS)).length;
    skipped.textContent = word(isOpen ? "list.skipped.hide" : "list.skipped.show", { n });
    skipped.setAttribute("aria-expanded", String(isOpen));
    skipped.hidden = n === 0;
    if (n === 0) isOpen = false;
  }

  function show() {
    const all = rows();
    for (const row of all) row.dataset.key ??= conspectus.keyOf(row.dataset.paper);
    showProgress(all);
    showSkipped(all);
  }

  skipped.addEventListener("click", () => {
    isOpen = !isOpen;
    for (const row of rows()) row.classList.toggle(WAS, isSkipped(row));
    show();
  });
  new MutationObserver(show).observe(list, { childList: true });
  searchPage.listen((answer) => {
    found = answer?.numbers.length ?? 0;
    show();
  });
  store.listen(show);
})();
