"use strict";
/* Keep all papers of a list, or carry their citations away: exactly those that are shown. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const { cards, carry, element, keep, listed, outlines, say, store, word } = conspectus;

  const BIB = ["bib", "application/x-bibtex", (found) => carry.joined(found.map((card) => card.bib))];
  const RIS = ["ris", "application/x-research-info-systems", (found) => carry.joined(found.map((card) => card.ris))];
  const TEX = ["tex", "application/x-tex", (found) => outlines.latex(headline(), found.map((card) => ({ note: "", ...card })))];

  const headline = () => word("kept.related");
  const place = () => location.pathname.split("/").pop().replace(/(\.html)?$/, "") || "papers";

  const button = (text, act) => {
    const made = element("button", { type: "button", class: "word-button" }, text);
    made.addEventListener("click", act);
    return made;
  };

  /**
   * The doings for a list of papers.
   * @param {() => {key: string, id: string, title: string, permalink: string}[]} papers Asked anew
   *   at every press.
   * @param {string} name Of the files, without their ending.
   * @param {boolean} [hasOutline]
   * @returns {{parts: HTMLElement[], show: () => void}}
   */
  function doings(papers, name, hasOutline = false) {
    let added = [];
    const message = element("span", { class: "small", role: "status" });
    const all = button("", () => {
      const { kept } = store.shelf();
      added = papers().filter(({ key }) => !kept.some((each) => each.key === key));
      store.change("keep", added);
      say(word("keep.said", { n: store.shelf().kept.length }));
    });
    const undo = button(word("undo"), () => {
      for (const { key } of added) store.change("drop", key);
      added = [];
      show();
      all.focus();
    });
    const files = [
      [word("list.bib"), BIB],
      ...(conspectus.cites("ris") ? [[word("list.ris"), RIS]] : []),
      ...(hasOutline ? [[word("list.latex"), TEX]] : []),
    ];
    const saves = files.map(([text, format]) => button(text, () => save(format)));

    async function save([ending, type, compose]) {
      const wanted = papers();
      const { cards: found } = await cards.find(wanted.map(({ key }) => key));
      const known = wanted.map(({ key }) => found.get(key)).filter(Boolean);
      if (known.length) carry.download(`${name}.${ending}`, type, compose(known));
      const isAll = known.length === wanted.length;
      message.textContent = isAll
        ? word("list.taken", { papers: word("papers", { n: known.length }) })
        : word("list.untaken");
    }

    function show() {
      const { kept } = store.shelf();
      const n = papers().length;
      const isAll = papers().every(({ key }) => kept.some((each) => each.key === key));
      all.textContent = word(isAll && n > 1 ? "list.kept_all" : "list.keep_all", { n });
      all.hidden = n === 0;
      all.setAttribute("aria-disabled", String(isAll));
      added = added.filter(({ key }) => kept.some((each) => each.key === key));
      undo.hidden = added.length === 0;
      for (const each of saves) each.hidden = n === 0;
    }

    store.listen(show);
    show();
    return { parts: [all, undo, ...saves, message], show };
  }

  function begin() {
    const line = document.querySelector("[data-list-doings]");
    if (!line) return;
    const isHub = document.querySelector("[data-progress]") !== null;
    const { parts, show } = doings(() => listed.shown().map(keep.paperOf), place(), isHub);
    line.append(...parts);
    listed.listen(show);
  }

  /** Terms: each entry of the index has its own, from when it is opened. */
  function openTerm(event) {
    const entry = event.target;
    const list = entry.querySelector?.(".titles");
    if (!entry.open || !list || entry.querySelector(".list-doings")) return;
    const papers = () => [...list.querySelectorAll("a")].map(paperOf);
    const { parts } = doings(papers, entry.closest("li").id || "term");
    list.after(element("div", { class: "list-doings" }, ...parts));
  }

  function paperOf(link) {
    const id = decodeURIComponent(link.getAttribute("href").slice(`${conspectus.root}papers/`.length, -".html".length));
    const title = link.textContent.replace(/\s+/g, " ").trim();
    return { key: conspectus.keyOf(id), id, title, permalink: `papers/${id}.html` };
  }

  if (listed?.slot) begin();
  document.querySelector(".term-index")?.closest("main").addEventListener("toggle", openTerm, true);
})();
