"use strict";
/* Terms in; their postings out, the long ones as far as a query needs them, whether or not a shard is missing. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  const RAREST = 3;

  /** Whether the words are so few that each of them decides something. */
  const areFew = (units) => units.length <= RAREST && units.every(({ field }) => field !== "title");

  /** A missing shard leaves the rest of the answer standing. */
  async function tolerant(promise, state, otherwise) {
    try {
      return await promise;
    } catch (failure) {
      if (!(failure instanceof conspectus.index.MissingShard)) throw failure;
      state.isPartial = true;
      return otherwise;
    }
  }

  /** A term's postings; of a long list, the titles. */
  const listOf = async (term, state) => {
    const list = await tolerant(conspectus.index.postings(term), state, null);
    return list && { term, postings: list };
  };

  const owners = (word, { weak }) =>
    word.options.flatMap(({ postings }) => [...conspectus.postings.owners(postings, weak, word.inTitle)]);

  /**
   * Long lists are read to their end only for the rarest words: what is in most abstracts decides
   * nothing beside them, and its titles are known already.
   */
  async function complete(sought, state) {
    const count = (word) => word.options.reduce((sum, { postings }) => sum + postings.papers, 0);
    const rarest = sought.filter((word) => word.isCounted).sort((a, b) => count(a) - count(b));
    const whole = async (option) => {
      const list = await tolerant(conspectus.index.allPostings(option.term), state, null);
      if (list) option.postings = list;
    };
    const needed = new Set(state.isShort
      ? sought : rarest.slice(0, RAREST).concat(sought.filter((word) => word.unit.isExcluded)));
    await Promise.all([...needed].flatMap((word) => word.inTitle ? [] : word.options.map(whole)));
  }

  /**
   * Begin to fetch the long lists of which that will be true, as far as the lists of ranges tell;
   * unless a title holds all words, whose paper is best whatever they say.
   */
  async function expect(units, { isShort }) {
    const asked = units.filter(({ field, isExcluded }) => field === "" && !isExcluded);
    const finished = asked.filter(({ isOpen }) => !isOpen);
    if (await areInOneTitle(finished.map(termOf))) return;
    const rarest = await byPapers(asked.map(termOf));
    const needed = isShort ? rarest : rarest.slice(0, RAREST);
    await Promise.all(needed.map(({ term }) => conspectus.index.expect(term)));
  }

  const termOf = ({ whole, parts }) => whole || parts[0];

  async function areInOneTitle(terms) {
    const found = (await Promise.all(terms.map(conspectus.index.postings))).filter(Boolean);
    const titles = found.map((list) => list.numbers.subarray(0, list.titles));
    const [fewest, ...others] = titles.sort((a, b) => a.length - b.length);
    const sets = others.map((numbers) => new Set(numbers));
    return fewest === undefined || fewest.some((number) => sets.every((set) => set.has(number)));
  }

  /** Terms with the number of papers that have them, the fewest first; 0 stands for few. */
  async function byPapers(terms) {
    const counted = terms.map(async (term) => ({ term, papers: (await conspectus.index.common(term))?.papers ?? 0 }));
    return (await Promise.all(counted)).sort((a, b) => a.papers - b.papers);
  }

  conspectus.lists = { tolerant, listOf, areFew, owners, complete, expect, byPapers };
})();
