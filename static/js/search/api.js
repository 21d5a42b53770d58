"use strict";
/* A query in; results, corrections and what was missing out. The page and others' scripts ask here. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const { lists, spellings, order, filters } = conspectus;

  const LIMIT = 20;
  const MOST_REMEMBERED = 3_000_000;
  const OBJECT = 16;

  /**
   * @typedef {object} Filters
   * @property {string} [topic] A topic's id; its sub-topics count.
   * @property {string | number} [year] 2024 or 2024..2025.
   * @property {string} [venue]
   * @property {boolean | string} [code] Only papers with code.
   */

  /**
   * The papers that answer a query, best first.
   * @param {string} query
   * @param {{limit?: number, filters?: Filters}} [options]
   * @returns {Promise<{id: string, score: number}[]>}
   */
  conspectus.search = async function search(query, options) {
    const { limit = LIMIT, ...rest } = options ?? {};
    return conspectus.index.steadily(async () => {
      const answer = await find(query ?? "", rest);
      const papers = await Promise.all(answer.first.slice(0, Math.max(limit, 0)).map(withId));
      return papers.filter(Boolean);
    });
  };

  async function withId({ number, score }) {
    const paper = await conspectus.index.paper(number);
    return paper && { id: paper.id, score: Math.round(score * 1e4) / 1e4 };
  }

  /**
   * Everything that the search page shows of a query.
   * @param {string} query
   * @param {{filters?: Filters, isVerbatim?: boolean, isByDate?: boolean}} [options]
   * @returns {Promise<import("./rank.js").Ranking & {
   *   terms: {set: Set<string>, stem: (word: string) => string}, corrections: {from: string, to: string}[],
   *   suggestions: string[], isPartial: boolean}>}
   */
  const find = (query, options = {}) => conspectus.index.steadily(async () => {
    const entry = await conspectus.index.open();
    if (entry !== answered) answers.clear(); // their numbers mean other papers now
    answered = entry;
    const name = JSON.stringify([String(query), options.filters, options.isVerbatim, options.isByDate]);
    return answers.get(name) ?? remembered(name, await attempt(String(query), options));
  });

  const answers = new Map();
  let answered = null;
  /** Keep the latest answers, as many as fit: readers come back to them. */
  function remembered(name, answer) {
    if (answer.isPartial) return answer;
    answers.set(name, answer);
    let size = 0;
    for (const [other, { numbers, first }] of [...answers].reverse()) {
      size += numbers.length + OBJECT * first.length;
      if (size > MOST_REMEMBERED) answers.delete(other);
    }
    return answer;
  }

  async function attempt(text, options) {
    const entry = await conspectus.index.open();
    const query = conspectus.parse(text, conspectus.stemmer(entry.stems));
    const state = { isPartial: false, corrections: [], isVerbatim: options.isVerbatim, isShort: lists.areFew(query.units) };
    lists.expect(query.units, state).catch(() => {}); // meanwhile
    const [isWanted, ...words] = await Promise.all([
      filters.wanted(query.filters, options.filters || {}, entry, state),
      ...query.units.map((unit) => spellings.soughtFor(unit, state)),
    ]);
    const sought = words.flat();
    const asked = sought.filter((word) => !word.unit.isExcluded);
    await lists.complete(sought, state);
    const found = asked.length > 0
      ? await ranked(asked, query, entry, admitted(sought, isWanted, entry), state)
      : await filters.everything(query, isWanted);
    const held = await order.inOrder(found, query, asked, entry, state);
    const ranking = options.isByDate ? await order.newestFirst(held, state) : await order.titlesFirst(held, query.typed, state);
    const suggestions = await spellings.suggestions(query.typed, asked, ranking.numbers.length, state);
    return { ...ranking, terms: termsOf(asked, entry), suggestions, ...state };
  }

  /** Whether a paper passes the filters and has none of the words that are excluded. */
  function admitted(sought, isWanted, entry) {
    const excluded = new Set(sought
      .filter((word) => word.unit.isExcluded && word.isCounted && !word.unit.isQuoted)
      .flatMap((word) => lists.owners(word, entry)));
    return (number) => isWanted(number) && !excluded.has(number);
  }

  /** The ranking; once more where no title holds all words, or where more do than are told apart. */
  async function ranked(asked, query, entry, passes, state) {
    let ranking = conspectus.rank.ranked(asked, entry, passes);
    if (ranking.first[0]?.isTitle === false && await spellings.respelled(asked, entry, state)) {
      ranking = conspectus.rank.ranked(asked, entry, passes);
    }
    if (!ranking.first[order.FIRST]?.isTitle || query.smallWords.length === 0) return ranking;
    const small = await spellings.smallWords(query, state);
    return conspectus.rank.ranked(asked.concat(small), entry, passes);
  }

  /** The terms that a result may have been found by, for highlighting. */
  function termsOf(asked, entry) {
    const names = asked.flatMap((word) => word.options.map((option) => option.term));
    const set = new Set(names.map((term) => term.replace(/^@/, "")));
    return { set, stem: conspectus.stemmer(entry.stems) };
  }

  conspectus.find = find;
})();
