"use strict";
/* Postings of the words asked for in; document numbers, best first, out. Knows no page and no shard. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  const COORDINATED = 5;
  const TITLE_BONUS = 1;
  const LEAST_SHARE = 0.34;
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
   * @property {boolean} isCounted Whether it takes part in coordination and in the title's bonus.
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

  /** What is known of each paper while words are added; typed arrays, by document number. */
  class Tally {
    constructor(size, isWanted) {
      this.isWanted = isWanted;
      this.seen = [];
      this.state = new Uint8Array(size);
      this.scores = new Float64Array(size);
      this.masses = new Float64Array(size);
      this.words = new Uint8Array(size);
      this.titles = new Uint8Array(size);
      this.best = new Float64Array(size);
      this.flags = new Uint8Array(size);
    }

    /** Whether a paper passes the filters; asked once. */
    takes(number) {
      if (this.state[number] === UNSEEN) {
        this.state[number] = this.isWanted(number) ? WANTED : REFUSED;
        if (this.state[number] === WANTED) this.seen.push(number);
      }
      return this.state[number] === WANTED;
    }

    /** Add a word: of its options, each paper counts the best. */
    add(word, weight, { bits, weak }) {
      const scale = weight / ((1 << bits) - 1);
      const touched = [];
      for (const { postings, factor } of word.options) {
        const end = word.inTitle ? postings.titles : postings.numbers.length;
        for (let i = 0; i < end; i += 1) {
          const number = postings.numbers[i];
          if (!this.takes(number)) continue;
          if (this.flags[number] === 0) touched.push(number);
          const amount = postings.impacts[i] * factor;
          if (amount > this.best[number]) this.best[number] = amount;
          this.flags[number] |= HAS | (i < postings.titles ? TITLE : 0) | (postings.impacts[i] > weak ? OWN : 0);
        }
      }
      for (const number of touched) this.settle(number, word.isCounted, weight, scale);
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

  /**
   * Every paper that shares enough with the query, best first; ties by number.
   * @param {Sought[]} words
   * @param {{papers: number, size: number, bits: number, weak: number}} index
   * @param {(number: number) => boolean} isWanted
   * @returns {{number: number, score: number, isTitle: boolean}[]} `isTitle`: all words in the title.
   */
  function ranked(words, index, isWanted) {
    const tally = new Tally(index.size, isWanted);
    let whole = 0;
    for (const word of words) {
      const weight = word.weight * idf(frequency(word), index.papers);
      if (word.isCounted) whole += weight;
      tally.add(word, weight, index);
    }
    return finished(tally, words.filter((word) => word.isCounted).length, whole);
  }

  /** Bonus, coordination, and the cut below which a paper shares too little with the query. */
  function finished({ seen, scores, masses, words, titles }, count, whole) {
    const most = seen.reduce((mass, number) => Math.max(mass, masses[number]), 0);
    const results = [];
    for (const number of seen) {
      if (words[number] === 0 || masses[number] < LEAST_SHARE * most) continue;
      let score = scores[number];
      if (count > 1 && count <= COORDINATED) score *= 0.5 + (0.5 * words[number]) / count;
      const isTitle = titles[number] === count;
      if (isTitle) score += TITLE_BONUS * whole;
      results.push({ number, score, isTitle });
    }
    return results.sort((a, b) => b.score - a.score || a.number - b.number);
  }

  conspectus.rank = { ranked, idf };
})();
