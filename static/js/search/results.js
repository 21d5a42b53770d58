"use strict";
/* Numbers of papers in; rows of results, drawn best first as their records come, out. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const word = conspectus.word;

  const COLOURS = 12;
  const SHAPES = 8;
  const ROOT = document.documentElement.dataset.root || "";

  /** @typedef {{row: HTMLElement, paper: object, terms: {set: Set<string>, stem: (word: string) => string}}} Row */

  function made(name, properties = {}, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  const byRoot = (permalink) => ROOT + permalink.split("/").map(encodeURIComponent).join("/");

  /**
   * A drawing under way: each row stands as soon as its record and those of the rows above it are
   * there, so that no row moves. A paper whose record is missing has none.
   */
  class Drawing {
    /**
     * @param {HTMLElement} list
     * @param {() => boolean} isCurrent Whether it is still wanted; else nothing more is drawn.
     * @param {() => void} begin Called before the first row is added.
     */
    constructor(list, isCurrent, begin = () => {}) {
      Object.assign(this, { list, isCurrent, begin });
      /** @type {Row[]} */
      this.rows = [];
    }

    /** @param {number[]} numbers */
    async add(numbers, terms) {
      const entry = await conspectus.index.open();
      const topics = topicsOf(entry);
      const papers = numbers.map((number) => conspectus.index.paper(number).catch(missing));
      Promise.all(papers).catch(() => {}); // who waits for one hears of its failure
      for (const coming of papers) {
        const paper = await coming;
        if (!this.isCurrent()) return;
        if (paper) this.put(rowOf(paper, topics.get(paper.topic), terms, entry));
      }
    }

    put(row) {
      if (this.rows.length === 0) this.begin();
      this.rows.push(row);
      this.list.append(row.row);
    }
  }

  function missing(failure) {
    if (!(failure instanceof conspectus.index.MissingShard)) throw failure;
    return null;
  }

  function rowOf(paper, topic, terms, entry) {
    const link = made("a", { href: byRoot(`papers/${paper.id}.html`), dir: "auto" });
    link.append(...highlighted(paper.title, terms));
    const title = made("h2", { className: "row-title" });
    if (topic) title.append(shape(topic), " ");
    title.append(link);
    const row = made("li", { className: "row" }, title);
    if (entry.d.texts) row.append(made("p", { className: "row-sentence is-coming", dir: "auto" }));
    row.append(facts(paper, topic));
    row.dataset.paper = paper.id;
    return { row, paper, terms };
  }

  function facts(paper, topic) {
    const date = paper.year ? String(paper.year)
      : paper.listed ? word("search.listed", { date: conspectus.date(paper.listed) }) : "";
    const author = paper.authors > 1 ? word("search.authors", { name: paper.author }) : paper.author;
    const line = made("div", { className: "row-facts" });
    for (const fact of [date, paper.venue, author, topic?.label]) {
      if (fact) line.append(made("span", { dir: "auto" }, fact));
    }
    return line;
  }

  /** A text with the words found in `b` elements. */
  function highlighted(text, terms) {
    const pieces = [];
    let at = 0;
    for (const [start, end] of conspectus.text.hits(text, terms)) {
      if (start > at) pieces.push(text.slice(at, start));
      pieces.push(made("b", { className: "hit" }, text.slice(start, end)));
      at = end;
    }
    if (at < text.length) pieces.push(text.slice(at));
    return pieces;
  }

  /** A topic's mark: the colour of its topmost ancestor, its own shape. */
  function shape(topic) {
    const mark = made("span", { className: "shape" });
    mark.classList.add(`t${(topic.colour % COLOURS) + 1}`);
    mark.classList.add(`s${((topic.slot + Math.floor(topic.slot / 24)) % SHAPES) + 1}`);
    mark.setAttribute("aria-hidden", "true");
    return mark;
  }

  /** Topics by id: {label, parent, slot, colour}, where the colour is the topmost ancestor's slot. */
  function topicsOf(entry) {
    const topics = new Map(entry.topics.map(([id, label, parent, slot]) => [id, { id, label, parent, slot }]));
    for (const topic of topics.values()) topic.colour = topics.get(topmost(topic.id, topics))?.slot ?? topic.slot;
    return topics;
  }

  function topmost(id, topics) {
    let at = id;
    for (let steps = 0; topics.get(at)?.parent && steps < 20; steps += 1) at = topics.get(at).parent;
    return at;
  }

  conspectus.results = { Drawing, made, byRoot, shape, topicsOf, topmost, highlighted };
})();
