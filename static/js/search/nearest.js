"use strict";
/* The words of a dictionary shard and a mistyped or unfinished one in; the words meant out. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  /** @typedef {{word: string, level: number}} Entry A word and the doublings of its count. */

  /**
   * The words of a front-coded shard.
   * @param {string} coded
   * @returns {Entry[]}
   */
  function wordsIn(coded) {
    const entries = [];
    let word = "";
    for (const [, shared, rest, level] of coded.matchAll(/([0-9a-z])([^A-Z]*)([A-Z])/gu)) {
      word = [...word].slice(0, parseInt(shared, 36)).join("") + rest;
      entries.push({ word, level: level.charCodeAt(0) - 65 });
    }
    return entries;
  }

  /**
   * The steps of insertion, deletion, replacement and exchange of neighbours between two words, at
   * most `limit` + 1 (Damerau 1964, in the form of optimal string alignment). With `isPrefix`, what
   * `word` has beyond `typed` costs nothing.
   */
  function distance(typed, word, limit, isPrefix) {
    const width = word.length;
    if (!isPrefix && Math.abs(typed.length - width) > limit) return limit + 1;
    let before = [];
    let last = Array.from({ length: width + 1 }, (_, j) => j);
    for (let i = 1; i <= typed.length; i += 1) {
      const row = [i];
      let least = i;
      for (let j = 1; j <= width; j += 1) {
        const same = typed[i - 1] === word[j - 1] ? 0 : 1;
        let cost = Math.min(last[j - 1] + same, last[j] + 1, row[j - 1] + 1);
        if (i > 1 && j > 1 && typed[i - 1] === word[j - 2] && typed[i - 2] === word[j - 1]) {
          cost = Math.min(cost, before[j - 2] + 1);
        }
        row.push(cost);
        if (cost < least) least = cost;
      }
      if (least > limit) return limit + 1;
      before = last;
      last = row;
    }
    return isPrefix ? Math.min(...last) : last[width];
  }

  /** Short words allow no slip, others one, long ones two. */
  const allowed = (word) => (word.length < 4 ? 0 : word.length < 8 ? 1 : 2);

  /** Another figure makes another number, year or version, and no slip of the same. */
  const figures = (word) => word.replace(/\P{N}+/gu, "");

  /**
   * The words that begin with a prefix, most used first.
   * @param {Entry[]} entries
   * @param {string} prefix
   * @param {number} most
   * @returns {Entry[]}
   */
  function completions(entries, prefix, most) {
    return entries
      .filter(({ word }) => word.startsWith(prefix))
      .sort((a, b) => b.level - a.level || a.word.length - b.word.length || (a.word < b.word ? -1 : 1))
      .slice(0, most);
  }

  /**
   * The words nearest to a mistyped one: fewest steps first, then most used.
   * @param {Entry[]} entries
   * @param {string} typed
   * @param {number} most
   * @param {boolean} isPrefix Whether `typed` may be the beginning of the word meant.
   * @param {number} [patience] Steps beyond those that are usually allowed.
   * @returns {(Entry & {steps: number})[]}
   */
  function corrections(entries, typed, most, isPrefix, patience = 0) {
    const limit = allowed(typed) + patience;
    if (limit === 0) return [];
    const known = figures(typed);
    const hasFigures = (word) => (isPrefix ? figures(word).startsWith(known) : figures(word) === known);
    const found = new Map();
    for (const entry of entries.filter(({ word }) => hasFigures(word))) {
      const steps = distance(typed, entry.word, limit, isPrefix);
      if (steps <= limit && entry.word !== typed) found.set(entry.word, { ...entry, steps });
    }
    return [...found.values()]
      .sort((a, b) => a.steps - b.steps || b.level - a.level || (a.word < b.word ? -1 : 1))
      .slice(0, most);
  }

  conspectus.nearest = { wordsIn, completions, corrections, distance };
})();
