"use strict";
/* Postings of the words asked for in; papers, best first, out. Knows no page and no shard. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  const FEW_WORDS = 5;
  const COMPLETE = 1.5;
  const TITLE_BONUS = 1;
  const LEAST_SHARE = 0.34;
  const SORTED = 1000;
  const STEPS = 4096;
  const [UNSEEN, WANTED, REFUSED] = [0, 1, 2];
  const [HAS, TITLE, OWN] = [1, 2, 4];

  /**
   * @typedef {object} Option One spelling under which a word may be found.
   * @property {import("./postings.js").Postings} postings
   * @property {number} factor
   */
  /**
   * @typedef {object} Sought One word of the query.
   * @property {Option[]} options A paper counts the best of them.
   * @property {number} weight 1, or less for what only supports another word.
   * @property {boolean} isCounted Whether a paper must have it for the bonuses.
   * @property {boolean} inTitle Whether only titles count.
   */

  /** How much a word says that `count` of `papers` have (Robertson and Spärck Jones 1976). */
  function idf(count, papers) {
    const known = Math.min(count, papers);
    return Math.log(1 + (papers - known + 0.5) / (known + 0.5));
  }

  /** The number of papers that a word's options have together, at most all. */
  function frequency(sought) {
    return sought.options.reduce((sum, option) => sum + option.postings.papers, 0);
  }

  /**
   * What is known of each paper while words are added; typed arrays, by document number. One is kept
   * from query to query, since the arrays of a large survey take longer to make than to fill.
   */
  class Tally {
    constructor(size) {
      this.size = size;
      this.seen = [];
      this.touched = [];
      this.state = new Uint8Array(size);
      this.scores = new Float64Array(size);
      this.masses = new Float64Array(size);
      this.words = new Uint8Array(size);
      this.titles = new Uint8Array(size);
      this.best = new Float64Array(size);
      this.flags = new Uint8Array(size);
    }

    /** Forget the query before. */
    begin(isWanted) {
      this.isWanted = isWanted;
      for (const number of this.touched) {
        this.state[number] = UNSEEN;
        this.scores[number] = 0;
        this.masses[number] = 0;
        this.words[number] = 0;
        this.titles[number] = 0;
      }
      this.seen = [];
      this.touched = [];
    }

    /** Whether a paper that was not seen before passes the filters. */
    admits(number) {
      const isWanted = this.isWanted(number);
      this.state[number] = isWanted ? WANTED : REFUSED;
      this.touched.push(number);
      if (isWanted) this.seen.push(number);
      return isWanted;
    }

    /** Add a word: of its options, each paper counts the best. */
    add(word, weight, { top, weak }) {
      const scale = weight / top;
      if (word.options.length === 1) this.addOne(word, word.options[0], weight, scale, weak);
      else this.addBest(word, weight, scale, weak);
    }

    addOne({ inTitle, isCounted }, { postings, factor }, weight, scale, weak) {
      const { state, scores, masses, words, titles: inTitles } = this;
      const { numbers, impacts, titles } = postings;
      const end = inTitle ? titles : numbers.length;
      const step = scale * factor;
      for (let i = 0; i < end; i += 1) {
        const number = numbers[i];
        if (state[number] !== WANTED && (state[number] === REFUSED || !this.admits(number))) continue;
        scores[number] += impacts[i] * step;
        if (!isCounted || impacts[i] <= weak) continue;
        masses[number] += weight;
        words[number] += 1;
        if (i < titles) inTitles[number] += 1;
      }
    }

    addBest({ options, inTitle, isCounted }, weight, scale, weak) {
      const { state, best, flags } = this;
      const touched = [];
      for (const { postings, factor } of options) {
        const { numbers, impacts, titles } = postings;
        const end = inTitle ? titles : numbers.length;
        for (let i = 0; i < end; i += 1) {
          const number = numbers[i];
          if (state[number] !== WANTED && (state[number] === REFUSED || !this.admits(number))) continue;
          if (flags[number] === 0) touched.push(number);
          const amount = impacts[i] * factor;
          if (amount > best[number]) best[number] = amount;
          flags[number] |= HAS | (i < titles ? TITLE : 0) | (impacts[i] > weak ? OWN : 0);
        }
      }
      for (const number of touched) this.settle(number, isCounted, weight, scale);
    }

    settle(number, isCounted, weight, scale) {
      this.scores[number] += this.best[number] * scale;
      if (isCounted && this.flags[number] & OWN) {
        this.masses[number] += weight;
        this.words[number] += 1;
        if (this.flags[number] & TITLE) this.titles[number] += 1;
      }
      this.best[number] = 0;
      this.flags[number] = 0;
    }
  }

  let kept = null;

  /**
   * @typedef {object} Ranking
   * @property {Int32Array} numbers Every paper found, best first; behind `first`, in no order.
   * @property {{number: number, score: number, isTitle: boolean}[]} first The best, `SORTED` or more
   *   where there are so many; `isTitle` says that all words are in the title.
   * @property {number} reach More than this no paper can score whose title lacks a word, whatever
   *   of its other words was not read.
   */

  /**
   * Every paper that shares enough with the query; ties by number.
   * @param {Sought[]} words
   * @param {{papers: number, size: number, top: number, weak: number}} index
   * @param {(number: number) => boolean} isWanted
   * @returns {Ranking}
   */
  function ranked(words, index, isWanted) {
    if (kept?.size !== index.size) kept = new Tally(index.size);
    const tally = kept;
    tally.begin(isWanted);
    let whole = 0;
    let reach = 0;
    for (const word of words) {
      const weight = word.weight * idf(frequency(word), index.papers);
      if (word.isCounted) whole += weight;
      reach += weight;
      tally.add(word, weight, index);
    }
    const count = words.filter((word) => word.isCounted).length;
    return { ...finished(tally, count, whole), reach: (count <= FEW_WORDS ? COMPLETE : 1) * reach };
  }

  /**
   * The first papers whose titles hold all words, up to `most` and one more, if none that lacks a
   * word in its title could come before any of them; else none.
   */
  function certain({ first, reach }, most) {
    const leaders = first.slice(0, most + 1).filter(({ isTitle }) => isTitle);
    return leaders.every(({ score }) => score > reach) ? leaders : [];
  }

  /** Bonuses, and the cut below which a paper shares too little with the query. */
  function finished({ seen, scores, masses, words, titles }, count, whole) {
    let most = 0;
    for (const number of seen) most = Math.max(most, masses[number]);
    const least = LEAST_SHARE * most;
    const numbers = Int32Array.from(seen).filter((number) => words[number] > 0 && masses[number] >= least);
    let best = 0;
    for (const number of numbers) {
      if (count > 1 && count <= FEW_WORDS && words[number] === count) scores[number] *= COMPLETE;
      if (titles[number] === count) scores[number] += TITLE_BONUS * whole;
      best = Math.max(best, scores[number]);
    }
    const isAhead = ahead(numbers, scores, best);
    const first = Array.from(numbers.filter(isAhead), (number) =>
      ({ number, score: scores[number], isTitle: titles[number] === count }));
    return ordered(first.sort(better), numbers.filter((number) => !isAhead(number)));
  }

  const better = (a, b) => b.score - a.score || a.number - b.number;

  /** Tells the best `SORTED` papers, and those that nearly are, from the others. */
  function ahead(numbers, scores, best) {
    if (numbers.length <= 2 * SORTED || best <= 0) return () => true;
    const step = (number) => Math.floor((scores[number] / best) * (STEPS - 1));
    const papers = new Uint32Array(STEPS);
    for (const number of numbers) papers[step(number)] += 1;
    let least = STEPS - 1;
    for (let sum = papers[least]; sum < SORTED; sum += papers[least]) least -= 1;
    return (number) => step(number) >= least;
  }

  /** Papers in order, and those behind them in none. */
  function ordered(first, others) {
    const numbers = new Int32Array(first.length + others.length);
    first.forEach(({ number }, i) => { numbers[i] = number; });
    numbers.set(others, first.length);
    return { numbers, first };
  }

  /** Papers of equal worth, by number. */
  function unranked(papers) {
    const numbers = Int32Array.from(papers).sort();
    return ordered(Array.from(numbers.subarray(0, SORTED), unscored), numbers.subarray(SORTED));
  }

  const unscored = (number) => ({ number, score: 0, isTitle: false });

  /** A ranking's papers that pass a test. */
  function only({ numbers, first }, isKept) {
    return { numbers: numbers.filter(isKept), first: first.filter(({ number }) => isKept(number)) };
  }

  /** A ranking by falling values of its papers, else in the order it has. */
  function sortedBy({ numbers, first }, valueOf) {
    const known = new Map(first.map((result) => [result.number, result]));
    const places = Array.from(numbers, (number, place) => ({ number, place, value: valueOf(number) }));
    places.sort((a, b) => b.value - a.value || a.place - b.place);
    const sorted = places.map(({ number }) => known.get(number) ?? unscored(number));
    return { numbers: Int32Array.from(sorted, ({ number }) => number), first: sorted.slice(0, SORTED) };
  }

  conspectus.rank = { ranked, certain, ordered, unranked, only, sortedBy, idf };
})();
