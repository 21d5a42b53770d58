"use strict";
/* Answers in; the search page out. Asks conspectus.find and draws; ranks nothing. */
(() => {
  const conspectus = window.conspectus;
  const word = conspectus.word;

  const ROWS = 20;
  const WAIT_FOR_WORDS = 300;
  const WAIT_FOR_PASSAGES = 150;
  const FACET_VALUES = 8;
  const COLOURS = 12;
  const SHAPES = 8;
  const ROOT = document.documentElement.dataset.root || "";

  const form = document.querySelector("main [data-search-form], [data-search-form]");
  const list = document.querySelector("[data-search-results]");
  if (!form || !list) return;
  const input = form.querySelector("[data-search-input]");
  const status = document.querySelector("[data-search-status]");
  const facetBox = document.querySelector("[data-search-facets]");
  const topicBox = document.querySelector("[data-search-topics]");
  const before = document.querySelectorAll("[data-search-before]");
  const notes = made("div", { className: "search-notes" });
  const more = made("button", { className: "button", type: "button", hidden: true });
  status.after(notes);
  list.after(more);

  /** What is asked: the page's address says the same. */
  let asked = fromAddress();
  let answer = null;
  let shown = 0;
  let turn = 0;

  // ---- small makers -------------------------------------------------------------------------------

  function made(name, properties = {}, ...children) {
    const element = Object.assign(document.createElement(name), properties);
    element.append(...children);
    return element;
  }

  const byRoot = (permalink) => ROOT + permalink.split("/").map(encodeURIComponent).join("/");

  /** A topic's mark: the colour of its topmost ancestor, its own shape. */
  function shape(topic) {
    const mark = made("span", { className: "shape" });
    mark.classList.add(`t${(topic.colour % COLOURS) + 1}`);
    mark.classList.add(`s${((topic.slot + Math.floor(topic.slot / 24)) % SHAPES) + 1}`);
    mark.setAttribute("aria-hidden", "true");
    return mark;
  }

  // ---- address ------------------------------------------------------------------------------------

  function fromAddress() {
    const values = new URLSearchParams(location.search);
    const filters = {};
    for (const kind of ["topic", "year", "venue", "code"]) {
      if (values.get(kind)) filters[kind] = values.get(kind);
    }
    return { text: values.get("q") || "", filters, isVerbatim: values.get("as") === "typed" };
  }

  function address(state) {
    const values = new URLSearchParams();
    if (state.text) values.set("q", state.text.toWellFormed ? state.text.toWellFormed() : state.text);
    for (const [kind, value] of Object.entries(state.filters)) values.set(kind, value);
    if (state.isVerbatim) values.set("as", "typed");
    const query = values.toString();
    return `search.html${query ? `?${query}` : ""}`;
  }

  /** Browsers refuse very many changes of address in a row; the answer does not hang on it. */
  function remember(isNew) {
    try {
      history[isNew ? "pushState" : "replaceState"](null, "", address(asked));
    } catch {
      // The page still shows the answer; only its address lags behind.
    }
  }

  // ---- asking -------------------------------------------------------------------------------------

  const isEmpty = (state) =>
    [...state.text.trim()].length < (/[^\u0000-\u02ff]/.test(state.text) ? 1 : 2)
    && Object.keys(state.filters).length === 0;

  async function ask() {
    const mine = (turn += 1);
    if (isEmpty(asked)) {
      clear();
      return;
    }
    const waiting = setTimeout(() => {
      if (mine === turn) status.textContent = word("search.waiting");
    }, WAIT_FOR_WORDS);
    try {
      const found = await conspectus.find(asked.text, asked);
      const rows = mine === turn ? await rowsOf(found, 0, ROWS) : [];
      clearTimeout(waiting);
      if (mine !== turn) return;
      show(found, rows);
      await showFacets(found, mine);
    } catch (failure) {
      if (mine === turn) showFailure();
      if (!(failure instanceof conspectus.index.MissingShard)) throw failure;
    } finally {
      clearTimeout(waiting);
    }
  }

  function show(found, rows) {
    answer = found;
    shown = rows.length;
    list.replaceChildren(...rows.map(({ row }) => row));
    fillPassages(rows, found);
    more.hidden = found.ranked.length <= shown;
    more.textContent = word("search.more");
    for (const element of before) element.hidden = found.ranked.length > 0;
    showStatus(found);
    showNotes(found);
    list.dispatchEvent(new CustomEvent("conspectus:rows", { bubbles: true }));
  }

  function clear() {
    answer = null;
    list.replaceChildren();
    facetBox?.replaceChildren();
    topicBox?.replaceChildren();
    notes.replaceChildren();
    status.textContent = "";
    more.hidden = true;
    for (const element of before) element.hidden = false;
  }

  // ---- words above the results -----------------------------------------------------------------------

  function showStatus(found) {
    const count = found.ranked.length;
    status.textContent = count > 0
      ? word("search.count", { n: count })
      : word("search.nothing", { query: brief(asked.text.trim()) });
  }

  const brief = (text) => {
    const letters = [...text];
    return letters.length > 80 ? `${letters.slice(0, 80).join("")}…` : text;
  };

  function showNotes(found) {
    const lines = [];
    if (found.corrections.length > 0 && found.ranked.length > 0) lines.push(correctionLine(found));
    if (found.suggestions.length > 0) lines.push(suggestionLine(found));
    if (found.isPartial) lines.push(failureLine("search.partial"));
    notes.replaceChildren(...lines);
  }

  function correctionLine(found) {
    const pairs = found.corrections.map(({ to }) => `“${to}”`).join(", ");
    const verbatim = made("a", { href: address({ ...asked, isVerbatim: true }) },
      word("search.verbatim", { query: brief(asked.text.trim()) }));
    return made("p", { className: "small" }, word("search.corrected", { words: pairs }), " ", verbatim);
  }

  function suggestionLine(found) {
    const key = found.ranked.length > 0 ? "search.meant" : "search.nearest";
    const line = made("p", { className: "small" }, word(key), " ");
    found.suggestions.forEach((text, i) => {
      if (i > 0) line.append(" · ");
      line.append(made("a", { href: address({ ...asked, text, isVerbatim: false }) }, text));
    });
    return line;
  }

  function failureLine(key) {
    const again = made("button", { className: "button", type: "button" }, word("search.again"));
    again.addEventListener("click", () => ask());
    return made("p", { className: "small" }, word(key), " ", again);
  }

  function showFailure() {
    clear();
    notes.replaceChildren(failureLine("search.failed"));
  }

  // ---- rows ------------------------------------------------------------------------------------------

  async function rowsOf(found, from, to) {
    const entry = await conspectus.index.open();
    const topics = topicsOf(entry);
    const papers = await Promise.all(found.ranked.slice(from, to).map(({ number }) =>
      conspectus.index.paper(number).catch((failure) => missing(failure, found))));
    const rows = papers.filter(Boolean).map((paper) => rowOf(paper, topics.get(paper.topic), found));
    const passages = Promise.all(rows.map((row) => findPassage(row, found)));
    await Promise.race([passages, new Promise((resolve) => setTimeout(resolve, WAIT_FOR_PASSAGES))]);
    return rows;
  }

  function missing(failure, found) {
    if (!(failure instanceof conspectus.index.MissingShard)) throw failure;
    found.isPartial = true;
    return null;
  }

  function rowOf(paper, topic, found) {
    const link = made("a", { href: byRoot(`papers/${paper.id}.html`), dir: "auto" });
    link.append(...highlighted(paper.title, found.terms));
    const title = made("h2", { className: "row-title" });
    if (topic) title.append(shape(topic), " ");
    title.append(link);
    const row = made("li", { className: "row" }, title, facts(paper, topic));
    row.dataset.paper = paper.id;
    return { row, title, paper, passage: null };
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

  async function findPassage(row, found) {
    try {
      const texts = await conspectus.index.passages(row.paper.number);
      if (texts) row.passage = bestPassage(texts, found.terms);
    } catch (failure) {
      missing(failure, found);
    }
    if (row.row.isConnected) drawPassage(row, found);
  }

  function fillPassages(rows, found) {
    for (const row of rows) drawPassage(row, found);
  }

  function drawPassage(row, found) {
    if (!row.passage || row.isDrawn) return;
    row.isDrawn = true;
    const text = made("p", { className: "row-sentence", dir: "auto" });
    text.classList.toggle("is-first", !row.passage.isTelling);
    text.append(...highlighted(row.passage.text, found.terms));
    row.title.after(text);
  }

  /** The sentence with the most of the words; the stating one, else the first, among equals. */
  function bestPassage({ stating, sentences }, terms) {
    let best = { text: "", score: -1, isTelling: false };
    sentences.forEach((text, i) => {
      const words = new Set(conspectus.text.hits(text, terms).map(([, , term]) => term));
      const score = 2 * words.size + (i === stating ? 1 : 0);
      if (score > best.score) best = { text, score, isTelling: words.size > 0 || i === stating };
    });
    return best.text ? best : null;
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

  more.addEventListener("click", async () => {
    const mine = turn;
    const found = answer;
    const rows = await rowsOf(found, shown, shown + ROWS);
    if (mine !== turn) return;
    list.append(...rows.map(({ row }) => row));
    fillPassages(rows, found);
    shown += ROWS;
    more.hidden = found.ranked.length <= shown;
    rows[0]?.row.querySelector("a").focus();
    list.dispatchEvent(new CustomEvent("conspectus:rows", { bubbles: true }));
  });

  // ---- facets ------------------------------------------------------------------------------------------

  async function showFacets(found, mine) {
    const entry = await conspectus.index.open();
    const kinds = Object.keys(entry.f).filter((kind) => entry.f[kind].divides || asked.filters[kind]);
    const counted = [];
    for (const kind of ["topic", "year", "venue", "code"].filter((name) => kinds.includes(name))) {
      const base = asked.filters[kind] ? await without(kind) : found;
      const values = await facetCounts(kind, base, entry);
      if (mine !== turn) return;
      counted.push({ kind, values });
    }
    drawTopics(counted.find(({ kind }) => kind === "topic")?.values ?? [], entry);
    drawFacets(counted);
  }

  function without(kind) {
    const filters = { ...asked.filters };
    delete filters[kind];
    return conspectus.find(asked.text, { ...asked, filters });
  }

  /** The values of a facet among the results: [{value, label, count, topic}], most first. */
  async function facetCounts(kind, found, entry) {
    const members = await conspectus.index.facet(kind).catch((failure) => missing(failure, found) ?? new Map());
    const numbers = new Set(found.ranked.map(({ number }) => number));
    const counts = new Map();
    for (const [value, papers] of members) {
      const name = kind === "topic" ? topmost(value, entry) : value;
      let count = 0;
      for (const number of papers) if (numbers.has(number)) count += 1;
      if (count > 0) counts.set(name, (counts.get(name) || 0) + count);
    }
    const values = [...counts].map(([value, count]) => ({ value, count, ...labelOf(kind, value, entry) }));
    const byYear = (a, b) => Number(b.value) - Number(a.value);
    return values.sort(kind === "year" ? byYear : (a, b) => b.count - a.count || (a.label < b.label ? -1 : 1));
  }

  /** Topics by id: {label, parent, slot, colour}, where the colour is the topmost ancestor's slot. */
  function topicsOf(entry) {
    const topics = new Map(entry.topics.map(([id, label, parent, slot]) => [id, { id, label, parent, slot }]));
    for (const topic of topics.values()) topic.colour = topics.get(topmost(topic.id, entry))?.slot ?? topic.slot;
    return topics;
  }

  function topmost(id, entry) {
    const parents = new Map(entry.topics.map(([topic, , parent]) => [topic, parent]));
    let at = id;
    for (let steps = 0; parents.get(at) && steps < 20; steps += 1) at = parents.get(at);
    return at;
  }

  function labelOf(kind, value, entry) {
    if (kind === "code") return { label: word("search.facet.code.yes") };
    if (kind !== "topic") return { label: value };
    const topic = topicsOf(entry).get(value) ?? { label: value, slot: 0, colour: 0 };
    return { label: topic.label, topic };
  }

  function drawFacets(counted) {
    if (!facetBox) return;
    const least = (kind) => (kind === "code" || asked.filters[kind] ? 0 : 1);
    const telling = counted.filter(({ kind, values }) => values.length > least(kind) || asked.filters[kind]);
    if (telling.length === 0) {
      facetBox.replaceChildren();
      return;
    }
    const isWide = window.matchMedia("(min-width: 76em)").matches;
    const wasOpen = facetBox.querySelector(":scope > details")?.open;
    const box = made("details", { className: "facets", open: wasOpen ?? isWide });
    box.append(made("summary", {}, word("search.narrow")));
    for (const { kind, values } of telling) box.append(facetOf(kind, values));
    const focused = facetBox.contains(document.activeElement) ? document.activeElement.dataset.facet : "";
    facetBox.replaceChildren(box);
    if (focused) [...facetBox.querySelectorAll("[data-facet]")].find((b) => b.dataset.facet === focused)?.focus();
  }

  function facetOf(kind, values) {
    const chosen = asked.filters[kind];
    const isChosen = ({ value }) => value === chosen;
    const ordered = [...values.filter(isChosen), ...values.filter((value) => !isChosen(value))];
    if (chosen && !values.some(isChosen)) ordered.unshift({ value: chosen, label: chosen, count: 0 });
    const items = ordered.slice(0, FACET_VALUES).map((value) => made("li", {}, facetButton(kind, value)));
    const name = made("p", { className: "facet-name", id: `facet-${kind}` }, word(`search.facet.${kind}`));
    const group = made("ul", { className: "facet-values" }, ...items);
    group.setAttribute("aria-labelledby", name.id);
    return made("div", { className: "facet" }, name, group);
  }

  function facetButton(kind, { value, label, count, topic }) {
    const isChosen = asked.filters[kind] === value;
    const button = made("button", { type: "button", className: "facet-value" });
    button.setAttribute("aria-pressed", String(isChosen));
    button.dataset.facet = `${kind}:${value}`;
    if (topic) button.append(shape(topic), " ");
    button.append(made("span", { className: "facet-label", dir: "auto" }, label), " ");
    button.append(made("span", { className: "count" }, word("search.figure", { count })));
    button.addEventListener("click", () => {
      const filters = { ...asked.filters };
      if (isChosen) delete filters[kind];
      else filters[kind] = value;
      asked = { ...asked, filters };
      remember(true);
      ask();
    });
    return button;
  }

  function drawTopics(values, entry) {
    if (!topicBox) return;
    const known = values.filter(({ value }) => entry.topics.some(([id]) => id === value));
    if (known.length === 0 || !answer || answer.ranked.length === 0) {
      topicBox.replaceChildren();
      return;
    }
    const items = known.slice(0, FACET_VALUES).map(({ value, label, count, topic }) => made("li", {},
      shape(topic), " ", made("a", { href: byRoot(`topics/${value}.html`), dir: "auto" }, label), " ",
      made("span", { className: "count" }, word("search.figure", { count }))));
    topicBox.replaceChildren(made("section", { className: "section" },
      made("h2", {}, word("search.topics")), made("ul", { className: "search-topics" }, ...items)));
  }

  // ---- the reader ----------------------------------------------------------------------------------------

  input.value = asked.text;
  input.addEventListener("input", () => {
    asked = { ...asked, text: input.value, isVerbatim: false };
    remember(false);
    ask();
  });

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    asked = { ...asked, text: input.value };
    remember(true);
    ask();
  });

  window.addEventListener("popstate", () => {
    asked = fromAddress();
    input.value = asked.text;
    ask();
  });

  const titles = () => [...list.querySelectorAll(".row-title a")];

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown" && titles().length > 0) {
      event.preventDefault();
      titles()[0].focus();
    } else if (event.key === "Escape" && input.value) {
      event.preventDefault();
      input.value = "";
      input.dispatchEvent(new Event("input"));
    }
  });

  list.addEventListener("keydown", (event) => {
    const links = titles();
    const at = links.indexOf(document.activeElement);
    if (at < 0) return;
    if (event.key === "ArrowDown") links[Math.min(at + 1, links.length - 1)].focus();
    else if (event.key === "ArrowUp") (links[at - 1] ?? input).focus();
    else if (event.key === "Escape") input.focus();
    else return;
    event.preventDefault();
  });

  if (asked.text || Object.keys(asked.filters).length > 0) ask();
  else input.focus({ preventScroll: true });
})();
