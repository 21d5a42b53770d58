"use strict";
/* What a reader keeps, as values: a shelf in, another shelf out. Knows neither page nor storage. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  const VERSION = 1;
  const KEY = /^[a-z2-7]{8}$/;
  const DAY = /^\d{4}-\d{2}-\d{2}$/;
  const MOST_OPENED = 2000;
  const PERMALINK = /^papers\/[a-z0-9][a-z0-9./-]*\.html$/;

  /**
   * @typedef {object} Entry A paper as the reader met it.
   * @property {string} key 8 base-32 digits of its id.
   * @property {string} id
   * @property {string} title
   * @property {string} permalink From the site's root; empty where it is not known.
   * @property {boolean} read
   * @property {string} note The reader's own words.
   *
   * @typedef {object} Shelf Fields that are not known here are carried along.
   * @property {number} version
   * @property {Entry[]} kept In the reader's order.
   * @property {Entry[]} skipped No paper is in both; the note is why.
   * @property {Seen} [seen] Absent until the survey's first page was open once.
   *
   * @typedef {object} Seen
   * @property {string} until What entered the survey up to this day is not new to the reader.
   * @property {string[]} opened Keys of later papers that the reader has opened.
   */

  /** @returns {Shelf} */
  const empty = () => ({ version: VERSION, kept: [], skipped: [] });

  /** @param {Shelf} shelf */
  const write = (shelf) => JSON.stringify(shelf);

  /**
   * What a text holds; `isWhole` is false where something in it could not be read.
   * @param {string | null} text
   * @returns {{shelf: Shelf, isWhole: boolean}}
   */
  function read(text) {
    if (text === null) return { shelf: empty(), isWhole: true };
    const found = parsed(text);
    if (!isRecord(found) || found.version !== VERSION) return { shelf: empty(), isWhole: false };
    const kept = entries(found.kept);
    const skipped = entries(found.skipped);
    const rest = { kept, skipped: without(skipped, kept), seen: seenIn(found.seen) };
    const shelf = { ...found, version: VERSION, ...rest };
    return { shelf, isWhole: [found.kept, found.skipped].every(isListOfEntries) };
  }

  function parsed(text) {
    try {
      return JSON.parse(text);
    } catch {
      return null;
    }
  }

  const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const isEntry = (value) => isRecord(value) && typeof value.key === "string" && KEY.test(value.key);
  const isListOfEntries = (value) => Array.isArray(value) && value.every(isEntry);

  /** @returns {Seen | undefined} */
  function seenIn(value) {
    if (!isRecord(value) || typeof value.until !== "string" || !DAY.test(value.until)) return undefined;
    const opened = Array.isArray(value.opened) ? value.opened : [];
    return { ...value, opened: opened.filter((key) => typeof key === "string" && KEY.test(key)) };
  }

  /** The entries of a list that can be read, each paper once. */
  function entries(list) {
    if (!Array.isArray(list)) return [];
    return [...byKey(list.filter(isEntry).map(entry)).values()];
  }

  /** @returns {Entry} */
  function entry(value) {
    const text = (name) => (typeof value[name] === "string" ? value[name] : "");
    const permalink = PERMALINK.test(text("permalink")) ? value.permalink : "";
    const [id, title, note] = ["id", "title", "note"].map(text);
    return { ...value, key: value.key, id, title, permalink, read: value.read === true, note };
  }

  /** By key, in order; the first of two with the same key counts. */
  function byKey(list) {
    const found = new Map();
    for (const each of list) if (!found.has(each.key)) found.set(each.key, each);
    return found;
  }

  const without = (list, others) => {
    const gone = new Set(others.map((each) => each.key));
    return list.filter((each) => !gone.has(each.key));
  };

  /**
   * Both tabs' changes to what both began with. Where both changed the same thing, mine counts; a
   * paper that one tab removed is gone, one that either added is there.
   * @param {Shelf} base @param {Shelf} mine @param {Shelf} theirs
   * @returns {Shelf}
   */
  function merge(base, mine, theirs) {
    if (isSame(base, theirs)) return mine;
    if (isSame(base, mine)) return theirs;
    const kept = mergeLists(base.kept, mine.kept, theirs.kept);
    const skipped = without(mergeLists(base.skipped, mine.skipped, theirs.skipped), kept);
    return { ...theirs, kept, skipped, seen: mergeSeen(mine.seen, theirs.seen) };
  }

  /** The later day counts; what was opened since the same day adds up. */
  function mergeSeen(mine, theirs) {
    if (!mine || !theirs) return mine ?? theirs;
    if (mine.until !== theirs.until) return mine.until > theirs.until ? mine : theirs;
    return { ...theirs, opened: [...new Set([...theirs.opened, ...mine.opened])] };
  }

  function mergeLists(base, mine, theirs) {
    const [was, here, there] = [base, mine, theirs].map(byKey);
    const order = isReordered(base, mine) ? [...mine, ...theirs] : [...theirs, ...mine];
    const merged = [];
    for (const key of byKey(order).keys()) {
      const [one, other] = [here.get(key), there.get(key)];
      if (one && other) merged.push(mergeEntries(was.get(key) ?? {}, one, other));
      else if (!was.has(key)) merged.push(one ?? other);
    }
    return merged;
  }

  function mergeEntries(base, mine, theirs) {
    const changed = Object.entries(mine).filter(([name, value]) => !isSame(value, base[name]));
    return { ...theirs, ...Object.fromEntries(changed) };
  }

  function isReordered(base, mine) {
    const [was, now] = [byKey(base), byKey(mine)];
    const common = (list, other) => list.map((each) => each.key).filter((key) => other.has(key));
    return !isSame(common(base, now), common(mine, was));
  }

  const isSame = (one, other) => JSON.stringify(one) === JSON.stringify(other);

  /** Keep papers that are not kept yet, from a place on (the end, if none is given). */
  function keep(shelf, papers, place = shelf.kept.length) {
    const added = without(entries(papers), shelf.kept);
    const kept = [...shelf.kept.slice(0, place), ...added, ...shelf.kept.slice(place)];
    return { ...shelf, kept, skipped: without(shelf.skipped, added) };
  }

  /** Skip a paper; one that is kept stays kept. */
  function skip(shelf, paper) {
    const added = without(entries([paper]), [...shelf.kept, ...shelf.skipped]);
    return { ...shelf, skipped: [...shelf.skipped, ...added] };
  }

  const drop = (shelf, key) => ({ ...shelf, kept: without(shelf.kept, [{ key }]) });
  const unskip = (shelf, key) => ({ ...shelf, skipped: without(shelf.skipped, [{ key }]) });

  /** Move a kept paper to a place, from 0. */
  function move(shelf, key, place) {
    const moved = shelf.kept.filter((each) => each.key === key);
    const rest = without(shelf.kept, moved);
    return { ...shelf, kept: [...rest.slice(0, place), ...moved, ...rest.slice(place)] };
  }

  /** Change fields of a kept paper; with a new key it takes the place of one that has it already. */
  function change(shelf, key, fields) {
    const former = shelf.kept.find((each) => each.key === fields.key && each.key !== key);
    const kept = without(shelf.kept, former ? [former] : []).map((each) => {
      if (each.key !== key) return each;
      const notes = [each.note, former?.note].filter(Boolean);
      const both = former && { read: each.read || former.read, note: notes.join("\n") };
      return { ...each, ...both, ...fields };
    });
    return { ...shelf, kept };
  }

  /** Say why a paper is skipped. */
  function reason(shelf, key, note) {
    const skipped = shelf.skipped.map((each) => (each.key === key ? { ...each, note } : each));
    return { ...shelf, skipped };
  }

  /** A former key gives way to the paper's own; the title that the reader knew stays. */
  function rename(shelf, former, { key, id, permalink }) {
    const own = { key, id, permalink };
    const kept = change(shelf, former, own).kept;
    const renamed = shelf.skipped.map((each) => (each.key === former ? { ...each, ...own } : each));
    return { ...shelf, kept, skipped: without([...byKey(renamed).values()], kept) };
  }

  /** All papers up to this day are seen. */
  const see = (shelf, until) => ({ ...shelf, seen: { until, opened: [] } });

  /** A paper is seen. */
  function open(shelf, key) {
    if (!shelf.seen) return shelf;
    const opened = [...shelf.seen.opened.filter((each) => each !== key), key].slice(-MOST_OPENED);
    return { ...shelf, seen: { ...shelf.seen, opened } };
  }

  /** Add what another shelf holds; where both know a paper, the reader's own words stay. */
  const absorb = (shelf, other) => merge(empty(), shelf, other);

  conspectus.shelf = {
    empty, read, write, merge, keep, skip, drop, unskip, move, change, reason, rename, see, open, absorb,
  };
})();
