"use strict";
/* What is typed in; a list of the words and titles that it may become out: a combobox by the ARIA
   pattern "editable, list autocomplete". Loaded after the first result or letter. */
(() => {
  const conspectus = window.conspectus;
  const { element, word, searchPage } = conspectus;
  if (!searchPage) return;

  const WORDS = 4;
  const TITLES = 3;
  const SHARDS = 2;
  const { input, form } = searchPage;
  const list = element("ul", { class: "completions", role: "listbox", id: "completions", hidden: true,
    "aria-label": word("search.completions") });
  form.append(list);
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-controls": list.id, "aria-expanded": "false",
  })) input.setAttribute(name, value);

  let at = -1;
  let isTyping = input === document.activeElement && input.value !== "";
  const options = () => [...list.children];

  async function offer(answer, asked) {
    const { text } = asked;
    if (!answer && isTyping) {
      open(false);
      return;
    }
    if (!answer || !isTyping || document.activeElement !== input || !/[\p{L}\p{N}]$/u.test(text)) {
      close();
      return;
    }
    const [words, titles] = await Promise.all([wordsFor(text, answer), titlesFor(answer)]).catch(() => [[], []]);
    if (input.value !== text || !isTyping) return;
    at = -1;
    list.replaceChildren(...words.map(wordOption), ...titles.map(titleOption));
    open(list.children.length > 0);
  }

  /** The text with its last word completed, and the others as they were corrected. */
  async function wordsFor(text, { corrections }) {
    const run = conspectus.text.runs(text).at(-1) ?? "";
    const prefix = conspectus.text.wordsOf(run).at(-1) ?? "";
    if (prefix.length < 2) return [];
    const entries = await conspectus.index.wordsFrom(prefix, SHARDS);
    const found = conspectus.nearest.completions(entries, prefix, WORDS + 1).map((entry) => entry.word);
    const meant = new Map(corrections.map(({ from, to }) => [from, to]));
    const begin = text
      .slice(0, text.length - /[\p{L}\p{N}\p{M}]*$/u.exec(text)[0].length)
      .replace(/[\p{L}\p{N}\p{M}]+/gu, (typed) => meant.get(typed.toLowerCase()) ?? typed);
    return found.filter((one) => one !== prefix).slice(0, WORDS).map((one) => begin + one);
  }

  /** The first results, where their titles hold all that is typed. */
  async function titlesFor(answer) {
    const first = answer.first.slice(0, TITLES).filter(({ isTitle }) => isTitle);
    return (await Promise.all(first.map(({ number }) => conspectus.index.paper(number)))).filter(Boolean);
  }

  const wordOption = (text, i) => option(`completion-${i}`, "is-word", text, () => searchPage.change({ text, isVerbatim: false }));

  const titleOption = (paper, i) => option(`completion-title-${i}`, "is-title", paper.title, () => {
    location.href = searchPage.byRoot(`papers/${paper.id}.html`);
  });

  function option(id, style, text, choose) {
    const made = element("li", { id, class: style, role: "option", "aria-selected": "false", dir: "auto" }, text);
    made.addEventListener("mousedown", (event) => event.preventDefault());
    made.addEventListener("click", () => {
      close();
      choose();
    });
    return made;
  }

  function open(isOpen) {
    list.hidden = !isOpen;
    input.setAttribute("aria-expanded", String(isOpen));
    if (!isOpen) input.removeAttribute("aria-activedescendant");
  }

  function close() {
    isTyping = false;
    at = -1;
    open(false);
  }

  function move(place) {
    at = place;
    options().forEach((each, i) => each.setAttribute("aria-selected", String(i === at)));
    if (at >= 0) input.setAttribute("aria-activedescendant", options()[at].id);
    else input.removeAttribute("aria-activedescendant");
  }

  /** Keys while the list is open. Down from the last option leads on to the results. */
  function press(event) {
    if (event.isComposing || list.hidden) return;
    const last = options().length - 1;
    if (event.key === "ArrowDown" && at === last) {
      close();
      searchPage.focusFirst();
    } else if (event.key === "ArrowDown") move(at + 1);
    else if (event.key === "ArrowUp" && at > -1) move(at - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && at >= 0) options()[at].click();
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  }

  input.addEventListener("keydown", press, { capture: true });
  input.addEventListener("input", () => { isTyping = true; }, { capture: true });
  form.addEventListener("submit", close, { capture: true });
  searchPage.listen(offer);
})();
