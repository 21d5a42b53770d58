"use strict";
/* Filter and order of a page's papers, without a reload. Rows carry a year, code or upvotes only
   where these divide the list (conspectus/siteplan/carried.py), so that is all that is asked here. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const { element, listed, word } = conspectus;

  const TEXTS = ".row-title, .row-sentence, .row-note, .row-abstract > .prose, .row-facts > [dir]";

  const given = listed.lists.map((list) => [...list.children]);
  const rows = given.flat();
  // Few papers are seen at a glance.
  if (listed.slot?.dataset.rowsSwitch !== "many") return;

  const language = document.documentElement.lang || undefined;
  const collator = new Intl.Collator(language, { numeric: true });
  const texts = new WeakMap();

  const folded = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();

  /** What a row says of its paper, without the words of its buttons. */
  function textOf(row) {
    if (!texts.has(row)) {
      const parts = [...row.querySelectorAll(TEXTS)].map((part) => part.textContent);
      texts.set(row, folded(parts.join(" ")));
    }
    return texts.get(row);
  }

  const titleOf = (row) => folded(row.querySelector(".row-title a").textContent).replace(/^[^\p{L}\p{N}]+/u, "");
  const has = (name) => rows.some((row) => row.dataset[name] !== undefined);

  /* Orders */

  const orders = {
    given: null,
    title: (one, other) => collator.compare(titleOf(one), titleOf(other)),
    ...(has("year") && { year: (one, other) => (other.dataset.year ?? 0) - (one.dataset.year ?? 0) }),
    ...(has("upvotes") && { upvotes: (one, other) => (other.dataset.upvotes ?? -1) - (one.dataset.upvotes ?? -1) }),
  };

  function sort() {
    const order = orders[sorts.value];
    listed.lists.forEach((list, place) => {
      list.append(...(order ? [...given[place]].sort(order) : given[place]));
    });
    listed.tell();
  }

  /* Filters */

  function fits(row) {
    const asked = folded(field.value).split(/\s+/).filter(Boolean);
    if (code.checked && row.dataset.code === undefined) return false;
    if (years.value && (row.dataset.year ?? "none") !== years.value) return false;
    return asked.every((part) => textOf(row).includes(part));
  }

  function filter() {
    for (const row of rows) row.hidden = !fits(row);
    if (listed.lists.length > 1) {
      for (const list of listed.lists) {
        list.closest(".section").hidden = [...list.children].every((row) => row.hidden);
      }
    }
    const n = listed.fitting().length;
    const isNarrowed = n < rows.length;
    const papers = word("papers", { n: rows.length });
    all.hidden = !isNarrowed;
    count.textContent = isNarrowed ? word(n ? "list.shown" : "list.nothing", { n, papers }) : "";
    listed.tell();
  }

  function clear() {
    field.value = "";
    years.value = "";
    code.checked = false;
    filter();
    field.focus();
  }

  /* What the reader works with */

  function choice(label, options, act) {
    const select = element("select", { "aria-label": label });
    for (const [value, text] of options) select.append(element("option", { value }, text));
    select.addEventListener("change", act);
    return select;
  }

  const counted = (name, n) => word("list.option", { name, n });

  function yearOptions() {
    const counts = new Map();
    for (const row of rows) {
      const year = row.dataset.year ?? "none";
      counts.set(year, (counts.get(year) ?? 0) + 1);
    }
    const known = [...counts.keys()].filter((year) => year !== "none").sort().reverse();
    const unknown = counts.has("none") ? [["none", counted(word("list.year.unknown"), counts.get("none"))]] : [];
    return [["", word("list.year.any")], ...known.map((year) => [year, counted(year, counts.get(year))]), ...unknown];
  }

  const label = word("list.filter");
  const field = element("input", { type: "search", "aria-label": label, placeholder: label, autocomplete: "off" });
  const years = choice(word("list.year"), has("year") ? yearOptions() : [["", ""]], filter);
  const code = element("input", { type: "checkbox" });
  const codes = word("list.code", { n: rows.filter((row) => row.dataset.code !== undefined).length });
  const sorts = choice(word("list.sort"), Object.keys(orders).map((name) => [name, word(`list.sort.${name}`)]), sort);
  const count = element("span", { role: "status" });
  const all = element("button", { type: "button", class: "word-button", hidden: true }, word("list.all"));
  const box = element("div", { class: "narrow", role: "group", "aria-label": label }, field);

  field.addEventListener("input", filter);
  field.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && field.value) clear();
  });
  code.addEventListener("change", filter);
  all.addEventListener("click", clear);
  if (has("year")) box.append(years);
  if (has("code")) box.append(element("label", {}, code, " ", codes));
  // Groups have their own order, and a page of a longer list holds but a part of it.
  if (listed.lists.length === 1 && !document.querySelector(".pager")) box.append(sorts);
  listed.slot.prepend(box);
  box.after(element("p", { class: "small narrowed" }, count, " ", all));
})();
