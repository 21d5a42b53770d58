"use strict";
/* A unit of a query in; the words that it may stand for out: as typed, completed or corrected. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const { tolerant, listOf, byPapers } = conspectus.lists;

  const COMPLETIONS = 8;
  const CORRECTIONS = 3;
  const COMPLETED = 0.9;
  const COMPLETED_BESIDE = 0.5;
  const CORRECTED = 0.7;
  const PART_OF_WHOLE = 0.3;
  const SHARDS = 3;
  const FEW = 2;
  const LIKELIER = 4;
  const SUGGESTIONS = 4;
  const MOST_SMALL = 16_000;
  const SELDOM = 100;

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
    const terms = tellingParts(unit);
    const [whole, ...parts] = await Promise.all([unit.whole, ...terms].map((term) => term && listOf(term, state)));
    const last = terms.length - 1;
    if (whole) {
      const support = parts.filter(Boolean).map((list) => word([{ ...list, factor: 1 }], PART_OF_WHOLE, false));
      return [word([{ ...whole, factor: 1 }]), ...support];
    }
    if (/[+#]$/.test(unit.whole)) return [word([])]; // C++ without its signs would be any C
    const found = parts.map((list, i) => terms[i] && spelled(unit, i, i === last && unit.isOpen, list, state));
    const isSmall = unit.isOpen && unit.isSupported && conspectus.text.beginsStop(unit.run);
    const spellings = (await Promise.all(found)).filter(Boolean);
    return spellings.map((options) => word(options, isSmall ? PART_OF_WHOLE : 1, !isSmall));
  }

  /** The terms of a unit; in place of the small words of a compound (`of` in state-of-the-art), nothing. */
  function tellingParts({ parts, isOpen }) {
    const isSmall = (term, i) => conspectus.text.isStop(term) && !(isOpen && i === parts.length - 1);
    return parts.every(isSmall) ? parts : parts.map((term, i) => (isSmall(term, i) ? "" : term));
  }

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

  /** What may have been meant where little was found: the query with a rare word replaced. */
  async function suggestions(text, asked, count, state) {
    const isNothing = count === 0;
    if (count > FEW || (!isNothing && (state.isVerbatim || state.corrections.length > 0))) return [];
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

  conspectus.spellings = { soughtFor, respelled, smallWords, suggestions };
})();
