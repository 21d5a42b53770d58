"use strict";
/* The reading list: kept papers in the reader's order, with notes; lists shared by a link. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const { carry, cards, element, press, say, store, toggle, word } = conspectus;

  const place = document.querySelector("[data-kept]");
  if (!place) return;

  const messages = element("div", { class: "kept-messages" });
  const shared = element("section", { class: "section shared", "aria-labelledby": "shared-title" });
  const lead = element("p", { class: "lead" });
  const list = element("ol", { class: "rows kept-rows" });
  const doings = element("div", { class: "kept-doings" });
  const link = element("p", { class: "kept-link" });

  /** Rows by key: they are moved and updated, never drawn anew, so that focus and typing stay. */
  const rows = new Map();
  /** Papers taken off on this page, by key, with their former place, until the page is left. */
  const removed = new Map();
  /** Cards by key, and the keys that were asked for: one without a card is not in the survey. */
  const known = new Map();
  const asked = new Set();
  let isWhole = true;
  /** Done when the cards have come that were last asked for. */
  let coming = Promise.resolve();

  const button = (style, text, act) => {
    const made = element("button", { type: "button", class: style }, text);
    made.addEventListener("click", act);
    return made;
  };
  const named = (made, text, object) => {
    made.setAttribute("aria-label", word("named", { word: text, object }));
    return made;
  };
  const titleOf = (entry) => known.get(entry.key)?.title || entry.title || word("kept.nameless");

  /* One row */

  function makeRow(key) {
    const entry = () => store.shelf().kept.find((each) => each.key === key) ?? { key, title: "" };
    const heading = element("h2", { class: "row-title" });
    const facts = element("div", { class: "row-facts" });
    const words = element("span", { class: "row-doings" });
    const read = toggle("word-button", word("kept.read"), word("kept.read"));
    const writeNote = button("word-button", word("kept.note"), () => {
      row.classList.add("has-note");
      note.focus();
    });
    const up = button("word-button", word("kept.up"), () => shift(key, -1));
    const down = button("word-button", word("kept.down"), () => shift(key, 1));
    const remove = button("word-button", word("kept.remove"), () => takeOff(key));
    const note = element("textarea", { class: "kept-note", rows: "1", dir: "auto" });
    const message = element("p", { class: "small kept-message" });
    const row = element("li", { class: "row kept-row" }, heading, facts, message, note);
    let shown = "";
    row.dataset.keptKey = key;
    words.append(read, writeNote, up, down, remove);
    read.addEventListener("click", () => store.change("change", key, { read: !entry().read }));
    note.addEventListener("input", () => store.change("change", key, { note: note.value }));
    note.addEventListener("blur", () => row.classList.toggle("has-note", note.value !== ""));

    return {
      row,
      up,
      down,
      remove,
      show(index, count) {
        const now = entry();
        const title = titleOf(now);
        const card = known.get(key);
        // A list may be long, and every letter of a note is a change of it.
        const state = JSON.stringify([now, card?.title, isGone(key), index, count]);
        if (state === shown) return;
        shown = state;
        const permalink = card?.permalink ?? (isGone(key) ? "" : now.permalink);
        heading.replaceChildren(...(now.read ? [readMark()] : []), ...shapeOf(card), titleLink(title, permalink));
        const said = (card?.facts ?? []).map((fact) => element("span", { dir: "auto" }, fact));
        facts.replaceChildren(...said, words);
        press(read, now.read, title);
        for (const each of [writeNote, up, down, remove]) named(each, each.textContent, title);
        note.setAttribute("aria-label", word("named", { word: word("kept.note"), object: title }));
        up.setAttribute("aria-disabled", String(index === 0));
        down.setAttribute("aria-disabled", String(index === count - 1));
        if (document.activeElement !== note) {
          note.value = now.note;
          row.classList.toggle("has-note", now.note !== "");
        }
        message.textContent = messageOf(now);
        message.hidden = !message.textContent;
      },
    };
  }

  const readMark = () =>
    element("span", { class: "tick", role: "img", "aria-label": word("kept.read") });

  /** The shape of a paper's topic, as in every mixed list. */
  function shapeOf(card) {
    if (!card?.mark) return [];
    const [colour, shape] = card.mark;
    return [element("span", { class: `shape t${colour} s${shape}`, "aria-hidden": "true" }), " "];
  }

  const titleLink = (title, permalink) =>
    permalink
      ? element("a", { href: conspectus.root + permalink, dir: "auto", "data-url": addressOf(permalink) }, title)
      : element("span", { dir: "auto" }, title);

  const isGone = (key) => isWhole && asked.has(key) && !known.has(key);

  /** What has become of a paper since it was kept. */
  function messageOf(entry) {
    if (isGone(entry.key)) return word("kept.gone", { key: entry.key });
    const card = known.get(entry.key);
    const isRenamed = card && entry.title && entry.title !== card.title;
    return isRenamed ? word("kept.renamed", { title: entry.title }) : "";
  }

  function shift(key, step) {
    const { kept } = store.shelf();
    const from = kept.findIndex((each) => each.key === key);
    const to = from + step;
    if (to < 0 || to >= kept.length) return;
    const focused = document.activeElement;
    store.change("move", key, to);
    focused.focus();
    say(word("kept.moved", { position: to + 1, n: kept.length }));
  }

  function takeOff(key) {
    const { kept } = store.shelf();
    const from = kept.findIndex((each) => each.key === key);
    if (from < 0) return;
    const entry = kept[from];
    removed.set(key, { entry, from });
    store.change("drop", key);
    list.querySelector(`[data-removed="${key}"] button`)?.focus();
  }

  function removedRow(key) {
    const { entry, from } = removed.get(key);
    const undo = button("word-button", word("undo"), () => {
      removed.delete(key);
      store.change("keep", [entry], from);
      rows.get(key)?.remove.focus();
    });
    named(undo, word("undo"), titleOf(entry));
    const row = element("li", { class: "row kept-removed small" });
    row.dataset.removed = key;
    row.append(element("span", { dir: "auto" }, word("kept.removed", { title: titleOf(entry) })), " ", undo);
    return row;
  }

  /* The whole list */

  function show() {
    const { kept } = store.shelf();
    const keys = new Set(kept.map((each) => each.key));
    for (const key of removed.keys()) if (keys.has(key)) removed.delete(key);
    for (const key of rows.keys()) if (!keys.has(key)) rows.delete(key);
    for (const { key } of kept) if (!rows.has(key)) rows.set(key, makeRow(key));
    arrange(inOrder(kept));
    kept.forEach(({ key }, index) => rows.get(key).show(index, kept.length));
    const read = kept.filter((each) => each.read).length;
    const fields = { papers: word("papers", { n: kept.length }), n: read };
    lead.textContent = kept.length ? word(read ? "kept.lead.read" : "kept.lead", fields) : word("kept.empty");
    doings.hidden = !kept.length;
    showMessages();
    showShared();
  }

  /** A link to a list that is another now would mislead. */
  function dropLink() {
    link.replaceChildren();
    copy.textContent = word("kept.copy");
  }

  /** Rows of kept papers, and between them those of papers just taken off, at their former place. */
  function inOrder(kept) {
    const wanted = kept.map(({ key }) => rows.get(key).row);
    const off = [...removed].sort(([, one], [, other]) => one.from - other.from);
    for (const [key, { from }] of off) {
      wanted.splice(from, 0, list.querySelector(`[data-removed="${key}"]`) ?? removedRow(key));
    }
    return wanted;
  }

  /** Put rows into order, moving as few as possible: a row that is moved loses its focus. */
  function arrange(wanted) {
    for (const row of [...list.children]) if (!wanted.includes(row)) row.remove();
    wanted.forEach((row, index) => {
      if (list.children[index] !== row) list.insertBefore(row, list.children[index] ?? null);
    });
  }

  function showMessages() {
    const texts = [];
    if (!store.isLasting()) texts.push(element("p", {}, word("store.refused")));
    if (store.aside().length) {
      const take = button("word-button", word("store.aside.take"), () => {
        carry.download("set-aside.txt", "text/plain", store.aside().join("\n\n"));
      });
      texts.push(element("p", {}, word("store.aside"), " ", take));
    }
    if (!isWhole) {
      const again = button("word-button", word("again"), load);
      texts.push(element("p", {}, word("kept.partial"), " ", again));
    }
    messages.replaceChildren(...texts);
  }

  /** Fetch what is known of papers that were not asked for yet. */
  function load() {
    coming = fetchCards();
  }

  async function fetchCards() {
    const keys = [...store.shelf().kept.map((each) => each.key), ...(carry.shared(location.hash)?.keys ?? [])];
    const wanted = isWhole ? keys.filter((key) => !asked.has(key)) : keys;
    place.setAttribute("aria-busy", "true");
    const found = await cards.find(wanted);
    place.setAttribute("aria-busy", "false");
    for (const key of wanted) asked.add(key);
    for (const card of [...found.cards.values()]) known.set(card.key, card);
    for (const [key, card] of found.cards) known.set(key, card);
    ({ isWhole } = found);
    for (const entry of store.shelf().kept) renew(entry);
    show();
  }

  /** A former key gives way to the paper's own; the title that the reader knew stays. */
  function renew({ key, title }) {
    const card = known.get(key);
    if (!card || (card.key === key && title)) return;
    asked.add(card.key);
    const { id, permalink } = card;
    store.change("change", key, { key: card.key, id, permalink, title: title || card.title });
  }

  /* A list that a link brings */

  function showShared() {
    const brought = carry.shared(location.hash);
    shared.hidden = !brought;
    if (!brought) return;
    const { keys, isKnown } = brought;
    const mine = new Set(store.shelf().kept.map((each) => each.key));
    const own = (key) => known.get(key)?.key ?? key;
    const [here, gone] = [keys.filter((key) => known.has(key)), keys.filter((key) => !known.has(key))];
    const fresh = keys.filter((key) => !mine.has(own(key)));
    const heading = element("h2", { id: "shared-title" }, word("shared.title", { n: keys.length }));
    const parts = [heading];
    const note = (text) => parts.push(element("p", { class: "small" }, text));
    if (!isKnown) note(word("shared.unknown_format"));
    else if (!keys.length) note(word("shared.none"));
    if (!brought.isWhole) note(word("shared.cut"));
    if (here.length) {
      const papers = here.map((key) => sharedRow(known.get(key), mine.has(own(key))));
      parts.push(element("ul", { class: "titles" }, ...papers));
    }
    if (gone.length && gone.every(isGone)) note(word("shared.gone", { n: gone.length }));
    if (keys.length && !fresh.length) note(word("shared.all_yours"));
    const add = button("button is-main", word("shared.add"), () => addAll(keys, own));
    const leave = button("button", word("shared.leave"), forget);
    parts.push(element("p", { class: "actions" }, ...(fresh.length && keys.every((key) => asked.has(key)) ? [add] : []), leave));
    shared.replaceChildren(...parts);
  }

  function sharedRow(card, isMine) {
    const mark = element("span", { class: "small" }, element("span", { class: "tick" }), word("kept"));
    return element("li", {}, ...shapeOf(card), titleLink(card.title, card.permalink), ...(isMine ? [" ", mark] : []));
  }

  /** Add those that are not there yet; what the survey does not know is kept by its key. */
  function addAll(keys, own) {
    const before = store.shelf().kept.length;
    const papers = keys.map((key) => {
      const { id, title, permalink } = known.get(key) ?? { id: "", title: "", permalink: "" };
      return { key: own(key), id, title, permalink };
    });
    store.change("keep", papers);
    forget();
    say(word("shared.added", { n: store.shelf().kept.length - before }));
  }

  /** Back to the reader's own list. */
  function forget() {
    history.replaceState(null, "", location.pathname + location.search);
    show();
    heading.tabIndex = -1;
    heading.focus();
  }

  const heading = document.querySelector("main h1");

  /* Carrying it away */

  const copy = button("word-button copy-link", word("kept.copy"), copyLink);

  const addressOf = (permalink) => new URL(conspectus.root + permalink, location.href).href;

  async function copyLink() {
    const keys = store.shelf().kept.map((each) => each.key);
    const address = location.href.replace(/[?#].*$/s, "") + carry.fragment(keys);
    const field = element("input", { type: "text", readonly: true, value: address });
    field.setAttribute("aria-label", word("kept.link"));
    const isCopied = await conspectus.copy(address);
    copy.textContent = word(isCopied ? "copied" : "kept.copy");
    link.replaceChildren(field);
    say(word(isCopied ? "copied" : "kept.link.select"));
    if (isCopied) return;
    field.focus();
    field.select();
  }

  /** The kept papers' cards, and a word about those that have none. */
  function carried() {
    const { kept } = store.shelf();
    const found = kept.map((each) => known.get(each.key)).filter(Boolean);
    const missing = kept.length - found.length;
    const text = missing ? word("kept.left_out", { n: missing }) : "";
    link.replaceChildren(...(text ? [text] : []));
    say(text || word("kept.taken", { papers: word("papers", { n: found.length }) }));
    return found;
  }

  const name = (ending) => `${document.documentElement.dataset.survey || "survey"}-kept.${ending}`;

  async function outline() {
    await coming;
    const papers = store.shelf().kept.map((entry) => {
      const card = known.get(entry.key);
      const { authors = [], year = null } = card ?? {};
      const url = card ? addressOf(card.permalink) : "";
      return { title: titleOf(entry), url, authors, year, note: entry.note };
    });
    const text = carry.markdown(`${heading.textContent.trim()} · ${surveyTitle()}`, papers);
    carry.download(name("md"), "text/markdown", text);
  }

  /** The kept papers as related work, with the reader's notes as its sentences. */
  function related(found) {
    const notes = new Map(store.shelf().kept.map((entry) => [entry.key, entry.note]));
    const papers = found.map((card) => ({ ...card, note: notes.get(card.key) ?? "" }));
    return conspectus.outlines.latex(word("kept.related"), papers);
  }

  /** Every decision as a row: what was kept, in order, then what was skipped and why. */
  async function table() {
    await coming;
    const { kept, skipped } = store.shelf();
    const { cards: others } = await cards.find(skipped.map(({ key }) => key));
    const row = (state, place) => (entry, index) => {
      const card = known.get(entry.key) ?? others.get(entry.key);
      const { authors = [], year = "", permalink = entry.permalink } = card ?? {};
      const title = card?.title || titleOf(entry);
      const url = permalink && addressOf(permalink);
      const read = entry.read ? "yes" : "no";
      return [state, place && index + 1, title, authors.join("; "), year ?? "", url, place ? read : "", entry.note];
    };
    const head = ["state", "place", "title", "authors", "year", "url", "read", "note or reason"];
    const lines = [...kept.map(row("kept", true)), ...skipped.map(row("skipped", ""))];
    carry.download(name("csv"), "text/csv", conspectus.outlines.csv([head, ...lines]));
    say(word("kept.taken", { papers: word("papers", { n: lines.length }) }));
  }

  const surveyTitle = () => document.querySelector(".site-title")?.textContent.trim() ?? "";

  function begin() {
    const save = (ending, type, compose) => async () => {
      await coming;
      carry.download(name(ending), type, compose(carried()));
    };
    const bib = (found) => carry.joined(found.map((card) => card.bib));
    const ris = (found) => carry.joined(found.map((card) => card.ris));
    const csl = (found) => carry.csl(found.map((card) => card.csl));
    const others = [
      ["ris", button("word-button", word("kept.ris"), save("ris", "application/x-research-info-systems", ris))],
      ["csl", button("word-button", word("kept.csl"), save("csl.json", "application/vnd.citationstyles.csl+json", csl))],
    ].filter(([format]) => conspectus.cites(format)).map(([, made]) => made);
    doings.append(
      copy,
      button("word-button", word("kept.bib"), save("bib", "application/x-bibtex", bib)),
      ...others,
      button("word-button", word("kept.markdown"), outline),
      button("word-button", word("kept.latex"), save("tex", "application/x-tex", related)),
      button("word-button", word("kept.csv"), table),
    );
    shared.hidden = true;
    place.append(messages, shared, lead, list, doings, link);
    store.listen(() => {
      dropLink();
      show();
      if (store.shelf().kept.some(({ key }) => !asked.has(key))) load();
    });
    addEventListener("hashchange", load);
    show();
    load();
  }

  begin();
})();
