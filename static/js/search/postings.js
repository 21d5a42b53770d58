"use strict";
/* The strings of conspectus/search/packing.py in; document numbers and impacts out. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  const VALUES = new Uint8Array(128);
  for (let code = 0x21, value = 0; code < 0x7e; code += 1) {
    if (code !== 0x22 && code !== 0x5c) VALUES[code] = value++;
  }
  const GROUP_BITS = 13;

  /** Reads bits from the highest of each group on. */
  class Bits {
    constructor(text) {
      this.text = text;
      this.at = 0;
      this.group = 0;
      this.left = 0;
    }

    fill() {
      const high = VALUES[this.text.charCodeAt(this.at)];
      this.group = high * 91 + VALUES[this.text.charCodeAt(this.at + 1)];
      this.at += 2;
      this.left = GROUP_BITS;
      if (this.at > this.text.length) throw new RangeError("postings end early");
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
  }

  function readTier(bits, numbers, impacts, from, count, slots, impactBits) {
    const spread = Math.max(Math.floor((7 * slots) / (10 * Math.max(count, 1))), 1);
    const width = 31 - Math.clz32(spread);
    let number = -1;
    for (let i = from; i < from + count; i += 1) {
      const high = bits.zeros();
      number += 1 + ((high << width) | bits.bits(width));
      numbers[i] = number;
      impacts[i] = bits.bits(impactBits);
    }
  }

  /**
   * @typedef {object} Postings
   * @property {number} titles How many, at the front, have the term in their title.
   * @property {number} papers How many papers have the term themselves, read or not.
   * @property {Int32Array} numbers Ascending within the titles and within the rest.
   * @property {Uint8Array} impacts Up to `weak` where only similar papers have the term.
   */

  /**
   * @param {string} text
   * @param {{slots: number, bits: number, weak: number}} format
   * @returns {Postings}
   */
  conspectus.postings = function postings(text, { slots, bits: impactBits, weak }) {
    const bits = new Bits(text);
    const titles = bits.gamma() - 1;
    const others = bits.gamma() - 1;
    const numbers = new Int32Array(titles + others);
    const impacts = new Uint8Array(titles + others);
    readTier(bits, numbers, impacts, 0, titles, slots, impactBits);
    readTier(bits, numbers, impacts, titles, others, slots, impactBits);
    const papers = impacts.reduce((count, impact) => count + (impact > weak ? 1 : 0), 0);
    return { titles, papers, numbers, impacts };
  };

  /** The numbers of the papers that have the term themselves, or of those that have it in the title. */
  conspectus.owners = function owners({ titles, numbers, impacts }, weak, inTitle) {
    const all = inTitle ? numbers.subarray(0, titles) : numbers;
    return Array.from(all).filter((_, i) => impacts[i] > weak);
  };
})();
