"use strict";
/*
 * Names of shards in; their contents out, each loaded once by a script element, which works from
 * file:// where fetch does not. docs/search.md describes the format.
 */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  const VERSION = 4;
  const HASH = 5;
  const NO_SHARD = ".".repeat(HASH);
  const RECORD_BITS = 4;
  const TEXT_BITS = 3;
  const PART_FAMILIES = { p: "i", w: "j", r: "k" };
  const FOLDER = new URL("../search/", document.currentScript.src);

  /** A part of the index that could not be had. */
  class MissingShard extends Error {}

  /** The index was published anew in the meantime: everything is forgotten, ask again. */
  class RenewedIndex extends Error {}

  let entry = null;
  let generation = 0;
  let arrived = null;
  const contents = new Map();
  const places = new Map();
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

  /** What lists ranges arrives in strings; no term holds a space. */
  const spread = (listing) => ({
    ...listing, keys: listing.keys.split(" "),
    common: new Map((listing.aside ?? "").split(" ").map((each) => each.split("~"))
      .map(([term, papers, hash]) => [term, { papers: Number(papers), hash }])),
  });

  async function freshEntry() {
    const query = generation === 0 ? "" : `?again=${Date.now()}`;
    generation += 1;
    await loaded(`entry.js${query}`);
    if (arrived?.version !== VERSION) throw new MissingShard("entry.js");
    const { p, words } = arrived;
    return { ...arrived, p: spread(p), words: { w: spread(words.w), r: spread(words.r) } };
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
  async function renewedEntry(before) {
    if ((await openEntry()) !== before) throw new RenewedIndex(); // by another shard that is gone
    renewal = renewal || freshEntry().finally(() => { renewal = null; });
    const value = await renewal;
    if (JSON.stringify(value) === JSON.stringify(before)) return;
    entry = Promise.resolve(value);
    for (const cache of [contents, places, lists, dictionaries, facets]) cache.clear();
    throw new RenewedIndex();
  }

  /** Do what reads the index, and once more where the index was published anew meanwhile. */
  async function steadily(act) {
    try {
      return await act();
    } catch (failure) {
      if (!(failure instanceof RenewedIndex)) throw failure;
      return act();
    }
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

  /**
   * The ranges of a family that may hold texts from `first` to `last`, at most `most` of them.
   * @returns {Promise<{key: string, hash: string}[]>}
   */
  async function ranges(family, first, last, most = 1) {
    const { keys, hashes } = await listing(family, first, last);
    const from = Math.max(placeOf(keys, first), 0);
    const to = Math.min(placeOf(keys, last), from + most - 1);
    return keys.slice(from, to + 1).map((key, i) => ({ key, hash: hashAt(hashes, from + i) }));
  }

  /** What lists a family's ranges there: the entry file itself, or parts of a longer list. */
  async function listing(family, first, last) {
    const now = await openEntry();
    const whole = family === "p" ? now.p : now.words[family];
    return whole.parts === undefined ? whole : partOf(family, whole, first, last);
  }

  /** The parts of a long list that name those ranges: two at most, one where they lie in it. */
  async function partOf(family, { keys, parts }, first, last) {
    const from = Math.max(placeOf(keys, first), 0);
    const to = Math.min(Math.max(placeOf(keys, last), 0), from + 1);
    const places = from === to ? [from] : [from, to];
    const loading = places.map((place) =>
      shard(PART_FAMILIES[family], keys[place], () => hashAt(parts, place)));
    const found = (await Promise.all(loading)).map(([keys, hashes, aside]) => spread({ keys, hashes, aside }));
    return {
      keys: found.flatMap((part) => part.keys), hashes: found.map((part) => part.hashes).join(""),
      common: found[0].common,
    };
  }

  async function placesIn({ key, hash }) {
    const now = await openEntry();
    const values = await shard("p", key, () => hash);
    if (!places.has(key)) {
      const [terms, text] = values ?? ["", ""];
      places.set(key, { text, of: conspectus.postings.places(terms, text, now) });
    }
    return places.get(key);
  }

  /**
   * Of a term that many papers have, how many, and the hash of its long list, if there is one; else null.
   * @returns {Promise<{papers: number, hash: string | undefined} | null>}
   */
  async function common(term) {
    return (await listing("p", term, term)).common.get(term) ?? null;
  }

  const longShard = async (term, { hash }) => shard("b", term, () => hash);

  /** Begin to fetch a term's long list, which will be asked for. */
  async function expect(term) {
    const more = lists.has(term) ? lists.get(term).more : await common(term);
    if (more?.hash) await longShard(term, more);
  }

  /**
   * A term's postings, or null. Of a long list only the titles are read; `more` says so.
   * @param {string} term
   */
  async function postings(term) {
    if (lists.has(term)) return lists.get(term);
    const now = await openEntry();
    const [range] = await ranges("p", term, term);
    if (!range) return null;
    const { text, of } = await placesIn(range);
    const place = of.get(term);
    if (!place) return null;
    const known = await common(term);
    if (lists.has(term)) return lists.get(term);
    const list = conspectus.postings.read(text, now, place);
    lists.set(term, { ...list, papers: known?.papers ?? list.papers, more: known?.hash ? known : null });
    return lists.get(term);
  }

  /** The same with every paper, for a term whose list is long. */
  async function allPostings(term) {
    expect(term).catch(() => {}); // meanwhile: who waits for it hears of a failure
    const list = await postings(term);
    if (!list?.more) return list;
    const values = await longShard(term, list.more);
    if (lists.get(term) === list) {
      const rest = conspectus.postings.read(values[0], await openEntry());
      lists.set(term, { ...conspectus.postings.joined(list, rest), more: null });
      contents.delete(`b-${term}`);
    }
    return lists.get(term);
  }

  async function dictionary(family, { key, hash }) {
    const id = `${family}-${key}`;
    const values = await shard(family, key, () => hash);
    if (!dictionaries.has(id)) {
      const entries = values === null ? [] : conspectus.nearest.wordsIn(values[0]);
      dictionaries.set(id, family === "r"
        ? entries.map((found) => ({ ...found, word: turned(found.word) }))
        : entries);
    }
    return dictionaries.get(id);
  }

  /** Dictionary entries among which words that begin so are found; at most `most` shards of them. */
  async function wordsFrom(prefix, most) {
    const found = await ranges("w", prefix, `${prefix}\uffff`, most);
    return (await Promise.all(found.map((range) => dictionary("w", range)))).flat();
  }

  /** Dictionary entries around a word, in the order of its letters. */
  const wordsAround = (word) => entriesAt("w", [word]);

  /** Dictionary entries among which the word meant by a mistyped one is found: by beginning or end. */
  async function wordsNear(word) {
    const found = await Promise.all([entriesAt("w", [word]), entriesAt("r", [turned(word)])]);
    return found.flat();
  }

  /** The same for slips in the first two letters or the last two, which lead those astray. */
  async function wordsFarther(word) {
    const found = await Promise.all([entriesAt("w", mended(word)), entriesAt("r", mended(turned(word)))]);
    return found.flat();
  }

  const turned = (word) => [...word].reverse().join("");

  /** A word with its first two letters exchanged, without the first, and without the second. */
  const mended = (word) => {
    const [first, second, ...rest] = word;
    return [[second, first], [second], [first]].map((begin) => [...begin, ...rest].join(""));
  };

  async function entriesAt(family, texts) {
    const near = (await Promise.all(texts.map((text) => ranges(family, text, text)))).flat();
    const unique = [...new Map(near.map((range) => [range.key, range])).values()];
    return (await Promise.all(unique.map((range) => dictionary(family, range)))).flat();
  }

  const recordShard = (number) => {
    const key = number >> RECORD_BITS;
    return shard("d", key.toString(36), ({ d }) => hashAt(d.hashes, key >> d.part));
  };

  /**
   * What a result is drawn from, or null.
   * @param {number} number
   */
  async function paper(number) {
    const values = await recordShard(number);
    const begin = `${number & ((1 << RECORD_BITS) - 1)}\t`;
    const row = values?.[0].find((candidate) => candidate.startsWith(begin));
    if (!row) return null;
    const [, id, title, topic = "", year, author = "", authors, venue = "", listed = "", code] = row.split("\t");
    return {
      number, id, title, topic, year: Number(year ?? 0), listed, hasCode: code === "1", venue, author,
      authors: Number(authors ?? 0),
    };
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
      [value, conspectus.postings.read(data[i], now, { hasImpacts: false }).numbers]));
    facets.set(kind, members);
    return members;
  }

  conspectus.index = {
    open: openEntry, common, expect, postings, allPostings, wordsFrom, wordsAround, wordsNear, wordsFarther,
    paper, passages, facet, steadily, MissingShard,
  };
})();
