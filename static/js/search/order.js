"use strict";
/* A ranking in; the same by what postings do not tell out: phrases, the very words of titles, dates. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const { tolerant, owners } = conspectus.lists;

  const MOST_VERIFIED = 200;
  const FIRST = 10;
  /** From where to where results are looked at together. */
  const TRIED = [[0, 1], [1, 4]];

  /** Papers that hold every quoted phrase, and none that is excluded. */
  async function inOrder(ranking, query, asked, entry, state) {
    const phrases = query.phrases.filter((phrase) => phrase.runs.length > 0 && phrase.field !== "author");
    if (phrases.length === 0) return ranking;
    const needed = asked.filter((word) => word.unit.isQuoted && word.isCounted);
    const sets = needed.map((word) => new Set(owners(word, entry)));
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
   * The records of the first `wanted`, up to `FIRST`, are fetched at the same time.
   */
  async function titlesFirst(ranking, query, state, wanted) {
    const typed = wordsOf(query, state);
    const first = ranking.first.slice(0, FIRST).filter(({ isTitle }) => isTitle);
    if (first.length < 2 || typed.length < 2) return ranking;
    const drawn = ranking.first.slice(0, Math.min(Math.max(wanted, 0), FIRST));
    for (const { number } of drawn) conspectus.index.paper(number).catch(() => {});
    const agreeing = await Promise.all(first.map(async (result) => ({
      result, agreement: agreement(typed, await titleOf(result, state)),
    })));
    agreeing.sort((a, b) => b.agreement - a.agreement);
    const others = ranking.first.filter((result) => !first.includes(result));
    const sorted = agreeing.map(({ result }) => result).concat(others);
    return conspectus.rank.ordered(sorted, ranking.numbers.subarray(sorted.length));
  }

  /**
   * The first result with whose title no other could agree better; null if none of the first few
   * is it. Their records are fetched in the steps of `TRIED`, since mostly the first is.
   */
  async function bestAgreeing({ first }, query, state) {
    const typed = wordsOf(query, state);
    if (first.length < 2 || typed.length < 2) return first[0] ?? null;
    const most = agreement(typed, typed);
    for (const [from, to] of TRIED) {
      const tried = first.slice(from, to);
      const titles = await Promise.all(tried.map((result) => titleOf(result, state)));
      const place = titles.findIndex((title) => agreement(typed, title) === most);
      if (place >= 0) return tried[place];
    }
    return null;
  }

  /** The words typed, or what they were taken for. */
  function wordsOf({ typed }, { corrections }) {
    const meant = new Map(corrections.map(({ from, to }) => [from, to]));
    return conspectus.text.plainWords(conspectus.text.runs(typed)).map((word) => meant.get(word) ?? word);
  }

  async function titleOf({ number }, state) {
    const paper = await tolerant(conspectus.index.paper(number), state, null);
    return paper ? conspectus.text.plainWords(conspectus.text.runs(paper.title)) : [];
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
    const begins = (word, i) => i === typed.length - 1 ? (other) => other.startsWith(word) : (other) => other === word;
    let sum = 0;
    typed.forEach((word, i) => {
      const is = begins(word, i);
      if (title.some(is)) sum += 1;
      if (i > 0 && title.some((other, at) => at > 0 && title[at - 1] === typed[i - 1] && is(other))) sum += 0.5;
    });
    return sum;
  }

  async function textsOf(number, state) {
    const paper = await tolerant(conspectus.index.paper(number), state, null);
    const passages = await tolerant(conspectus.index.passages(number), state, null);
    return [paper?.title ?? "", ...(passages ? passages.sentences : [])];
  }

  function holds(text, runs) {
    const words = conspectus.text.plainWords(conspectus.text.runs(text));
    const phrase = conspectus.text.plainWords(runs);
    return words.some((_, at) => phrase.every((word, i) => words[at + i] === word));
  }

  conspectus.order = { FIRST, inOrder, titlesFirst, bestAgreeing, newestFirst };
})();
