"use strict";
/* An answer in; the ways to narrow and sort it, and its topics, out. Loaded after the first result. */
(() => {
  const conspectus = window.conspectus;
  const { element, word, searchPage } = conspectus;

  const KINDS = ["topic", "year", "venue", "code"];
  const VALUES = 8;
  const STROKES = 60;
  const TEN = 10;

  const facetBox = document.querySelector("[data-search-facets]");
  const topicBox = document.querySelector("[data-search-topics]");
  if (!searchPage || !facetBox || !topicBox) return;
  const { byRoot, shape, topicsOf, topmost } = searchPage;
  const wide = matchMedia("(min-width: 76em)");
  const slots = ["take", "nearest", "topics"].map((name) => element("div", { [`data-search-${name}`]: true }));
  topicBox.append(...slots); // what is drawn first stands first, so that it is not pushed away
  const [, nearestBox, listBox] = slots;
  let current = null;

  async function show(answer, asked) {
    current = answer;
    if (!answer) {
      facetBox.replaceChildren();
      listBox.replaceChildren();
      nearestBox.replaceChildren();
      return;
    }
    const entry = await conspectus.index.open();
    const counted = await counts(answer, asked, entry);
    if (current !== answer) return;
    drawTopics(answer, counted.find(({ kind }) => kind === "topic")?.values ?? [], entry);
    drawNearest(answer, asked, entry);
    drawFacets(counted, asked, entry);
  }

  /** The values of each facet that divides these papers or is chosen. */
  async function counts(answer, asked, entry) {
    const kinds = KINDS.filter((kind) => asked.filters[kind] || (entry.f[kind]?.divides && answer.numbers.length));
    return Promise.all(kinds.map(async (kind) => {
      const base = asked.filters[kind] ? await without(kind, asked) : answer;
      return { kind, values: await valuesOf(kind, base, entry) };
    }));
  }

  function without(kind, asked) {
    const filters = { ...asked.filters };
    delete filters[kind];
    return conspectus.find(asked.text, { ...asked, filters });
  }

  /** The values of a facet among the results: [{value, label, count, topic}], most first. */
  async function valuesOf(kind, answer, entry) {
    const members = await conspectus.index.facet(kind).catch(() => new Map());
    const isFound = new Uint8Array(entry.size);
    for (const number of answer.numbers) isFound[number] = 1;
    const topics = topicsOf(entry);
    const found = new Map();
    for (const [value, papers] of members) {
      const name = kind === "topic" ? topmost(value, topics) : value;
      let count = 0;
      for (const number of papers) count += isFound[number];
      if (count > 0) found.set(name, (found.get(name) || 0) + count);
    }
    const values = [...found].map(([value, count]) => ({ value, count, ...named(kind, value, topics) }));
    const byYear = (a, b) => Number(b.value) - Number(a.value);
    return values.sort(kind === "year" ? byYear : (a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
  }

  function named(kind, value, topics) {
    if (kind === "code") return { label: word("search.facet.code.yes") };
    if (kind !== "topic" || !topics.has(value)) return { label: value };
    return { label: topics.get(value).label, topic: topics.get(value) };
  }

  // ---- filters and order ---------------------------------------------------------------------------

  function drawFacets(counted, asked, entry) {
    const least = (kind) => (kind === "code" ? 0 : 1);
    const telling = counted.filter(({ kind, values }) => asked.filters[kind] || values.length > least(kind));
    const sort = entry.f.year?.divides && current.numbers.length > 1 ? [order(asked)] : [];
    if (telling.length + sort.length === 0) {
      facetBox.replaceChildren();
      return;
    }
    const isChosen = ({ kind }) => asked.filters[kind] !== undefined;
    const groups = [...telling.filter(isChosen), ...telling.filter((group) => !isChosen(group))];
    const wasOpen = facetBox.querySelector(":scope > details")?.open;
    const isOpen = wasOpen ?? (wide.matches || groups.some(isChosen));
    const box = element("details", { class: "facets", open: isOpen }, element("summary", {}, word("search.narrow")));
    box.append(...sort, ...groups.map((group) => facet(group, asked, topicsOf(entry))));
    const { activeElement } = document;
    const focused = facetBox.contains(activeElement) ? activeElement.dataset.facet ?? activeElement.value : "";
    facetBox.replaceChildren(box);
    if (focused) refocus(focused);
  }

  function refocus(name) {
    const all = [...facetBox.querySelectorAll("[data-facet], input")];
    (all.find((each) => (each.dataset.facet ?? each.value) === name) ?? facetBox.querySelector("summary")).focus();
  }

  function order(asked) {
    const options = [["relevance", word("search.sort.relevance")], ["date", word("search.sort.date")]];
    const choose = (value) => searchPage.change({ isByDate: value === "date" });
    const group = conspectus.choice({
      name: "search-sort", legend: word("search.sort"), options, chosen: asked.isByDate ? "date" : "relevance", choose,
    });
    group.classList.add("search-sort");
    return group;
  }

  function facet({ kind, values }, asked, topics) {
    const chosen = asked.filters[kind];
    const isChosen = ({ value }) => value === chosen;
    const ordered = [...values.filter(isChosen), ...values.filter((value) => !isChosen(value))];
    if (chosen && !values.some(isChosen)) ordered.unshift({ value: chosen, count: 0, ...named(kind, chosen, topics) });
    const name = element("p", { class: "facet-name", id: `facet-${kind}` }, word(`search.facet.${kind}`));
    const items = (list) => list.map((value) => element("li", {}, valueButton(kind, value, asked)));
    const group = element("ul", { class: "facet-values", "aria-labelledby": name.id }, ...items(ordered.slice(0, VALUES)));
    if (ordered.length > VALUES) group.append(allButton(group, () => items(ordered.slice(VALUES))));
    return element("div", { class: "facet" }, name, group);
  }

  function allButton(group, rest) {
    const button = element("button", { type: "button", class: "word-button" }, word("search.facet.more"));
    const line = element("li", {}, button);
    button.addEventListener("click", () => {
      const items = rest();
      line.replaceWith(...items);
      items[0].firstChild.focus();
    });
    return line;
  }

  function valueButton(kind, { value, label, count, topic }, asked) {
    const isChosen = asked.filters[kind] === value;
    const attributes = { type: "button", class: "facet-value", "aria-pressed": String(isChosen) };
    const button = element("button", { ...attributes, "data-facet": `${kind}:${value}` });
    if (topic) button.append(shape(topic), " ");
    button.append(element("span", { class: "facet-label", dir: "auto" }, label), " ");
    if (isChosen) button.append(element("span", { class: "facet-remove" }, word("search.facet.remove")), " ");
    button.append(element("span", { class: "count" }, word("search.figure", { count })));
    button.addEventListener("click", () => {
      const filters = { ...asked.filters };
      if (isChosen) delete filters[kind];
      else filters[kind] = value;
      searchPage.change({ filters });
    });
    return button;
  }

  // ---- topics ------------------------------------------------------------------------------------------

  function drawTopics(answer, values, entry) {
    const topics = topicsOf(entry);
    const known = values.filter(({ value }) => topics.has(value));
    if (known.length === 0 || answer.numbers.length === 0) {
      listBox.replaceChildren();
      return;
    }
    const items = known.slice(0, VALUES).map(({ value, count, topic }) => element("li", {}, topicLink(value, topic),
      element("div", { class: "contents-size" }, strokes(topic, count), " ",
        element("span", { class: "count" }, word("search.figure", { count })))));
    listBox.replaceChildren(element("section", { class: "section" }, element("h2", {}, word("search.topics")),
      element("ul", { class: "search-topics" }, ...items)));
  }

  function topicLink(id, topic) {
    const link = element("a", { href: byRoot(`topics/${id}.html`), dir: "auto" }, topic.label);
    return element("span", {}, shape(topic), " ", link);
  }

  /** One stroke a paper; above sixty, one for ten. */
  function strokes(topic, count) {
    const drawn = Math.min(count > STROKES ? Math.ceil(count / TEN) : count, STROKES);
    const left = (i) => 1 + 5 * i + 4 * Math.floor(i / 5);
    const width = left(drawn - 1) + 3;
    const drawing = document.createElementNS("http://www.w3.org/2000/svg", "svg");
    const attributes = { class: `strokes t${(topic.colour % 12) + 1}`, width, height: 16, viewBox: `0 0 ${width} 16` };
    for (const [name, value] of Object.entries({ ...attributes, "aria-hidden": "true" })) drawing.setAttribute(name, value);
    const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
    path.setAttribute("d", Array.from({ length: drawn }, (_, i) => `M${left(i)} 2v12`).join(""));
    drawing.append(path);
    return drawing;
  }

  /** Where nothing was found: topics whose names have the words, or words like them. */
  function drawNearest(answer, asked, entry) {
    const near = answer.numbers.length > 0 ? [] : nearTopics(asked.text, entry);
    if (near.length === 0) {
      nearestBox.replaceChildren();
      return;
    }
    const items = near.map((topic) => element("li", {}, topicLink(topic.id, topic)));
    nearestBox.replaceChildren(element("section", { class: "section" }, element("h2", {}, word("search.nearest.topics")),
      element("ul", { class: "search-topics" }, ...items)));
  }

  function nearTopics(text, entry) {
    const words = (label) => conspectus.text.runs(label).flatMap(conspectus.text.wordsOf);
    const typed = words(text.slice(0, 200)).filter((one) => one.length > 2);
    const score = (label) => typed.filter((one) => words(label).some((other) => other.startsWith(one)
      || one.startsWith(other) || conspectus.nearest.distance(one, other, 2, false) <= (one.length < 6 ? 1 : 2))).length;
    return [...topicsOf(entry).values()].map((topic) => ({ ...topic, score: score(topic.label) }))
      .filter((topic) => topic.score > 0).sort((a, b) => b.score - a.score).slice(0, 4);
  }

  searchPage.listen(show);
})();
