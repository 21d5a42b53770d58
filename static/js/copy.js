"use strict";
/* Texts that a reader takes along by one press. Without this script they can still be selected. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const { element, say, word } = conspectus;

  const SHOWN_MS = 2000;

  /** Whether the text is on the clipboard now; browsers refuse it on pages that are not secure. */
  conspectus.copy = async function copy(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      return false;
    }
  };

  /** Select what an element holds, so that the reader's own keys copy it. */
  function select(box) {
    const range = document.createRange();
    range.selectNodeContents(box);
    getSelection().removeAllRanges();
    getSelection().addRange(range);
  }

  /** @param {HTMLElement} box Its `data-copy` names what it holds. */
  function offer(box) {
    const button = element("button", { type: "button", class: "word-button copy" });
    const show = (said) => {
      button.textContent = said;
      button.setAttribute("aria-label", word("named", { word: said, object: box.dataset.copy }));
    };
    button.addEventListener("click", async () => {
      const isCopied = await conspectus.copy(box.textContent);
      if (!isCopied) select(box);
      show(word(isCopied ? "copied" : "copy.select"));
      say(button.textContent);
      if (isCopied) setTimeout(() => show(word("copy")), SHOWN_MS);
    });
    show(word("copy"));
    box.after(button);
  }

  document.querySelectorAll("[data-copy]").forEach(offer);
})();
