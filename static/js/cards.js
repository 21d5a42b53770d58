"use strict";
/* Keys of papers in; their cards out: title, link and citations, loaded by script elements, since
   `file://` refuses to fetch. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  /**
   * @typedef {object} Card
   * @property {string} key The paper's own key, also where an alias led to it.
   * @property {string} id
   * @property {string} title
   * @property {string} permalink
   * @property {string} topic Its name, or empty.
   * @property {[number, number] | null} mark Its topic's colour and shape.
   * @property {string[]} facts
   * @property {string[]} authors
   * @property {number | null} year
   * @property {string} bib
   * @property {string} [ris] This and the next where the survey has room for them.
   * @property {object} [csl]
   */

  const loaded = new Map();
  const received = new Map();
  let digits = 0;

  /** A script of the site, once; one that failed is asked for again. */
  function load(path) {
    if (!loaded.has(path)) loaded.set(path, request(path));
    return loaded.get(path);
  }

  function request(path) {
    return new Promise((resolve, reject) => {
      const script = conspectus.element("script", { src: conspectus.root + path });
      script.addEventListener("load", resolve);
      script.addEventListener("error", () => {
        loaded.delete(path);
        script.remove();
        reject(new Error(path));
      });
      document.head.append(script);
    });
  }

  /**
   * The cards of the papers that the survey has, by the keys asked for. `isWhole` is false where a
   * part of the data did not come, so that a paper without a card may still be there.
   * @param {string[]} keys
   * @returns {Promise<{cards: Map<string, Card>, isWhole: boolean}>}
   */
  async function find(keys) {
    if (!keys.length) return { cards: new Map(), isWhole: true };
    try {
      await load("data/cards/index.js");
    } catch {
      return { cards: new Map(), isWhole: false };
    }
    const shards = [...new Set(keys.map((key) => key.slice(0, digits) || "all"))];
    const came = await Promise.allSettled(shards.map((shard) => load(`data/cards/${shard}.js`)));
    const known = keys.filter((key) => received.has(key)).map((key) => [key, received.get(key)]);
    return { cards: new Map(known), isWhole: came.every(({ status }) => status === "fulfilled") };
  }

  conspectus.cards = {
    find,
    /** Called by data/cards/index.js: how many digits of a key name its shard. */
    begin(count) {
      digits = count;
    },
    /** Called by each shard. @param {Record<string, Card>} cards By key. */
    receive(cards) {
      for (const [key, card] of Object.entries(cards)) {
        received.set(key, { key, permalink: `papers/${card.id}.html`, ...card });
      }
    },
  };
})();
