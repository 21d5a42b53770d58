"use strict";
/* Answers in; the search page out. Asks conspectus.find and draws; ranks nothing. What a first result
   does not need (filters, completions, downloads) stands in scripts that are loaded after it. */
(() => {
  const conspectus = window.conspectus;
  const word = conspectus.word;
  const { Drawing, made, byRoot, shape, topicsOf, topmost, highlighted } = conspectus.results;

  const ROWS = 10;
  const MORE = 20;
  const WAIT_FOR_WORDS = 300;

  const form = document.querySelector("main [data-search-form], [data-search-form]");
  const list = document.querySelector("[data-search-results]");
  if (!form || !list) return;
  const input = form.querySelector("[data-search-input]");
  const status = document.querySelector("[data-search-status]");
  const before = document.querySelectorAll("[data-search-before]");
  const notes = made("div", { className: "search-notes" });
  const nearest = made("div");
  const more = made("button", { className: "button", type: "button", hidden: true });
  status.after(notes);
  list.after(nearest, more);

  /** What is asked: the page's address says the same. */
  let asked = fromAddress();
  let answer = null;
  let shown = 0;
  let turn = 0;
  /** Scripts that hear of every answer: null where nothing is asked. */
  const listeners = [];
  /** By row, what it was drawn from; and the observer that fills those in view, once it is there. */
  const viewed = new Map();
  let viewer = null;

  // ---- address ------------------------------------------------------------------------------------

  function fromAddress() {
    const values = new URLSearchParams(location.search);
    const filters = {};
    for (const kind of ["topic", "year", "venue", "code"]) {
      if (values.get(kind)) filters[kind] = values.get(kind);
    }
    return {
      text: values.get("q") || "", filters, isVerbatim: values.get("as") === "typed",
      isByDate: values.get("sort") === "date",
    };
  }

  function address(state) {
    const values = new URLSearchParams();
    if (state.text) values.set("q", state.text.toWellFormed ? state.text.toWellFormed() : state.text);
    for (const [kind, value] of Object.entries(state.filters)) values.set(kind, value);
    if (state.isVerbatim) values.set("as", "typed");
    if (state.isByDate) values.set("sort", "date");
    const query = values.toString();
    return `search.html${query ? `?${query}` : ""}`;
  }

  /** Browsers refuse very many changes of address in a row; the answer does not hang on it. */
  function remember(isNew) {
    try {
      if (isNew) history.replaceState(whereabouts(), "");
      history[isNew ? "pushState" : "replaceState"](null, "", address(asked));
    } catch {
      // The page still shows the answer; only its address lags behind.
    }
  }

  const whereabouts = () => ({ shown, top: scrollY });

  /** Going back to an answer leads to where the reader was in it. */
  async function restore() {
    const { shown: rows = 0, top = 0 } = history.state ?? {};
    await ask(Math.min(rows, 500));
    if (top > 0) scrollTo(0, top);
  }

  // ---- asking -------------------------------------------------------------------------------------

  const isEmpty = (state) =>
    [...state.text.trim()].length < (/[^\u0000-\u02ff]/.test(state.text) ? 1 : 2)
    && Object.keys(state.filters).length === 0;

  async function ask(rowsWanted = 0) {
    const mine = (turn += 1);
    if (isEmpty(asked)) {
      clear();
      return;
    }
    const waiting = setTimeout(() => {
      if (mine === turn) status.textContent = word("search.waiting");
    }, WAIT_FOR_WORDS);
    try {
      await conspectus.index.steadily(() => answered(mine, Math.max(rowsWanted, ROWS)));
    } catch (failure) {
      if (mine === turn) showFailure();
      if (!(failure instanceof conspectus.index.MissingShard)) throw failure;
    } finally {
      clearTimeout(waiting);
    }
  }

  /** Draw the best papers as soon as they are certain, the others after them; then say what is said of all. */
  async function answered(mine, most) {
    const question = await conspectus.question(asked.text, asked);
    const { first, ...known } = await question.leaders();
    const drawing = new Drawing(list, () => mine === turn, () => begin(known));
    await drawing.add(first.map(({ number }) => number), known.terms);
    if (mine !== turn) return;
    const found = await question.whole(most);
    await drawing.add(Array.from(found.numbers.subarray(first.length, most)), found.terms);
    if (mine === turn) show(found, drawing.rows, Math.min(most, found.numbers.length));
  }

  /**
   * Make room for new rows: what stands below the list stays there until they are drawn. How the query
   * was understood is said now, since above the rows it would move them later.
   */
  function begin(known) {
    if (answer === null) document.documentElement.dataset.asked = "";
    else list.style.minBlockSize = `${list.offsetHeight}px`;
    list.replaceChildren();
    nearest.replaceChildren();
    more.hidden = true;
    notes.replaceChildren(...corrections(known));
  }

  function endReserve() {
    delete document.documentElement.dataset.asked;
    list.style.minBlockSize = "";
  }

  function show(found, rows, wanted) {
    answer = found;
    shown = wanted;
    if (rows.length === 0) list.replaceChildren();
    viewer?.disconnect();
    viewed.clear();
    for (const row of rows) view(row);
    more.hidden = found.numbers.length <= shown;
    more.textContent = word("search.more");
    for (const element of before) element.hidden = found.numbers.length > 0;
    endReserve();
    showStatus(found);
    showNotes(found, found.isPartial || rows.length < wanted);
    tell();
    loadLater();
  }

  function tell() {
    for (const listener of listeners) listener(answer, asked);
  }

  let isLoaded = false;
  /** What the first result could do without: scripts that the page names. */
  function loadLater() {
    if (isLoaded) return;
    isLoaded = true;
    const names = document.querySelector("[data-search-later]")?.dataset.searchLater ?? "";
    for (const src of names.split(" ").filter(Boolean)) {
      document.head.append(made("script", { src, async: false }));
    }
  }

  function clear() {
    answer = null;
    viewer?.disconnect();
    viewed.clear();
    list.replaceChildren();
    notes.replaceChildren();
    nearest.replaceChildren();
    status.textContent = "";
    more.hidden = true;
    for (const element of before) element.hidden = false;
    endReserve();
    tell();
  }

  // ---- words above the results -----------------------------------------------------------------------

  function showStatus(found) {
    const count = found.numbers.length;
    status.textContent = count > 0 || asked.text.trim() === ""
      ? word("search.count", { n: count })
      : word("search.nothing", { query: brief(asked.text.trim()) });
  }

  const brief = (text) => {
    const letters = [...text];
    return letters.length > 80 ? `${letters.slice(0, 80).join("")}…` : text;
  };

  /** What is said of the answer; what is known later than its rows stands below them, so that none moves. */
  function showNotes(found, isPartial) {
    const hasRows = found.numbers.length > 0;
    const suggestion = found.suggestions.length > 0 ? [suggestionLine(found)] : [];
    const failure = isPartial ? [failureLine("search.partial")] : [];
    notes.replaceChildren(...(hasRows ? corrections(found) : suggestion), ...failure);
    nearest.replaceChildren(...(hasRows ? suggestion : []));
  }

  const corrections = (known) => (known.corrections.length > 0 ? [correctionLine(known)] : []);

  function correctionLine(found) {
    const pairs = found.corrections.map(({ to }) => `“${to}”`).join(", ");
    const verbatim = made("a", { href: address({ ...asked, isVerbatim: true }) },
      word("search.verbatim", { query: brief(asked.text.trim()) }));
    return made("p", { className: "small" }, word("search.corrected", { words: pairs }), " ", verbatim);
  }

  function suggestionLine(found) {
    const key = found.numbers.length > 0 ? "search.meant" : "search.nearest";
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
    loadLater();
    notes.replaceChildren(failureLine("search.failed"));
  }

  // ---- rows ------------------------------------------------------------------------------------------

  /** Passages are loaded for the rows that come into view, by a script that comes after the first result. */
  function view(row) {
    viewed.set(row.row, row);
    viewer?.observe(row.row);
  }

  more.addEventListener("click", async () => {
    const mine = turn;
    const wanted = Math.min(shown + MORE, answer.numbers.length);
    const drawing = new Drawing(list, () => mine === turn);
    try {
      await drawing.add(Array.from(answer.numbers.subarray(shown, wanted)), answer.terms);
    } catch {
      if (mine === turn) ask(wanted); // the index was published anew: its numbers mean other papers now
      return;
    }
    if (mine !== turn) return;
    for (const row of drawing.rows) view(row);
    if (drawing.rows.length < wanted - shown) showNotes(answer, true);
    shown = wanted;
    more.hidden = answer.numbers.length <= shown;
    drawing.rows[0]?.row.querySelector("a").focus();
  });

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
    restore();
  });

  window.addEventListener("pagehide", () => history.replaceState(whereabouts(), ""));

  const titles = () => [...list.querySelectorAll(".row-title a")];

  input.addEventListener("keydown", (event) => {
    if (event.isComposing || event.defaultPrevented) return;
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

  conspectus.searchPage = {
    form, input, address, byRoot, shape, topicsOf, topmost, failureLine, highlighted, viewed,
    /** Let an observer hear of every row, those that stand there already included. */
    observe(observer) {
      viewer = observer;
      for (const row of viewed.keys()) viewer.observe(row);
    },
    asked: () => asked,
    /** Ask anew with some things changed, as a new place in the browser's history. */
    change(changes) {
      asked = { ...asked, ...changes };
      input.value = asked.text;
      remember(true);
      return ask();
    },
    /** Hear of every answer, the present one included: `listener(answer, asked)`. */
    listen(listener) {
      listeners.push(listener);
      listener(answer, asked);
    },
    focusFirst: () => titles()[0]?.focus(),
  };

  history.scrollRestoration = "manual";
  if (asked.text || Object.keys(asked.filters).length > 0) restore();
  else {
    input.focus({ preventScroll: true });
    conspectus.index.open().catch(() => {}); // who asks for it hears of a failure
    loadLater();
  }
})();
