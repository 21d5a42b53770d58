"use strict";
/* Keep and Skip on every row, Keep on a paper's page, and the count in the header. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const { element, store, toggle, press, word } = conspectus;

  const DECORATED = "has-doings";
  /** Of rows that were skipped before they were drawn: lists hide them until they are asked for. */
  const WAS = "was-skipped";
  const ROWS = "[data-rows] > li[data-key], [data-search-results] > li[data-paper]";
  /** What was taken off the list on this page, by key: keeping it again brings its note back. */
  const dropped = new Map();
  let hasWarned = false;

  const titleOf = (node) => node.textContent.replace(/\s+/g, " ").trim();

  function paper(key, id, title) {
    return { key, id, title, permalink: `papers/${id}.html` };
  }

  /**
   * Give a row its words; a row that has them is left as it is. Results of a search know their
   * papers by id alone.
   * @param {HTMLElement} row
   */
  function decorate(row) {
    const facts = row.querySelector(".row-facts");
    const link = row.querySelector(".row-title a");
    if (!facts || !link || row.classList.contains(DECORATED)) return;
    row.dataset.key ??= conspectus.keyOf(row.dataset.paper);
    const found = paperOf(row);
    rename(row.dataset.former, found);
    const keep = keepButton("word-button", found, facts);
    facts.append(element("span", { class: "row-doings" }, keep, skipButton(found, row)));
    row.querySelector(".row-title").after(skippedNote(found, row));
    row.classList.add(DECORATED);
    row.classList.toggle(WAS, store.isSkipped(row.dataset.key));
    showRow(row);
  }

  /** The paper of a row, as a shelf has it. */
  function paperOf(row) {
    const link = row.querySelector(".row-title a");
    return paper(row.dataset.key, row.dataset.paper ?? idAt(link.pathname), titleOf(link));
  }

  /** What was kept or skipped under a paper's former keys is so under its own. */
  function rename(former, found) {
    for (const key of former?.split(" ") ?? []) {
      if (store.isKept(key) || store.isSkipped(key)) store.change("rename", key, found);
    }
  }

  function keepButton(style, found, place) {
    const button = toggle(style, word("keep"), word("kept"));
    button.dataset.keep = found.key;
    button.dataset.title = found.title;
    button.addEventListener("click", () => {
      switchKept(found);
      warnOnce(place);
    });
    return button;
  }

  function switchKept(found) {
    const { kept } = store.shelf();
    const place = kept.findIndex((each) => each.key === found.key);
    if (place < 0) {
      const former = dropped.get(found.key) ?? { entry: {} };
      store.change("keep", [{ ...former.entry, ...found }], former.place);
    } else {
      dropped.set(found.key, { entry: kept[place], place });
      store.change("drop", found.key);
    }
    conspectus.say(word(place < 0 ? "keep.said" : "drop.said", { n: store.shelf().kept.length }));
  }

  function skipButton(found, row) {
    const name = word("named", { word: word("skip"), object: found.title });
    const attributes = { type: "button", class: "word-button row-skip", "aria-label": name };
    const button = element("button", attributes, word("skip"));
    button.addEventListener("click", () => {
      store.change("skip", found);
      row.querySelector(".row-skipped button").focus();
      warnOnce(row.querySelector(".row-skipped"));
    });
    return button;
  }

  function skippedNote(found, row) {
    const name = word("named", { word: word("undo"), object: found.title });
    const attributes = { type: "button", class: "word-button", "aria-label": name };
    const undo = element("button", attributes, word("undo"));
    undo.addEventListener("click", () => {
      store.change("unskip", found.key);
      row.querySelector(".row-skip").focus();
    });
    return element("p", { class: "row-skipped small" }, word("skipped"), " ", undo);
  }

  /** Say beside the button, and once, that nothing lasts. */
  function warnOnce(place) {
    if (hasWarned || store.isLasting()) return;
    hasWarned = true;
    const text = word("store.refused");
    place.after(element("p", { class: "small storage-note" }, text));
    conspectus.say(text);
  }

  function showRow(row) {
    row.classList.toggle("is-skipped", store.isSkipped(row.dataset.key));
    showButton(row.querySelector("[data-keep]"));
  }

  function showButton(button) {
    press(button, store.isKept(button.dataset.keep), button.dataset.title);
  }

  function show() {
    for (const row of document.querySelectorAll(`li.${DECORATED}`)) showRow(row);
    for (const button of document.querySelectorAll("[data-actions] [data-keep]")) showButton(button);
    const count = store.shelf().kept.length;
    for (const place of document.querySelectorAll("[data-kept-count]")) {
      place.textContent = count ? ` ${word("count", { n: count })}` : "";
    }
  }

  function decoratePaper(actions) {
    const article = actions.closest("[data-key]");
    const title = titleOf(article.querySelector("h1"));
    const found = paper(article.dataset.key, article.dataset.paper ?? idAt(location.pathname), title);
    actions.prepend(keepButton("button is-main", found, actions));
  }

  /** The id of the paper whose page has this address: hosts may leave out the ending. */
  function idAt(pathname) {
    const papers = new URL(`${conspectus.root}papers/`, location.href).pathname;
    return pathname.slice(papers.length).replace(/\.html$/, "");
  }

  const decorateAll = () => document.querySelectorAll(ROWS).forEach(decorate);

  decorateAll();
  document.querySelectorAll("[data-key] [data-actions]").forEach(decoratePaper);
  for (const results of document.querySelectorAll("[data-search-results]")) {
    new MutationObserver(decorateAll).observe(results, { childList: true });
  }
  store.listen(show);
  show();

  conspectus.keep = { decorate, paperOf };
})();
