"use strict";
/* A query in; results, corrections and what was missing out. The page and others' scripts ask here. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  const LIMIT = 20;
  const MOST_REMEMBERED = 3_000_000;

  /**
   * @typedef {object} Filters
   * @property {string} [topic] A topic's id; its sub-topics count.
   * @property {string | number} [year] 2024 or 2024..2025.
   * @property {string} [venue]
   * @property {boolean | string} [code] Only papers with code.
   */

  /**
   * The papers that answer a query, best first. Where so many of them as are asked for are certain
   * by their titles, nothing else is read.
   * @param {string} query
   * @param {{limit?: number, filters?: Filters}} [options]
   * @returns {Promise<{id: string, score: number}[]>}
   */
  conspectus.search = async function search(query, options) {
    const { limit = LIMIT, ...rest } = options ?? {};
    return conspectus.index.steadily(async () => {
      const asked = await question(query ?? "", rest);
      const { first } = await asked.leaders();
      const best = first.length >= limit ? first : (await asked.whole(limit)).first;
      const papers = await Promise.all(best.slice(0, Math.max(limit, 0)).map(withId));
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
   * @returns {Promise<import("./question.js").Answer>}
   */
  const find = (query, options) =>
    conspectus.index.steadily(async () => (await question(query, options)).whole());

  /** The latest questions, as many as fit: readers come back to them. */
  const questions = new Map();
  let answered = null;

  /**
   * The question that a query is; the same again where it was asked before and answered in full.
   * @returns {Promise<import("./question.js").Question>}
   */
  async function question(query, options = {}) {
    const entry = await conspectus.index.open();
    if (entry !== answered) questions.clear(); // their numbers mean other papers now
    answered = entry;
    const name = JSON.stringify([String(query), options.filters, options.isVerbatim, options.isByDate]);
    const known = questions.get(name);
    if (known && !known.state.isPartial) return known;
    const asked = new conspectus.Question(String(query), options, entry);
    remember(name, asked);
    return asked;
  }

  function remember(name, asked) {
    questions.delete(name);
    questions.set(name, asked);
    let size = 0;
    for (const [other, { size: numbers }] of [...questions].reverse()) {
      size += numbers;
      if (size > MOST_REMEMBERED) questions.delete(other);
    }
  }

  Object.assign(conspectus, { find, question });
})();
