"use strict";
/*
 * Names of shards in; their contents out, each loaded once by a script element, which works from
 * file:// where fetch does not. docs/search.md describes the format.
 */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  const VERSION = 1;
  const HASH = 5;
  const NO_SHARD = ".".repeat(HASH);
  const RECORD_BITS = 5;
  const TEXT_BITS = 4;
  const PART = 64;
  const FOLDER = new URL("../search/", document.currentScript.src);

  /** A part of the index that could not be had. */
  class MissingShard extends Error {}

  /** The index was published anew in the meantime: everything is forgotten, ask again. */
  class RenewedIndex extends Error {}

  let entry = null;
  let generation = 0;
  let arrived = null;
  const contents = new Map();
  const records = new Map();
  const lists = new Map();
  const dictionaries = new Map();
  const facets = new Map();

  // What the shards themselves call.
  conspectus.entry = (value) => { arrived = value; };
  conspectus.shard = (family, key, ...values) => { contents.set(`${family}-${key}`, values); };

  function loaded(name) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = new URL(name, FOLDER).href;
      script.async = true;
      script.addEventListener("load", () => { script.remove(); resolve(); });
      script.addEventListener("error", () => { script.remove(); reject(new MissingShard(name)); });
      document.head.append(script);
    });
  }

  /** Range keys arrive in one string; no term holds a space. */
  const spread = (listing) => { listing.keys = listing.keys.split(" "); };

  async function freshEntry() {
    const query = generation === 0 ? "" : `?again=${Date.now()}`;
    generation += 1;
    await loaded(`entry.js${query}`);
    if (arrived?.version !== VERSION) throw new MissingShard("entry.js");
    [arrived.p, arrived.words.w, arrived.words.r].forEach(spread);
    return arrived;
  }

  /** The entry file's content. A failure is forgotten, so that the next call tries again. */
  function openEntry() {
    entry = entry || freshEntry();
    entry.catch(() => { entry = null; });
    return entry;
  }

  let renewal = null;
  /**
   * Read the entry file again where a shard is gone: the site may have been published anew since.
   * Document numbers may differ then, so nothing that was read before may be used with it.
   */
  function renewedEntry(before) {
    renewal = renewal || freshEntry().finally(() => { renewal = null; });
    return renewal.then((value) => {
      if (JSON.stringify(value) === JSON.stringify(before)) return;
      entry = Promise.resolve(value);
      for (const cache of [contents, records, lists, dictionaries, facets]) cache.clear();
      throw new RenewedIndex();
    });
  }

  const safe = (key) => Array.from(key, (letter) =>
    /[a-z0-9]/.test(letter) ? letter : `_${letter.codePointAt(0).toString(16)}_`).join("");

  const pending = new Map();
  /** A shard's values; `hashOf` says its hash by the entry file's content. */
  function shard(family, key, hashOf) {
    const id = `${family}-${key}`;
    if (contents.has(id)) return Promise.resolve(contents.get(id));
    if (!pending.has(id)) {
      const values = fetched(family, key, hashOf).finally(() => pending.delete(id));
      pending.set(id, values);
    }
    return pending.get(id);
  }

  async function fetched(family, key, hashOf) {
    const now = await openEntry();
    const hash = await hashOf(now);
    if (!hash || hash === NO_SHARD) return null;
    try {
      await loaded(`${family}-${safe(key)}.${hash}.js`);
    } catch (failure) {
      await renewedEntry(now);
      throw failure;
    }
    const id = `${family}-${key}`;
    if (!contents.has(id)) throw new MissingShard(id);
    return contents.get(id);
  }

  const hashAt = (hashes, place) => hashes.slice(HASH * place, HASH * (place + 1));

  /** The place of the range that would hold a text: the last key that is not above it. */
  function placeOf(keys, text) {
    let low = 0;
    let high = keys.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (keys[middle] <= text) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  function rangeShard(family, listing, place) {
    const key = listing.keys[place];
    return shard(family, key, () => hashAt(listing.hashes, place));
  }

  async function postingRecords(listing, place) {
    const key = listing.keys[place];
    const values = await rangeShard("p", listing, place);
    if (!records.has(key)) {
      records.set(key, new Map(values === null ? [] : values[0].split(" ").map((record) => {
        const cut = record.indexOf("=");
        return [record.slice(0, cut), record.slice(cut + 1)];
      })));
    }
    return records.get(key);
  }

  /**
   * A term's postings, or null. Of a long list only the titles are read; `more` says so.
   * @param {string} term
   */
  async function postings(term) {
    if (lists.has(term)) return lists.get(term);
    const now = await openEntry();
    const place = placeOf(now.p.keys, term);
    const record = place < 0 ? undefined : (await postingRecords(now.p, place)).get(term);
    if (record === undefined) return null;
    const [data, more, hash] = record.split("~");
    const list = conspectus.postings(data, now);
    if (more) {
      list.papers += Number(more);
      list.more = hash;
    }
    lists.set(term, list);
    return list;
  }

  /** The same with every paper, for a term whose list is long. */
  async function allPostings(term) {
    const list = await postings(term);
    if (!list?.more) return list;
    const values = await shard("b", term, () => list.more);
    const now = await openEntry();
    const rest = conspectus.postings(values[0], now);
    const numbers = new Int32Array(list.titles + rest.numbers.length);
    const impacts = new Uint8Array(numbers.length);
    numbers.set(list.numbers);
    numbers.set(rest.numbers, list.titles);
    impacts.set(list.impacts);
    impacts.set(rest.impacts, list.titles);
    const complete = { titles: list.titles, papers: list.papers, numbers, impacts };
    lists.set(term, complete);
    return complete;
  }

  async function dictionary(family, place) {
    const { words } = await openEntry();
    const listing = words[family];
    const id = `${family}-${listing.keys[place]}`;
    const values = await rangeShard(family, listing, place);
    if (!dictionaries.has(id)) {
      const entries = values === null ? [] : conspectus.nearest.wordsIn(values[0]);
      const turned = family === "r"
        ? entries.map((found) => ({ ...found, word: [...found.word].reverse().join("") }))
        : entries;
      dictionaries.set(id, turned);
    }
    return dictionaries.get(id);
  }

  /** Dictionary entries among which words that begin so are found; at most `most` shards of them. */
  async function wordsFrom(prefix, most) {
    const { keys } = (await openEntry()).words.w;
    const first = Math.max(placeOf(keys, prefix), 0);
    const last = Math.min(placeOf(keys, `${prefix}\uffff`), first + most - 1);
    const found = [];
    for (let place = first; place <= last; place += 1) found.push(dictionary("w", place));
    return (await Promise.all(found)).flat();
  }

  /** Dictionary entries among which the word meant by a mistyped one is found. */
  async function wordsNear(word) {
    const { words } = await openEntry();
    const backwards = [...word].reverse().join("");
    const places = [["w", word], ["r", backwards]].map(([family, text]) => {
      const place = placeOf(words[family].keys, text);
      return place < 0 ? [] : dictionary(family, place);
    });
    return (await Promise.all(places)).flat();
  }

  async function recordHash(now, key) {
    if (now.d.hashes !== undefined) return hashAt(now.d.hashes, key);
    const part = Math.floor(key / PART);
    const values = await shard("m", part.toString(36), (fresh) => hashAt(fresh.d.parts, part));
    return values === null ? NO_SHARD : hashAt(values[0], key % PART);
  }

  const recordShard = (number) => {
    const key = number >> RECORD_BITS;
    return shard("d", key.toString(36), (now) => recordHash(now, key));
  };

  /**
   * What a result is drawn from, or null.
   * @param {number} number
   */
  async function paper(number) {
    const values = await recordShard(number);
    const row = values?.[0].find((candidate) => candidate[0] === number);
    if (!row) return null;
    const [, id, title, topic, year, listed, code, venue, author, authors] = row;
    return { number, id, title, topic, year, listed, hasCode: code === 1, venue, author, authors };
  }

  /** A paper's sentences and the place of the stating one (-1: none), or null. */
  async function passages(number) {
    const hashes = (await recordShard(number))?.[1];
    if (!hashes) return null;
    const key = number >> TEXT_BITS;
    const place = key & ((1 << (RECORD_BITS - TEXT_BITS)) - 1);
    const values = await shard("x", key.toString(36), () => hashAt(hashes, place));
    const row = values?.[0].find((candidate) => candidate[0] === number);
    return row ? { stating: row[1], sentences: row[2] } : null;
  }

  /** The values of a facet with the numbers of their papers: Map of value to numbers. */
  async function facet(kind) {
    if (facets.has(kind)) return facets.get(kind);
    const now = await openEntry();
    if (!Object.hasOwn(now.f, kind)) return new Map();
    const values = await shard("f", kind, (fresh) => fresh.f[kind]?.hash);
    const data = values[1].split(" ");
    const members = new Map(values[0].map((value, i) =>
      [value, conspectus.postings(data[i], { slots: now.slots, bits: 0, weak: 0 }).numbers]));
    facets.set(kind, members);
    return members;
  }

  conspectus.index = {
    open: openEntry, postings, allPostings, wordsFrom, wordsNear, paper, passages, facet, MissingShard, RenewedIndex,
  };
})();
