"use strict";
/* The reading list's second part: what the reader skipped, with their reasons. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const { element, say, store, word } = conspectus;

  const place = document.querySelector("[data-kept]");
  if (!place) return;

  const summary = element("summary");
  const list = element("ul", { class: "titles" });
  const box = element("details", { class: "section skipped-papers", hidden: true }, summary, list);
  /** Rows by key, which are never drawn anew: the reader may be writing in one. */
  const rows = new Map();

  function makeRow({ key, title, permalink }) {
    const name = title || word("kept.nameless");
    const link = permalink
      ? element("a", { href: conspectus.root + permalink, dir: "auto" }, name)
      : element("span", { dir: "auto" }, name);
    const undo = element("button", { type: "button", class: "word-button" }, word("undo"));
    undo.setAttribute("aria-label", word("named", { word: word("undo"), object: name }));
    undo.addEventListener("click", () => takeBack(key));
    const attributes = { type: "text", class: "reason", dir: "auto", placeholder: word("kept.reason") };
    const reason = element("input", attributes);
    reason.setAttribute("aria-label", word("named", { word: word("kept.reason"), object: name }));
    reason.addEventListener("input", () => store.change("reason", key, reason.value));
    return element("li", {}, link, " ", undo, reason);
  }

  function takeBack(key) {
    const next = rows.get(key).nextElementSibling ?? rows.get(key).previousElementSibling;
    store.change("unskip", key);
    say(word("kept.skipped", { papers: word("papers", { n: rows.size }) }));
    (next?.querySelector("button") ?? summary).focus();
  }

  function show() {
    const { skipped } = store.shelf();
    const keys = new Set(skipped.map(({ key }) => key));
    for (const [key, row] of rows) {
      if (keys.has(key)) continue;
      row.remove();
      rows.delete(key);
    }
    for (const entry of skipped) {
      if (!rows.has(entry.key)) {
        rows.set(entry.key, makeRow(entry));
        list.append(rows.get(entry.key));
      }
      const field = rows.get(entry.key).querySelector(".reason");
      if (field !== document.activeElement) field.value = entry.note;
    }
    summary.textContent = word("kept.skipped", { papers: word("papers", { n: skipped.length }) });
    box.hidden = !skipped.length;
  }

  place.append(box);
  store.listen(show);
  show();
})();
