"use strict";
/* A ranking in; the same by what postings do not tell out: phrases, the very words of titles, dates. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const { tolerant, owners } = conspectus.lists;

  const MOST_VERIFIED = 200;
  const FIRST = 10;

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
   */
  async function titlesFirst(ranking, text, state) {
    const typed = conspectus.text.plainWords(conspectus.text.runs(text));
    const first = ranking.first.slice(0, FIRST).filter(({ isTitle }) => isTitle);
    if (first.length < 2 || typed.length < 2) return ranking;
    for (const { number } of ranking.first.slice(0, FIRST)) conspectus.index.paper(number).catch(() => {}); // all at one time
    const agreeing = await Promise.all(first.map(async (result) => {
      const paper = await tolerant(conspectus.index.paper(result.number), state, null);
      return { result, agreement: paper ? agreement(typed, conspectus.text.plainWords(conspectus.text.runs(paper.title))) : 0 };
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

  function holds(text, runs) {
    const words = conspectus.text.plainWords(conspectus.text.runs(text));
    const phrase = conspectus.text.plainWords(runs);
    return words.some((_, at) => phrase.every((word, i) => words[at + i] === word));
  }

  conspectus.order = { FIRST, inOrder, titlesFirst, newestFirst };
})();
