"use strict";
/* An answer in; "Keep all" and "Download .bib" of exactly these papers out. Loaded after the first
   result, with cards.js and carry.js. */
(() => {
  const conspectus = window.conspectus;
  const { element, word, searchPage } = conspectus;

  const MOST = 500;

  const box = document.querySelector("[data-search-take]");
  if (!searchPage || !box || !conspectus.store || !conspectus.cards) return;
  const messages = element("p", { class: "small", role: "status" });

  function show(answer) {
    const n = answer?.numbers.length ?? 0;
    messages.replaceChildren();
    if (n === 0) box.replaceChildren();
    else if (n > MOST) box.replaceChildren(element("p", { class: "small" }, word("search.take.many", { n: MOST })));
    else {
      box.replaceChildren(
        button(word("search.take.keep", { n }), () => keepAll(answer)),
        button(word("search.take.bib"), () => download(answer)),
        messages,
      );
    }
  }

  function button(label, act) {
    const made = element("button", { type: "button", class: "button" }, label);
    made.addEventListener("click", async () => {
      made.disabled = true;
      await act();
      made.disabled = false;
      made.focus();
    });
    return made;
  }

  /** The papers of an answer with their keys, in order; null where a part of the index is missing. */
  async function papersOf(answer) {
    try {
      const papers = await Promise.all(Array.from(answer.numbers, conspectus.index.paper));
      return papers.map(({ id, title }) => ({
        key: conspectus.keyOf(id), id, title, permalink: `papers/${id}.html`,
      }));
    } catch {
      return null;
    }
  }

  function fail(act, answer) {
    const again = element("button", { type: "button", class: "word-button" }, word("search.again"));
    again.addEventListener("click", () => act(answer));
    messages.replaceChildren(word("search.take.failed"), " ", again);
  }

  async function keepAll(answer) {
    const papers = await papersOf(answer);
    if (!papers) {
      fail(keepAll, answer);
      return;
    }
    const before = conspectus.store.shelf().kept.length;
    conspectus.store.change("keep", papers);
    const n = conspectus.store.shelf().kept.length - before;
    messages.replaceChildren(word("search.take.kept", { n }));
  }

  async function download(answer) {
    const papers = await papersOf(answer);
    const { cards, isWhole } = await conspectus.cards.find((papers ?? []).map(({ key }) => key));
    if (!papers || !isWhole) {
      fail(download, answer);
      return;
    }
    const found = papers.map(({ key }) => cards.get(key)).filter(Boolean);
    conspectus.carry.download("search.bib", "application/x-bibtex", conspectus.carry.joined(found.map(({ bib }) => bib)));
    messages.replaceChildren(word("search.take.downloaded", { n: found.length }));
  }

  searchPage.listen(show);
})();
