"use strict";
/* The strings of conspectus/search/packing.py in; document numbers and impacts out. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  const VALUES = new Uint8Array(128);
  for (let code = 0x21, value = 0; code < 0x7e; code += 1) {
    if (code !== 0x22 && code !== 0x5c) VALUES[code] = value++;
  }
  const GROUP_BITS = 13;
  const TITLES_BY_FREQUENCY = [11, 10, 12, 9, 13, 8, 14, 7, 6, 15, 5, 4, 3, 2, 1];
  const OTHERS_BY_FREQUENCY = [7, 6, 5, 8, 9, 4, 3, 10, 11, 12, 2, 1, 13, 14, 15];
  const [ONE, ONE_TITLE, , LONG] = [0, 1, 2, 3];

  /** Reads bits from the highest of each group on. */
  class Bits {
    constructor(text, at = 0) {
      this.text = text;
      this.next = 2 * Math.floor(at / GROUP_BITS);
      this.group = 0;
      this.left = 0;
      if (at % GROUP_BITS > 0) {
        this.fill();
        this.left -= at % GROUP_BITS;
      }
    }

    /** How many bits stand before the next one. */
    get at() {
      return (this.next / 2) * GROUP_BITS - this.left;
    }

    fill() {
      const high = VALUES[this.text.charCodeAt(this.next)];
      this.group = high * 91 + VALUES[this.text.charCodeAt(this.next + 1)];
      this.next += 2;
      this.left = GROUP_BITS;
      if (this.next > this.text.length) throw new RangeError("postings end early");
    }

    zeros() {
      let count = 0;
      for (;;) {
        if (this.left === 0) this.fill();
        const rest = this.group & ((1 << this.left) - 1);
        if (rest !== 0) {
          const run = Math.clz32(rest) - (32 - this.left);
          this.left -= run + 1;
          return count + run;
        }
        count += this.left;
        this.left = 0;
      }
    }

    bits(width) {
      let value = 0;
      let wanted = width;
      while (wanted > 0) {
        if (this.left === 0) this.fill();
        const taken = Math.min(wanted, this.left);
        this.left -= taken;
        wanted -= taken;
        value = (value << taken) | ((this.group >> this.left) & ((1 << taken) - 1));
      }
      return value;
    }

    gamma() {
      const width = this.zeros();
      return (1 << width) | this.bits(width);
    }

    /** A rank of 2 bits, 5 or 8: the lower, the shorter. */
    rank() {
      const first = this.bits(2);
      if (first < 3) return first;
      const second = this.bits(3);
      return second < 7 ? 3 + second : 10 + this.bits(3);
    }
  }

  /** Read one tier; `numbers` and `impacts` may be null, where it is only passed over. */
  function readTier(bits, count, from, order, slots, numbers, impacts) {
    const spread = Math.max(Math.floor((24 * slots) / (25 * Math.max(count, 1))), 1);
    const width = 31 - Math.clz32(spread);
    let number = -1;
    for (let i = from; i < from + count; i += 1) {
      number += 1 + ((bits.zeros() << width) | bits.bits(width));
      const impact = order ? order[bits.rank()] : 0;
      if (numbers === null) continue;
      numbers[i] = number;
      impacts[i] = impact;
    }
  }

  function counts(bits, mark) {
    if (mark === ONE || mark === ONE_TITLE) return [mark, 1 - mark];
    return [bits.gamma() - 1, bits.gamma() - 1];
  }

  /**
   * @typedef {object} Postings
   * @property {number} titles How many, at the front, have the term in their title.
   * @property {number} papers How many papers have the term themselves, read or not.
   * @property {Int32Array} numbers Ascending within the titles and within the rest.
   * @property {Uint8Array} impacts Up to `weak` where only similar papers have the term.
   */

  /**
   * The list that begins at a bit of a text.
   * @param {string} text
   * @param {{slots: number, weak: number}} format
   * @returns {Postings}
   */
  function read(text, { slots, weak }, { at = 0, mark = LONG, hasImpacts = true } = {}) {
    const bits = new Bits(text, at);
    const [titles, others] = counts(bits, mark);
    const numbers = new Int32Array(titles + others);
    const impacts = new Uint8Array(titles + others);
    readTier(bits, titles, 0, hasImpacts && TITLES_BY_FREQUENCY, slots, numbers, impacts);
    readTier(bits, others, titles, hasImpacts && OTHERS_BY_FREQUENCY, slots, numbers, impacts);
    let papers = 0;
    for (const impact of impacts) if (impact > weak) papers += 1;
    return { titles, papers, numbers, impacts };
  }

  /**
   * Where the terms of a shard have their lists: Map of the term to {at, mark}.
   * @param {string} terms
   * @param {string} text
   * @param {{slots: number}} format
   */
  function places(terms, text, { slots }) {
    const bits = new Bits(text);
    return new Map(conspectus.nearest.wordsIn(terms).map(({ word, level: mark }) => {
      const place = { at: bits.at, mark };
      const [titles, others] = counts(bits, mark);
      readTier(bits, titles, 0, TITLES_BY_FREQUENCY, slots, null, null);
      readTier(bits, others, 0, OTHERS_BY_FREQUENCY, slots, null, null);
      return [word, place];
    }));
  }

  /** The list of a term's title tier and that of its file, as one. */
  function joined(list, rest) {
    const numbers = new Int32Array(list.titles + rest.numbers.length);
    const impacts = new Uint8Array(numbers.length);
    numbers.set(list.numbers);
    numbers.set(rest.numbers, list.titles);
    impacts.set(list.impacts);
    impacts.set(rest.impacts, list.titles);
    return { titles: list.titles, papers: list.papers, numbers, impacts };
  }

  /** The numbers of the papers that have the term themselves, or of those that have it in the title. */
  function owners({ titles, numbers, impacts }, weak, inTitle) {
    return numbers.filter((_, i) => impacts[i] > weak && (i < titles || !inTitle));
  }

  conspectus.postings = { read, places, joined, owners };
})();
