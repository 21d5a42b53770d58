"use strict";
/* What is new to this reader: papers that entered after what they saw last, until they open them or
   mark all as seen. The survey's first page begins it; no clock is asked. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const { element, say, store, word } = conspectus;

  const MOST = 10;
  const side = document.querySelector(".home-side");
  const rows = [...document.querySelectorAll("[data-rows] > [data-entered]")];

  const isNew = (key, day) => {
    const { seen } = store.shelf();
    return seen !== undefined && day > seen.until && !seen.opened.includes(key);
  };

  /* The word in rows */

  function showRow(row) {
    const there = row.querySelector(".is-new-to-reader");
    const wanted = isNew(row.dataset.key, row.dataset.entered);
    if (there && !wanted) there.remove();
    if (!there && wanted) {
      const mark = element("span", { class: "new is-new-to-reader" }, ` ${word("seen.new")}`);
      row.querySelector(".row-title").append(mark);
    }
  }

  /* The survey's first page */

  const box = element("section", { class: "section", "aria-labelledby": "seen-title", hidden: true });
  let entered = [];

  function showBox() {
    const { seen } = store.shelf();
    const fresh = entered.filter(([key, day]) => isNew(key, day));
    box.hidden = fresh.length === 0;
    if (box.hidden) return;
    const title = element("h2", { id: "seen-title" }, word("seen.title", { date: conspectus.date(seen.until) }));
    const items = fresh.slice(0, MOST).map(([, , name, permalink]) =>
      element("li", {}, element("a", { href: conspectus.root + permalink, dir: "auto" }, name)));
    const more = fresh.length > MOST ? [element("p", { class: "small" }, word("list.shown", {
      n: MOST, papers: word("papers", { n: fresh.length }) }))] : [];
    const mark = element("button", { type: "button", class: "word-button" }, word("seen.mark"));
    mark.addEventListener("click", markAll);
    box.replaceChildren(title, element("ul", { class: "titles" }, ...items), ...more, mark);
  }

  function markAll() {
    store.change("see", entered[0][1]);
    say(word("seen.marked"));
    const heading = document.querySelector("main h1");
    heading.tabIndex = -1;
    heading.focus();
  }

  /** Called by data/entered.js. @param {[string, string, string, string][]} papers Newest first. */
  conspectus.entered = (papers) => {
    entered = papers;
    showBox();
  };

  function beginHome() {
    const { newest } = side.dataset;
    if (!newest) return;
    const { seen } = store.shelf();
    if (!seen) store.change("see", newest);
    if (!seen || newest <= seen.until) return;
    side.prepend(box);
    document.head.append(element("script", { src: `${conspectus.root}data/entered.js` }));
  }

  /** A paper that is opened is seen. */
  function beginPaper(article) {
    const { key } = article.dataset;
    const { seen } = store.shelf();
    if (seen && !seen.opened.includes(key)) store.change("open", key);
  }

  function show() {
    rows.forEach(showRow);
    showBox();
  }

  if (side) beginHome();
  const article = document.querySelector("article[data-key]");
  if (article) beginPaper(article);
  store.listen(show);
  show();
})();
