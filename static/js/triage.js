"use strict";
/* A list worked through: how far the reader is, what they skipped, and the next one to decide. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const { element, keep, listed, say, store, word } = conspectus;

  const WAS = "was-skipped";
  const HALF = 6;
  if (!listed.slot) return;

  const rows = listed.rows();
  const progress = document.querySelector("[data-progress]") ?? element("span", { class: "small" });
  const count = progress.textContent;
  const isPart = document.querySelector(".pager") !== null;
  let last = null;
  let isOpen = false;

  const isKept = (row) => store.isKept(row.dataset.key);
  const isSkipped = (row) => store.isSkipped(row.dataset.key);
  const isUndecided = (row) => !isKept(row) && !isSkipped(row);

  /* How far the reader is */

  function showProgress() {
    const kept = rows.filter(isKept).length;
    const left = rows.filter(isUndecided).length;
    const key = isPart ? "list.progress.page" : "list.progress";
    const fields = { papers: word("papers", { n: rows.length }), kept, left };
    progress.textContent = left === rows.length ? count : word(key, fields);
  }

  /** The strokes of the hub, one for a row: kept ones are bold, skipped ones of half the height. */
  const drawing = document.querySelector("[data-strokes] svg");
  const strokes = drawing?.querySelector("path").getAttribute("d").match(/M[^M]+/g) ?? [];

  function showStrokes() {
    if (strokes.length !== rows.length) return;
    const found = { kept: "", skipped: "", undecided: "" };
    listed.rows().forEach((row, place) => {
      if (isKept(row)) found.kept += strokes[place];
      else if (isSkipped(row)) found.skipped += halved(strokes[place]);
      else found.undecided += strokes[place];
    });
    const paths = Object.entries(found).map(([state, d]) => {
      const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
      path.setAttribute("d", d);
      path.setAttribute("class", `is-${state}`);
      return path;
    });
    drawing.replaceChildren(...paths);
  }

  /** A stroke's lower half. */
  const halved = (stroke) =>
    stroke.replace(/(M\S+ )(\d+)v\d+/, (whole, left, top) => `${left}${Number(top) + HALF}v${HALF}`);

  /* What was skipped */

  const skipped = element("button", { type: "button", class: "word-button" });
  skipped.addEventListener("click", () => {
    isOpen = !isOpen;
    for (const row of rows) row.classList.toggle(WAS, isSkipped(row));
    show();
  });

  function showSkipped() {
    for (const row of rows) if (!isSkipped(row)) row.classList.remove(WAS);
    for (const list of listed.lists) list.classList.toggle("hides-skipped", !isOpen);
    const n = rows.filter(isOpen ? isSkipped : (row) => row.classList.contains(WAS)).length;
    skipped.textContent = word(isOpen ? "list.skipped.hide" : "list.skipped.show", { n });
    skipped.setAttribute("aria-expanded", String(isOpen));
    skipped.hidden = n === 0;
    if (n === 0) isOpen = false;
  }

  function show() {
    showProgress();
    showStrokes();
    showSkipped();
  }

  /* The next one to decide */

  /** To the next undecided paper after a row, and on from the top; to the next page after the last. */
  function advance(row) {
    const all = listed.fitting();
    const after = all.indexOf(row) + 1;
    const next = [...all.slice(after), ...all.slice(0, after)].find(isUndecided);
    if (next) next.querySelector(".row-title a").focus();
    else goOn();
  }

  function goOn() {
    say(word("list.none_left"));
    document.querySelector(".pager li:has([aria-current]) + li a")?.focus();
  }

  const keys = Object.fromEntries(["keep", "skip", "next"].map((act) => [act, word(`list.key.${act}`)]));
  const acts = {
    [keys.keep]: (row) => {
      if (!isKept(row)) row.querySelector("[data-keep]").click();
    },
    [keys.skip]: (row) => {
      if (!isUndecided(row)) return;
      store.change("skip", keep.paperOf(row));
      say(word("skipped"));
    },
    [keys.next]: () => {},
  };

  /** Letters act only while the focus is in the list, and nowhere that text is written. */
  function hear(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return;
    const row = event.target.closest("[data-key]");
    const act = acts[event.key.toLowerCase()];
    if (!row || !act || event.target.closest("input, textarea, select")) return;
    event.preventDefault();
    act(row);
    advance(row);
  }

  const next = element("button", { type: "button", class: "word-button" }, word("list.next"));
  next.addEventListener("click", () => advance(last));
  for (const list of listed.lists) {
    list.addEventListener("keydown", hear);
    list.addEventListener("focusin", (event) => {
      last = event.target.closest("[data-key]");
    });
  }
  const doings = element("div", { class: "list-doings", "data-list-doings": true });
  if (rows.length > 1) doings.append(next);
  if (!progress.isConnected) doings.append(progress);
  listed.slot.append(doings);
  if (rows.length > 1) {
    listed.slot.append(element("p", { class: "small list-keys" }, word("list.keys", keys)));
  }
  listed.lists.at(-1).after(element("p", { class: "list-skipped" }, skipped));
  listed.listen(show);
  store.listen(show);
  show();
})();
