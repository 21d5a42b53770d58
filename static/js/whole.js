"use strict";
/* Everything that the browser keeps of this survey, as one file, and back from one. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const { carry, element, say, shelf, store, word } = conspectus;

  const place = document.querySelector("[data-kept]");
  if (!place) return;

  const FORMAT = 1;
  const survey = document.documentElement.dataset.survey ?? "";

  const message = element("p", { class: "small", role: "status" });
  const save = element("button", { type: "button", class: "word-button" }, word("kept.save"));
  const field = element("input", { type: "file", class: "hidden", accept: ".json,application/json", tabindex: "-1" });
  const load = element("button", { type: "button", class: "word-button" }, word("kept.load"));

  function write() {
    const whole = { conspectus: FORMAT, survey, shelf: JSON.parse(shelf.write(store.shelf())) };
    carry.download(`${survey || "survey"}-kept.json`, "application/json", `${JSON.stringify(whole, null, 1)}\n`);
  }

  /** What a file holds: a shelf, or the words that say why there is none. */
  function read(text) {
    let found;
    try {
      found = JSON.parse(text);
    } catch {
      return { refusal: word("kept.load.broken") };
    }
    if (found?.conspectus !== FORMAT || !found.shelf) return { refusal: word("kept.load.broken") };
    if (found.survey !== survey) {
      return { refusal: word("kept.load.foreign", { survey: String(found.survey) }) };
    }
    const { shelf: held, isWhole } = shelf.read(JSON.stringify(found.shelf));
    return isWhole ? { held } : { refusal: word("kept.load.broken") };
  }

  async function take() {
    const [file] = field.files;
    if (!file) return;
    const { held, refusal } = read(await file.text());
    field.value = "";
    const before = store.shelf();
    if (held) store.change("absorb", held);
    const now = store.shelf();
    const more = (name) => now[name].length - before[name].length;
    message.textContent = refusal ?? word("kept.loaded", { kept: more("kept"), skipped: Math.max(0, more("skipped")) });
    say(message.textContent);
  }

  function show() {
    const { kept, skipped } = store.shelf();
    save.hidden = kept.length + skipped.length === 0;
  }

  save.addEventListener("click", write);
  load.addEventListener("click", () => field.click());
  field.addEventListener("change", take);
  const label = word("kept.whole");
  field.setAttribute("aria-label", word("kept.load"));
  place.append(element("div", { class: "kept-whole section" },
    element("p", { class: "small" }, label), element("p", { class: "whole-doings" }, save, load, field), message));
  store.listen(show);
  show();
})();
