"use strict";
/* A query in; results, corrections and what was missing out. The page and others' scripts ask here. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  const LIMIT = 20;
  const MOST_REMEMBERED = 3_000_000;
  const OBJECT = 16;
  const FACETS = ["topic", "year", "venue", "code"];
  const COMPLETIONS = 8;
  const CORRECTIONS = 3;
  const COMPLETED = 0.9;
  const COMPLETED_BESIDE = 0.5;
  const CORRECTED = 0.7;
  const PART_OF_WHOLE = 0.3;
  const RAREST = 3;
  const SHARDS = 3;
  const MOST_VERIFIED = 200;
  const FEW = 2;
  const FIRST = 10;
  const MOST_SMALL = 16_000;
  const SELDOM = 100;
  const LIKELIER = 4;
  const SUGGESTIONS = 4;

  /**
   * @typedef {object} Filters
   * @property {string} [topic] A topic's id; its sub-topics count.
   * @property {string | number} [year] 2024 or 2024..2025.
   * @property {string} [venue]
   * @property {boolean | string} [code] Only papers with code.
   */

  /**
   * The papers that answer a query, best first.
   * @param {string} query
   * @param {{limit?: number, filters?: Filters}} [options]
   * @returns {Promise<{id: string, score: number}[]>}
   */
  conspectus.search = async function search(query, options) {
    const { limit = LIMIT, ...rest } = options ?? {};
    return conspectus.index.steadily(async () => {
      const answer = await find(query ?? "", rest);
      const papers = await Promise.all(answer.first.slice(0, Math.max(limit, 0)).map(withId));
      return papers.filter(Boolean);
    });
  };

  async function withId({ number, score }) {
    const paper = await conspectus.index.paper(number);
    return paper && { id: paper.id, score: Math.round(score * 1e4) / 1e4 };
  }

  /**
   * Everything that the search page shows of a query.
   * @param {string} query
   * @param {{filters?: Filters, isVerbatim?: boolean, isByDate?: boolean}} [options]
   * @returns {Promise<import("./rank.js").Ranking & {
   *   terms: {set: Set<string>, stem: (word: string) => string}, corrections: {from: string, to: string}[],
   *   suggestions: string[], isPartial: boolean}>}
   */
  const find = (query, options = {}) => conspectus.index.steadily(async () => {
    const entry = await conspectus.index.open();
    if (entry !== answered) answers.clear(); // their numbers mean other papers now
    answered = entry;
    const name = JSON.stringify([String(query), options.filters, options.isVerbatim, options.isByDate]);
    return answers.get(name) ?? remembered(name, await attempt(String(query), options));
  });

  const answers = new Map();
  let answered = null;
  /** Keep the latest answers, as many as fit: readers come back to them. */
  function remembered(name, answer) {
    if (answer.isPartial) return answer;
    answers.set(name, answer);
    let size = 0;
    for (const [other, { numbers, first }] of [...answers].reverse()) {
      size += numbers.length + OBJECT * first.length;
      if (size > MOST_REMEMBERED) answers.delete(other);
    }
    return answer;
  }

  async function attempt(text, options) {
    const entry = await conspectus.index.open();
    const stem = conspectus.stemmer(entry.stems);
    const query = conspectus.parse(text.toWellFormed ? text.toWellFormed() : text, stem);
    const state = { isPartial: false, corrections: [], suggestions: [], isVerbatim: options.isVerbatim };
    state.isShort = query.units.length <= RAREST && query.units.every(({ field }) => field !== "title");
    if (!state.isShort) expectLong(query.units).catch(() => {}); // meanwhile
    const [isWanted, ...words] = await Promise.all([
      wanted(query.filters, options.filters || {}, entry, state), ...query.units.map((unit) => soughtFor(unit, state)),
    ]);
    const sought = words.flat();
    const asked = sought.filter((word) => !word.unit.isExcluded);
    await completeLists(sought, state);
    const excluded = new Set(sought
      .filter((word) => word.unit.isExcluded && word.isCounted && !word.unit.isQuoted)
      .flatMap((word) => ownersOf(word, entry)));
    const passes = (number) => isWanted(number) && !excluded.has(number);
    let ranking = asked.length > 0
      ? conspectus.rank.ranked(asked, entry, passes)
      : await everything(query, isWanted);
    if (ranking.first[0]?.isTitle === false && await respelled(asked, entry, state)) {
      ranking = conspectus.rank.ranked(asked, entry, passes);
    }
    if (ranking.first[FIRST]?.isTitle && query.smallWords.length > 0) {
      ranking = conspectus.rank.ranked(asked.concat(await smallWords(query, state)), entry, passes);
    }
    ranking = await inOrder(ranking, query, asked, entry, state);
    ranking = options.isByDate ? await newestFirst(ranking, state) : await titlesFirst(ranking, text, state);
    const isAsTyped = !state.isVerbatim && state.corrections.length === 0;
    const count = ranking.numbers.length;
    if (count === 0 || (count <= FEW && isAsTyped)) {
      state.suggestions = await suggestions(text, asked, count === 0, state);
    }
    return { ...ranking, terms: termsOf(asked, entry), ...state };
  }

  const ownersOf = (word, { weak }) =>
    word.options.flatMap(({ postings }) => [...conspectus.postings.owners(postings, weak, word.inTitle)]);

  /** The terms that a result may have been found by, for highlighting. */
  function termsOf(asked, entry) {
    const names = asked.flatMap((word) => word.options.map((option) => option.term));
    const set = new Set(names.map((term) => term.replace(/^@/, "")));
    return { set, stem: conspectus.stemmer(entry.stems) };
  }

  /** What may have been meant where little was found: the query with a rare word replaced. */
  async function suggestions(text, asked, isNothing, state) {
    const found = [];
    for (const { unit, options } of asked.filter((word) => word.isCounted)) {
      const typed = conspectus.text.wordsOf(unit.run)[0];
      const known = options.reduce((sum, { postings }) => sum + postings.papers, 0);
      if (!typed || known > FEW) continue;
      const entries = await tolerant(conspectus.index.wordsNear(typed), state, []);
      const level = entries.find(({ word }) => word === typed)?.level ?? -1;
      const near = conspectus.nearest.corrections(entries, typed, SUGGESTIONS, false, isNothing ? 1 : 0);
      const better = near.filter((entry) => isNothing || (entry.steps === 1 && entry.level > level + 1));
      found.push(...better.map(({ word }) => conspectus.text.fold(text).replace(unit.run, word)));
    }
    return [...new Set(found)].slice(0, SUGGESTIONS);
  }

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

  /** The words that a unit of the query stands for, each with its spellings. */
  async function soughtFor(unit, state) {
    if (unit.isOpen) wordsFrom(conspectus.text.wordsOf(unit.run).at(-1), state).catch(() => {}); // meanwhile
    const word = (options, weight = 1, isCounted = true) => ({
      unit, options, weight, isCounted, inTitle: unit.field === "title",
    });
    if (unit.field === "author") {
      const names = conspectus.text.wordsOf(unit.run);
      const lists = await Promise.all(names.map((name) => listOf(`@${name}`, state)));
      return lists.map((list) => word(list ? [{ ...list, factor: 1 }] : []));
    }
    const [whole, ...parts] = await Promise.all([unit.whole, ...unit.parts].map((term) => term && listOf(term, state)));
    const last = unit.parts.length - 1;
    if (whole) {
      const support = parts.filter(Boolean).map((list) => word([{ ...list, factor: 1 }], PART_OF_WHOLE, false));
      return [word([{ ...whole, factor: 1 }]), ...support];
    }
    if (/[+#]$/.test(unit.whole)) return [word([])]; // C++ without its signs would be any C
    const found = parts.map((list, i) => spelled(unit, i, i === last && unit.isOpen, list, state));
    const isSmall = unit.isOpen && unit.isSupported && conspectus.text.beginsStop(unit.run);
    return (await Promise.all(found)).map((options) => word(options, isSmall ? PART_OF_WHOLE : 1, !isSmall));
  }

  const listOf = async (term, state) => {
    const { postings, allPostings } = conspectus.index;
    const list = await tolerant((state.isShort ? allPostings : postings)(term), state, null);
    return list && { term, postings: list };
  };

  /** The term itself, what it may be the beginning of, or else what it may be a slip for. */
  async function spelled(unit, place, isOpen, list, state) {
    const typed = conspectus.text.wordsOf(unit.run)[place] ?? unit.parts[place];
    const options = list ? [{ ...list, factor: 1 }] : [];
    if (isOpen && typed.length > 1) options.push(...(await completed(typed, list, state)));
    else if (list && unit.isSupported && !unit.isQuoted && !state.isVerbatim) {
      options.push(...(await likelier(typed, list, state)));
    }
    if (options.length > 0 || unit.isExcluded || unit.isQuoted || state.isVerbatim) return options;
    return corrected(typed, isOpen, state);
  }

  const wordsFrom = (typed = "", state) => typed.length > 1
    ? tolerant(conspectus.index.wordsFrom(typed, SHARDS), state, []) : Promise.resolve([]);

  async function completed(typed, list, state) {
    const entries = await wordsFrom(typed, state);
    const words = conspectus.nearest.completions(entries, typed, COMPLETIONS).map(({ word }) => word);
    return optionsFor(words.filter((word) => word !== typed), list, list ? COMPLETED_BESIDE : COMPLETED, state);
  }

  /** For a word that hardly any paper has: words that many have and that are one slip away. */
  async function likelier(typed, list, state) {
    if (list.postings.papers > FEW || typed.length < 5) return [];
    const entries = await tolerant(conspectus.index.wordsNear(typed), state, []);
    const near = conspectus.nearest.corrections(entries, typed, CORRECTIONS, false);
    const words = near.filter(({ steps, level }) => steps === 1 && level >= LIKELIER);
    return optionsFor(words.slice(0, 1).map(({ word }) => word), list, CORRECTED ** 2, state);
  }

  /**
   * Where no title holds all words: a word that no paper has, though its stem is known (`baed` has
   * the stem of `BA`), may be a slip for one that more papers have. Whether any was found.
   */
  async function respelled(asked, { papers }, state) {
    if (state.isVerbatim) return false;
    const most = Math.max(SELDOM, papers / SELDOM); // a word of more papers is no slip
    const found = await Promise.all(asked.map(async (word) => {
      const { unit, options } = word;
      const typed = conspectus.text.wordsOf(unit.run)[0] ?? "";
      if (unit.isQuoted || unit.isOpen || !unit.isSupported || unit.parts.length !== 1) return false;
      if (typed.length < 4 || options.length !== 1 || options[0].factor !== 1) return false;
      if (options[0].postings.papers > most) return false;
      const around = await tolerant(conspectus.index.wordsAround(typed), state, []);
      if (around.length === 0 || around.some((entry) => entry.word === typed)) return false;
      const near = await nearWords(typed, state);
      const least = Math.log2(options[0].postings.papers);
      const likely = near.filter(({ steps, level }) => steps === 1 && level >= least).slice(0, 1);
      const more = await optionsFor(likely.map((entry) => entry.word), options[0], CORRECTED, state);
      options.push(...more);
      return more.length > 0;
    }));
    return found.some(Boolean);
  }

  /** Small words as they stand in titles, the rarer ones: they tell apart titles that hold all others. */
  async function smallWords(query, state) {
    const terms = await tolerant(byPapers(query.smallWords.map(({ parts }) => parts[0])), state, []);
    let left = MOST_SMALL;
    const chosen = terms.filter(({ papers }) => (left -= papers) >= 0);
    const lists = await Promise.all(chosen.map(({ term }) => listOf(term, state)));
    return lists.filter(Boolean).map((list) => ({
      unit: {}, options: [{ ...list, factor: 1 }], weight: PART_OF_WHOLE, isCounted: false, inTitle: true,
    }));
  }

  /** The words nearest to a mistyped one. */
  async function nearWords(typed, state) {
    const entries = await tolerant(conspectus.index.wordsNear(typed), state, []);
    const near = conspectus.nearest.corrections(entries, typed, CORRECTIONS, false);
    if (near[0]?.steps === 1 || typed.length < 4) return near;
    const more = await tolerant(conspectus.index.wordsFarther(typed), state, []);
    return conspectus.nearest.corrections(entries.concat(more), typed, CORRECTIONS, false);
  }

  async function corrected(typed, isOpen, state) {
    const entries = await tolerant(conspectus.index.wordsNear(typed), state, []);
    let near = await nearWords(typed, state);
    if (near.length === 0 && isOpen) near = conspectus.nearest.corrections(entries, typed, CORRECTIONS, true);
    if (near.length === 0) return [];
    const nearest = near.filter(({ steps }) => steps === near[0].steps);
    state.corrections.push({ from: typed, to: near[0].word });
    return optionsFor(nearest.map(({ word }) => word), null, CORRECTED ** near[0].steps, state);
  }

  async function optionsFor(words, known, factor, state) {
    const stem = conspectus.stemmer((await conspectus.index.open()).stems);
    const terms = new Set(words.flatMap((word) => conspectus.text.token(word, stem).parts));
    if (known) terms.delete(known.term);
    const lists = await Promise.all([...terms].map((term) => listOf(term, state)));
    return lists.filter(Boolean).map((list) => ({ ...list, factor }));
  }

  /**
   * Long lists are read to their end only for the rarest words: what is in most abstracts decides
   * nothing beside them, and its titles are known already.
   */
  async function completeLists(sought, state) {
    const count = (word) => word.options.reduce((sum, { postings }) => sum + postings.papers, 0);
    const rarest = sought.filter((word) => word.isCounted).sort((a, b) => count(a) - count(b));
    const complete = async (option) => {
      const list = await tolerant(conspectus.index.allPostings(option.term), state, null);
      if (list) option.postings = list;
    };
    const needed = new Set(rarest.slice(0, RAREST).concat(sought.filter((word) => word.unit.isExcluded)));
    await Promise.all([...needed].flatMap((word) => word.inTitle ? [] : word.options.map(complete)));
  }

  /** Begin to fetch the long lists of which that will be true, as far as the entry file and its parts tell. */
  async function expectLong(units) {
    const terms = units.filter(({ field, isExcluded }) => field === "" && !isExcluded)
      .map(({ whole, parts }) => whole || parts[0]);
    const rarest = await byPapers(terms);
    await Promise.all(rarest.slice(0, RAREST).map(({ term }) => conspectus.index.expect(term)));
  }

  /** Terms with the number of papers that have them, the fewest first; 0 stands for few. */
  async function byPapers(terms) {
    const counted = terms.map(async (term) => ({ term, papers: (await conspectus.index.common(term))?.papers ?? 0 }));
    return (await Promise.all(counted)).sort((a, b) => a.papers - b.papers);
  }

  /** Papers that hold every quoted phrase, and none that is excluded. */
  async function inOrder(ranking, query, asked, entry, state) {
    const phrases = query.phrases.filter((phrase) => phrase.runs.length > 0 && phrase.field !== "author");
    if (phrases.length === 0) return ranking;
    const needed = asked.filter((word) => word.unit.isQuoted && word.isCounted);
    const sets = needed.map((word) => new Set(ownersOf(word, entry)));
    const candidates = ranking.numbers.filter((number) => sets.every((set) => set.has(number)));
    const verified = candidates.subarray(0, MOST_VERIFIED);
    const isRight = await Promise.all(Array.from(verified, async (number) => {
      const texts = await textsOf(number, state);
      return phrases.every((phrase) => {
        const places = phrase.field === "title" ? texts.slice(0, 1) : texts;
        return places.some((text) => holds(text, phrase.runs)) !== phrase.isExcluded;
      });
    }));
    const isOnlyExcluded = phrases.every((phrase) => phrase.isExcluded);
    const kept = new Set(verified.filter((_, i) => isRight[i]));
    if (isOnlyExcluded) for (const number of candidates.subarray(MOST_VERIFIED)) kept.add(number);
    return conspectus.rank.only(ranking, (number) => kept.has(number));
  }

  /**
   * Among the first results whose titles hold every word asked for, those that hold the very words
   * typed, small ones and endings included, come first: stems and postings do not tell them apart.
   */
  async function titlesFirst(ranking, text, state) {
    const typed = wordsIn(conspectus.text.runs(text));
    const first = ranking.first.slice(0, FIRST).filter(({ isTitle }) => isTitle);
    if (first.length < 2 || typed.length < 2) return ranking;
    const agreeing = await Promise.all(first.map(async (result) => {
      const paper = await tolerant(conspectus.index.paper(result.number), state, null);
      return { result, agreement: paper ? agreement(typed, wordsIn(conspectus.text.runs(paper.title))) : 0 };
    }));
    agreeing.sort((a, b) => b.agreement - a.agreement);
    const others = ranking.first.filter((result) => !first.includes(result));
    const sorted = agreeing.map(({ result }) => result).concat(others);
    return conspectus.rank.ordered(sorted, ranking.numbers.subarray(sorted.length));
  }

  /** By year, best first within each; papers without one come last. */
  async function newestFirst(ranking, state) {
    const years = new Map();
    for (const [year, numbers] of await tolerant(conspectus.index.facet("year"), state, new Map())) {
      for (const number of numbers) years.set(number, Number(year));
    }
    return conspectus.rank.sortedBy(ranking, (number) => years.get(number) ?? 0);
  }

  /** How many typed words a title has, the last one as a beginning, and half of their pairs in order. */
  function agreement(typed, title) {
    const known = new Set(title);
    const last = typed[typed.length - 1];
    const pairs = new Set(title.slice(1).map((word, i) => `${title[i]} ${word}`));
    let sum = title.some((word) => word.startsWith(last)) ? 1 : 0;
    typed.slice(0, -1).forEach((word, i) => {
      if (known.has(word)) sum += 1;
      if (pairs.has(`${word} ${typed[i + 1]}`)) sum += 0.5;
    });
    return sum;
  }

  async function textsOf(number, state) {
    const paper = await tolerant(conspectus.index.paper(number), state, null);
    const passages = await tolerant(conspectus.index.passages(number), state, null);
    return [paper?.title ?? "", ...(passages ? passages.sentences : [])];
  }

  const wordsIn = (runs) => runs.flatMap((run) => {
    const words = conspectus.text.wordsOf(run);
    return words.length > 0 ? words : Array.from(run);
  });

  function holds(text, runs) {
    const words = wordsIn(conspectus.text.runs(text));
    const phrase = wordsIn(runs);
    return words.some((_, at) => phrase.every((word, i) => words[at + i] === word));
  }

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
    const wantedWords = wordsIn(conspectus.text.runs(value));
    const isNamed = (label) => {
      const words = wordsIn(conspectus.text.runs(label));
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

  conspectus.find = find;
})();
