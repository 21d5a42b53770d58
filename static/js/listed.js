"use strict";
/* The papers that a page lists, and the place above the list for what can be done with them. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const { element } = conspectus;

  const lists = [...document.querySelectorAll("main [data-rows]")];
  const listeners = new Set();

  /** Every row of the page, in the order in which it stands there. */
  const rows = () => lists.flatMap((list) => [...list.children]);

  /** Rows that a filter leaves; what the reader skipped is among them. */
  const fitting = () => rows().filter((row) => !row.hidden);

  /** Exactly what is shown: neither filtered out nor skipped. */
  const shown = () => fitting().filter((row) => !row.classList.contains("is-skipped"));

  /** Above the list; below it where a list is too short to have a place above. */
  function slot() {
    const there = document.querySelector("[data-rows-switch]");
    if (there) return there;
    const made = element("div");
    lists.at(-1).after(made);
    return made;
  }

  conspectus.listed = {
    lists,
    rows,
    fitting,
    shown,
    slot: lists.length ? slot() : null,
    /** Hear of filters and orders. */
    listen: (listener) => listeners.add(listener),
    tell() {
      for (const listener of listeners) listener();
    },
  };
})();
