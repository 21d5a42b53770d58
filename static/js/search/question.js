"use strict";
/* A query in; its best papers, as soon as no list that is still unread could displace them, and then
   the whole answer, out. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const { lists, spellings, order, filters } = conspectus;

  /** A result takes as much room as so many numbers, about. */
  const OBJECT = 16;

  /**
   * @typedef {import("./rank.js").Ranking & {terms: {set: Set<string>, stem: (word: string) => string},
   *   corrections: {from: string, to: string}[], suggestions: string[], isPartial: boolean}} Answer
   */

  /** A query under way. What it once was asked for it remembers; nothing is read before that. */
  class Question {
    /** @param {{filters?: object, isVerbatim?: boolean, isByDate?: boolean}} options */
    constructor(text, options, entry) {
      this.query = conspectus.parse(text, conspectus.stemmer(entry.stems));
      this.options = options;
      this.entry = entry;
      this.size = 0;
      this.state = {
        isPartial: false, corrections: [], isVerbatim: options.isVerbatim, isShort: lists.areFew(this.query.units),
      };
    }

    /**
     * Its first papers in their final order, known by their titles alone; or none.
     * @returns {Promise<{first: import("./rank.js").Ranking["first"], terms: Answer["terms"]}>}
     */
    leaders() {
      this.leading ??= this.#kept(this.#lead());
      return this.leading;
    }

    /**
     * All that the search page shows of it. The records of the first `wanted` papers are on their way.
     * @returns {Promise<Answer>}
     */
    whole(wanted = order.FIRST) {
      this.answering ??= this.#kept(this.#answered(wanted));
      return this.answering;
    }

    /** A failure leaves the question partial, so that it is asked anew. */
    #kept(promise) {
      promise.catch(() => { this.state.isPartial = true; });
      return promise;
    }

    async #begin() {
      const { query, state, entry, options } = this;
      lists.expect(query.units, state).catch(() => {}); // meanwhile
      const [isWanted, ...words] = await Promise.all([
        filters.wanted(query.filters, options.filters || {}, entry, state),
        ...query.units.map((unit) => spellings.soughtFor(unit, state)),
      ]);
      const sought = words.flat();
      return { sought, asked: sought.filter((word) => !word.unit.isExcluded), isWanted };
    }

    #begun() {
      this.beginning ??= this.#begin();
      return this.beginning;
    }

    async #lead() {
      const { query, state, entry, options } = this;
      const { sought, asked, isWanted } = await this.#begun();
      const hangsOnMore = options.isByDate || query.phrases.length > 0 || asked.length < sought.length;
      const known = { terms: termsOf(asked, entry), corrections: state.corrections };
      if (asked.length === 0 || hangsOnMore) return { first: [], ...known };
      const ranking = await this.#told(asked, isWanted, conspectus.rank.ranked(asked, entry, isWanted));
      const first = conspectus.rank.certain(ranking, order.FIRST);
      const best = await order.bestAgreeing({ first: first.slice(0, order.FIRST) }, query, state);
      if (best) return { first: [best], ...known };
      const held = await order.titlesFirst({ ...ranking, first }, query, state, 0);
      return { first: held.first.slice(0, order.FIRST), ...known };
    }

    async #answered(wanted) {
      const { query, state, entry, options } = this;
      const { sought, asked, isWanted } = await this.#begun();
      await lists.complete(sought, state);
      const found = asked.length > 0
        ? await this.#ranked(asked, admitted(sought, isWanted, entry))
        : await filters.everything(query, isWanted);
      const held = await order.inOrder(found, query, asked, entry, state);
      const ranking = options.isByDate
        ? await order.newestFirst(held, state) : await order.titlesFirst(held, query, state, wanted);
      const suggestions = await spellings.suggestions(query.typed, asked, ranking.numbers.length, state);
      this.size = ranking.numbers.length + OBJECT * ranking.first.length;
      return { ...ranking, terms: termsOf(asked, entry), suggestions, ...state };
    }

    /** The ranking; once more where no title holds all words. */
    async #ranked(asked, passes) {
      const { state, entry } = this;
      let ranking = conspectus.rank.ranked(asked, entry, passes);
      if (ranking.first[0]?.isTitle === false && await spellings.respelled(asked, entry, state)) {
        await lists.complete(asked, state);
        ranking = conspectus.rank.ranked(asked, entry, passes);
      }
      return this.#told(asked, passes, ranking);
    }

    /** A ranking in which more titles hold all words than are told apart: by the small words, too. */
    async #told(asked, passes, ranking) {
      const { query, state, entry } = this;
      if (!ranking.first[order.FIRST]?.isTitle || query.smallWords.length === 0) return ranking;
      const small = await spellings.smallWords(query, state);
      return conspectus.rank.ranked(asked.concat(small), entry, passes);
    }
  }

  /** Whether a paper passes the filters and has none of the words that are excluded. */
  function admitted(sought, isWanted, entry) {
    const excluded = new Set(sought
      .filter((word) => word.unit.isExcluded && word.isCounted && !word.unit.isQuoted)
      .flatMap((word) => lists.owners(word, entry)));
    return (number) => isWanted(number) && !excluded.has(number);
  }

  /** The terms that a result may have been found by, for highlighting. */
  function termsOf(asked, entry) {
    const names = asked.flatMap((word) => word.options.map((option) => option.term));
    const set = new Set(names.map((term) => term.replace(/^@/, "")));
    return { set, stem: conspectus.stemmer(entry.stems) };
  }

  conspectus.Question = Question;
})();
