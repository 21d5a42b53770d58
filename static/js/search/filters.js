"use strict";
/* What narrows a query in; which papers pass out. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const { tolerant } = conspectus.lists;

  const FACETS = ["topic", "year", "venue", "code"];

  /** Every paper that the filters leave, for a query of filters alone. */
  async function everything(query, isWanted) {
    if (query.filters.length === 0 || query.units.length > 0) return conspectus.rank.unranked([]);
    const facets = await Promise.all(FACETS.map(conspectus.index.facet));
    const numbers = new Set(facets.flatMap((facet) => [...facet.values()].flatMap((list) => Array.from(list))));
    return conspectus.rank.unranked([...numbers].filter(isWanted));
  }

  /** Whether a paper passes the filters of the query's text and of the page. */
  async function wanted(typed, chosen, entry, state) {
    const filters = typed.concat(Object.entries(chosen)
      .filter(([kind, value]) => FACETS.includes(kind) && value !== undefined && value !== "" && value !== false)
      .map(([kind, value]) => kind === "code"
        ? { kind: "has", value: "code", isExcluded: false }
        : { kind, value: String(value), isExcluded: false }));
    const sets = await Promise.all(filters.map(async (filter) => ({
      isExcluded: filter.isExcluded, members: await tolerant(membersOf(filter, entry), state, null),
    })));
    const known = sets.filter(({ members }) => members !== null);
    return (number) => known.every(({ members, isExcluded }) => members.has(number) !== isExcluded);
  }

  async function membersOf({ kind, value }, entry) {
    const facet = await conspectus.index.facet(kind === "has" ? "code" : kind);
    const isMember = { topic: topicTest, year: yearTest, has: codeTest, venue: venueTest }[kind](value, entry);
    return new Set([...facet].filter(([name]) => isMember(name)).flatMap(([, numbers]) => Array.from(numbers)));
  }

  const codeTest = (value) => () => value.toLowerCase() === "code";

  function yearTest(value) {
    const [, from, dots, to] = /^(\d{0,4})(\.\.|-)?(\d{0,4})$/.exec(value) || [];
    const first = Number(from || 0);
    const last = dots ? Number(to || 9999) : first;
    return (year) => Number(year) >= first && Number(year) <= last;
  }

  function venueTest(value) {
    const wantedText = conspectus.text.fold(value);
    return (venue) => conspectus.text.fold(venue).includes(wantedText);
  }

  /** A topic by its id or by words of its label, the last one as a beginning; sub-topics belong to it. */
  function topicTest(value, entry) {
    const wantedWords = conspectus.text.plainWords(conspectus.text.runs(value));
    const isNamed = (label) => {
      const words = conspectus.text.plainWords(conspectus.text.runs(label));
      return wantedWords.length > 0 && wantedWords.every((one) => words.some((word) => word.startsWith(one)));
    };
    const byId = entry.topics.filter(([id]) => id === value);
    const named = entry.topics.filter(([, label]) => isNamed(label));
    const chosen = new Set((byId.length > 0 ? byId : named).map(([id]) => id));
    const parents = new Map(entry.topics.map(([id, , parent]) => [id, parent]));
    return (topic) => {
      for (let at = topic, steps = 0; at && steps < 20; at = parents.get(at), steps += 1) {
        if (chosen.has(at)) return true;
      }
      return false;
    };
  }

  conspectus.filters = { wanted, everything };
})();
