"use strict";
/* The reader's shelf, in the browser's storage: shared by all tabs, and lost by no failure of it.
   Where the storage is full or refused, the tab itself remembers, until it is closed. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const { shelf } = conspectus;

  /** Two surveys may share a host, and all files of a disk share one storage. */
  const NAME = `conspectus/1/${document.documentElement.dataset.survey ?? ""}`;
  const ASIDE = `${NAME}/aside/`;
  const MOST_ASIDE = 9;

  const listeners = new Set();
  /** What the storage held when we last looked. */
  let stored = shelf.empty();
  /** What the reader has now. */
  let current = shelf.empty();
  let isLasting = true;

  /** Take in what the storage holds and the other tabs may have changed. */
  function receive() {
    const theirs = readStorage();
    if (!theirs) return;
    current = shelf.merge(stored, current, theirs);
    stored = theirs;
  }

  function save() {
    isLasting = writeStorage(NAME, shelf.write(current));
    if (isLasting) stored = current;
    rememberInTab(isLasting ? "" : JSON.stringify({ stored, current }));
  }

  /** @returns {object | null} null where the storage is refused, or holds what must not be touched. */
  function readStorage() {
    try {
      const text = localStorage.getItem(NAME);
      const found = shelf.read(text);
      if (!found.isWhole && !putAside(text)) return null;
      return found.shelf;
    } catch {
      return null;
    }
  }

  function writeStorage(name, text) {
    try {
      if (readStorage() === null) return false;
      localStorage.setItem(name, text);
      return true;
    } catch {
      return false;
    }
  }

  /** What a newer program wrote, or a broken one, is kept under another name. */
  function putAside(text) {
    for (let number = 1; number <= MOST_ASIDE; number += 1) {
      const there = localStorage.getItem(ASIDE + number);
      if (there === text) return true;
      if (there === null) {
        localStorage.setItem(ASIDE + number, text);
        return true;
      }
    }
    return false;
  }

  function texts() {
    const found = [];
    try {
      for (let number = 1; number <= MOST_ASIDE; number += 1) {
        const text = localStorage.getItem(ASIDE + number);
        if (text !== null) found.push(text);
      }
    } catch {
      // Nothing can have been put aside where nothing can be read.
    }
    return found;
  }

  /** The tab's own memory; a window's name survives from page to page where all else is refused. */
  function rememberInTab(text) {
    try {
      if (text) sessionStorage.setItem(NAME, text);
      else sessionStorage.removeItem(NAME);
      if (window.name.startsWith(NAME)) window.name = "";
    } catch {
      if (text || window.name.startsWith(NAME)) window.name = text && NAME + text;
    }
  }

  function rememberedInTab() {
    let text = window.name.startsWith(NAME) ? window.name.slice(NAME.length) : "";
    try {
      text = sessionStorage.getItem(NAME) ?? text;
    } catch {
      // Refused: the window's name is all there is.
    }
    try {
      const found = JSON.parse(text);
      const [was, is] = [found.stored, found.current].map((each) => shelf.read(JSON.stringify(each)));
      return { stored: was.shelf, current: is.shelf };
    } catch {
      return null;
    }
  }

  function tell() {
    for (const listener of listeners) listener(current);
  }

  function begin() {
    const remembered = rememberedInTab();
    if (remembered) ({ stored, current } = remembered);
    receive();
    if (remembered) save();
    else isLasting = readStorage() !== null;
  }

  begin();
  addEventListener("storage", (event) => {
    if (event.key !== NAME && event.key !== null) return;
    receive();
    tell();
  });
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    receive();
    tell();
  });

  conspectus.store = {
    /** @returns {import("./shelf.js").Shelf} */
    shelf: () => current,
    isKept: (key) => current.kept.some((each) => each.key === key),
    isSkipped: (key) => current.skipped.some((each) => each.key === key),
    /** Whether the shelf outlives this tab. */
    isLasting: () => isLasting,
    /** Texts that could not be read and were put aside. */
    aside: texts,
    /**
     * Change the shelf: `change("keep", [paper])`, by the functions of shelf.js.
     * @param {string} operation
     * @param {...unknown} rest
     */
    change(operation, ...rest) {
      receive();
      current = shelf[operation](current, ...rest);
      save();
      tell();
    },
    /** Hear of every change, of this tab's and of others'. */
    listen: (listener) => listeners.add(listener),
  };
})();
