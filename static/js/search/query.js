"use strict";
/* The text of a query in; its units, phrases and filters out. Knows no index. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  const LONGEST = 1000;
  const MOST_UNITS = 40;
  const MOST_SMALL = 4;
  const CLAUSE = /(-?)(?:(title|author|topic|venue|year|has):)?(?:"([^"]*)"?|(\S+))/giu;
  const QUOTES = /[“”„‟«»＂]/g;
  const ADDRESS = /^https?:\/\/(?:(?:dx\.)?doi\.org|arxiv\.org\/(?:abs|pdf))\//i;

  /**
   * @typedef {object} Unit One thing to look for.
   * @property {string} run The folded run as typed.
   * @property {string[]} parts Terms of its words.
   * @property {string} whole The whole as one term, or empty.
   * @property {"" | "title" | "author"} field
   * @property {boolean} isExcluded
   * @property {boolean} isOpen Whether it may be the beginning of a longer word.
   * @property {boolean} isQuoted
   * @property {boolean} [isSupported] Whether there are other words beside it.
   */

  /**
   * @param {string} text
   * @param {(word: string) => string} stem
   * @returns {{typed: string, units: Unit[], smallWords: Unit[], phrases: {runs: string[], field: string, isExcluded: boolean}[],
   *   filters: {kind: string, value: string, isExcluded: boolean}[]}}
   */
  conspectus.parse = function parse(text, stem) {
    const begin = text.slice(0, LONGEST);
    const typed = (begin.toWellFormed ? begin.toWellFormed() : begin).replace(QUOTES, '"');
    const query = { typed, units: [], smallWords: [], phrases: [], filters: [] };
    for (const match of typed.matchAll(CLAUSE)) {
      const [whole, minus, name, quoted, word] = match;
      const field = (name || "").toLowerCase();
      const isExcluded = minus === "-";
      const content = (quoted ?? word).replace(ADDRESS, "");
      if (["topic", "venue", "year", "has"].includes(field)) {
        if (content) query.filters.push({ kind: field, value: content, isExcluded });
        continue;
      }
      const isQuoted = quoted !== undefined;
      const runs = conspectus.text.runs(content);
      const isLast = match.index + whole.length === typed.length && !isQuoted && !isExcluded;
      const isUnfinished = isLast && /[\p{L}\p{N}]$/u.test(content);
      runs.forEach((run, i) => {
        const isOpen = isUnfinished && i === runs.length - 1;
        query.units.push({
          run, ...conspectus.text.token(run, stem), field, isExcluded, isQuoted, isOpen,
        });
      });
      if (isQuoted && runs.length) query.phrases.push({ runs, field, isExcluded });
    }
    const telling = withoutStops(query.units);
    query.smallWords = query.units.filter((unit) => !telling.includes(unit) && !unit.isExcluded && !unit.field)
      .slice(0, MOST_SMALL);
    query.units = telling.slice(0, MOST_UNITS);
    const asked = query.units.filter((unit) => !unit.isExcluded).length;
    for (const unit of query.units) unit.isSupported = asked > 1;
    return query;
  };

  /** Words without a subject go, unless nothing else is asked for. */
  function withoutStops(units) {
    const isStop = (unit) =>
      unit.parts.length === 1 && !unit.whole && conspectus.text.isStop(unit.parts[0]);
    const telling = units.filter((unit) => !isStop(unit));
    return telling.some((unit) => !unit.isExcluded) ? telling : units;
  }
})();
