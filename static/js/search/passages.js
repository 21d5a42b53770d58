"use strict";
/* Rows that come into view in; the sentence of each paper that tells most of what was asked out.
   Loaded after the first result. */
(() => {
  const conspectus = window.conspectus;
  const { searchPage } = conspectus;
  if (!searchPage) return;

  const NEAR = "200px";
  const { viewed, highlighted } = searchPage;

  function fillViewed(changes, viewer) {
    for (const { target, isIntersecting } of changes) {
      if (!isIntersecting || !viewed.has(target)) continue;
      viewer.unobserve(target);
      fill(viewed.get(target));
    }
  }

  async function fill({ row, paper, terms }) {
    const place = row.querySelector(".row-sentence");
    const texts = place && (await conspectus.index.passages(paper.number).catch(() => null));
    if (!place || !row.isConnected) return;
    const passage = texts && best(texts, terms);
    if (!passage) {
      place.remove();
      return;
    }
    place.className = `row-sentence${passage.isTelling ? "" : " is-first"}`;
    place.append(...highlighted(passage.text, terms));
  }

  /** The sentence with the most of the words; the stating one, else the first, among equals. */
  function best({ stating, sentences }, terms) {
    let found = { text: "", score: -1, isTelling: false };
    sentences.forEach((text, i) => {
      const words = new Set(conspectus.text.hits(text, terms).map(([, , term]) => term));
      const score = 2 * words.size + (i === stating ? 1 : 0);
      if (score > found.score) found = { text, score, isTelling: words.size > 0 || i === stating };
    });
    return found.text ? found : null;
  }

  searchPage.observe(new IntersectionObserver(fillViewed, { rootMargin: NEAR }));
})();
