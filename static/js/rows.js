"use strict";
/* Titles, sentences or abstracts: how much of each paper the lists of a page show. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const { choice, word } = conspectus;

  const NAME = "conspectus-rows";
  const VIEWS = ["titles", "sentences", "abstracts"];
  const USUAL = "sentences";
  const FEW = 3;

  const lists = [...document.querySelectorAll("[data-rows]")];
  const hasAbstracts = lists.some((list) => list.querySelector(".row-abstract"));
  const views = VIEWS.filter((view) => hasAbstracts || view !== "abstracts");

  function remembered() {
    try {
      const found = localStorage.getItem(NAME);
      return views.includes(found) ? found : USUAL;
    } catch {
      return USUAL;
    }
  }

  function remember(view) {
    try {
      localStorage.setItem(NAME, view);
    } catch {
      // Refused: it holds for this page.
    }
  }

  function show(view) {
    for (const list of lists) {
      const was = list.dataset.view ?? USUAL;
      list.dataset.view = view;
      if (view !== was && (view === "abstracts" || was === "abstracts")) {
        for (const details of list.querySelectorAll(":scope > li .row-abstract")) {
          details.open = view === "abstracts";
        }
      }
    }
  }

  /** One switch for all lists of the page, above the first of them. */
  function place(group) {
    const slot = document.querySelector("[data-rows-switch]");
    if (slot) slot.append(group);
    else (lists.length > 1 ? lists[0].closest(".section") ?? lists[0] : lists[0]).before(group);
  }

  function begin() {
    if (!lists.some((list) => list.children.length > FEW)) return;
    const chosen = remembered();
    const options = views.map((view) => [view, word(`rows.${view}`)]);
    const choose = (view) => {
      remember(view);
      show(view);
    };
    const group = choice({ name: "rows", legend: word("rows.legend"), options, chosen, choose });
    group.classList.add("rows-switch");
    place(group);
    show(chosen);
  }

  begin();
})();
