// @ts-check
// In the preview only: below a hub or a paper, the lines for topics.yaml that rename, merge, split, pin,
// move, ban or retire, and what each would change. The server writes the lines; nothing is saved here.
"use strict";

(() => {
  /** @typedef {{ id: string, label: string }} Topic */
  /** @typedef {{ kind: string, id: string, topic?: string, terms?: string[], topics: Topic[] }} Subject */
  /** @typedef {{ location: { path: string, line: number }, message: string, remedy: string }} Problem */
  /** @typedef {{ lines: string, place: string, changes: string[], problems: Problem[] }} Effect */

  const OWN = "/.conspectus";
  const OPEN = "conspectus-curate";

  async function begin() {
    const main = document.querySelector("main");
    if (!main || !/^\/(topics|papers)\//.test(location.pathname)) return;
    const answer = await fetch(`${OWN}/subject?path=${encodeURIComponent(decodeURI(location.pathname))}`);
    /** @type {Subject | null} */
    const subject = answer.ok ? await answer.json() : null;
    if (subject) main.append(panel(subject));
  }

  /** @param {Subject} subject */
  function panel(subject) {
    const host = document.createElement("conspectus-curate");
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const box = /** @type {HTMLDetailsElement} */ (append(root, "details"));
    // Every save reloads the page: what was open stays so.
    box.open = Boolean(sessionStorage.getItem(OPEN));
    box.addEventListener("toggle", () => sessionStorage.setItem(OPEN, box.open ? "open" : ""));
    append(box, "summary", "Curate");
    append(box, "p", "Lines for content/topics.yaml. This is part of the preview only, and saves nothing.");
    const result = document.createElement("section");
    result.setAttribute("aria-live", "polite");
    for (const [label, kind, control, name] of rows(subject)) {
      const form = append(box, "form");
      const title = append(form, control ? "label" : "span", label);
      if (control) title.append(control);
      append(form, "button", "Show");
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        const value = control ? control.value : "";
        ask(kind, name || value, name ? value : "", result);
      });
    }
    box.append(result);
    const link = append(append(box, "p"), "a", "What is worth a look in this survey");
    link.setAttribute("href", `${OWN}/check`);
    return host;
  }

  /**
   * Label, kind, control, and the id that the wish is about; without one, the control's value is.
   * @param {Subject} subject
   * @returns {[string, string, HTMLInputElement | HTMLSelectElement | null, string][]}
   */
  function rows(subject) {
    const others = subject.topics.filter(({ id }) => id !== subject.id && id !== subject.topic);
    const elsewhere = others.map(({ id, label }) => /** @type {[string, string]} */ ([id, label]));
    if (subject.kind === "paper") {
      const here = subject.topics.filter(({ id }) => id === subject.topic);
      return [
        ["Keep this paper in", "pin", select(here.map(({ id, label }) => [id, label])), subject.id],
        ["Move this paper to", "pin", select(elsewhere), subject.id],
      ];
    }
    const own = subject.topics.find(({ id }) => id === subject.id);
    const parts = ["2", "3", "4", "5"].map((n) => /** @type {[string, string]} */ ([n, `${n} topics`]));
    const terms = (subject.terms || []).map((term) => /** @type {[string, string]} */ ([term, term]));
    return [
      ["Call this topic", "rename", input(own ? own.label : ""), subject.id],
      ["Let this topic take in", "merge", select(elsewhere), subject.id],
      ["Split this topic into", "split", select(parts), subject.id],
      ["Use in no name", "ban", select(terms), ""],
      ["End this topic", "retire", null, subject.id],
    ];
  }

  /** @param {string} value */
  function input(value) {
    const made = document.createElement("input");
    made.value = value;
    made.required = true;
    made.maxLength = 200;
    return made;
  }

  /** @param {[string, string][]} choices */
  function select(choices) {
    const made = document.createElement("select");
    for (const [value, label] of choices) made.add(new Option(label, value));
    made.required = true;
    return made;
  }

  /**
   * @param {string} kind
   * @param {string} name
   * @param {string} value
   * @param {HTMLElement} result
   */
  async function ask(kind, name, value, result) {
    result.replaceChildren();
    append(result, "p", "Looking at what it changes");
    try {
      const answer = await fetch(`${OWN}/effect?${new URLSearchParams({ kind, name, value })}`);
      if (!answer.ok) throw new Error(await answer.text());
      show(await answer.json(), result);
    } catch (fault) {
      result.replaceChildren();
      append(result, "p", `The preview does not answer: ${fault instanceof Error ? fault.message : fault}`);
    }
  }

  /**
   * @param {Effect} effect
   * @param {HTMLElement} result
   */
  function show(effect, result) {
    result.replaceChildren();
    append(result, "p", `${effect.place[0].toUpperCase()}${effect.place.slice(1)}:`);
    const lines = append(result, "pre", effect.lines);
    lines.tabIndex = 0;
    const copy = append(result, "button", "Copy");
    copy.addEventListener("click", async () => {
      await navigator.clipboard.writeText(effect.lines);
      copy.textContent = "Copied";
    });
    append(result, "p", effect.problems.length ? "This cannot be carried out:" : "It changes this:");
    const list = append(result, "ul");
    for (const change of effect.changes) append(list, "li", change);
    for (const problem of effect.problems) append(list, "li", `${problem.message}: ${problem.remedy}`);
  }

  /**
   * @param {Node} parent
   * @param {string} name
   * @param {string} [text]
   */
  function append(parent, name, text = "") {
    const element = document.createElement(name);
    element.textContent = text;
    parent.appendChild(element);
    return element;
  }

  const STYLE = `
    :host { display: block; margin-block-start: 3rem; font: .9375rem/1.375 system-ui, sans-serif; }
    @media print { :host { display: none; } }
    details { padding: .75rem; border: 1px dashed; }
    summary { font-weight: 600; cursor: pointer; }
    form { display: flex; flex-wrap: wrap; gap: .5rem; align-items: end; margin-block: .75rem; }
    label, span { display: grid; gap: .25rem; flex: 1 1 14rem; min-inline-size: 0; align-self: center; }
    input, select, button { box-sizing: border-box; min-block-size: 2.5rem; padding: .25rem .5rem; font: inherit; }
    input, select { inline-size: 100%; }
    pre { overflow: auto; padding: .75rem; border: 1px solid; font: .8125rem/1.5 ui-monospace, monospace; }
    a { color: inherit; }
    li, p { overflow-wrap: anywhere; }
    :focus-visible { outline: 3px solid; outline-offset: 2px; }
  `;

  begin();
})();
