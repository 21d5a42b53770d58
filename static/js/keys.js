"use strict";
/* Ctrl or Cmd and K lead to the search from everywhere; the fields say so. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  const isApple = /mac|iphone|ipad/i.test(navigator.userAgentData?.platform ?? navigator.platform);
  const hasKeyboard = matchMedia("(hover: hover) and (pointer: fine)").matches;

  const fields = () => [...document.querySelectorAll("[data-search-input]")];

  addEventListener("keydown", (event) => {
    const isAsked = isApple ? event.metaKey && !event.ctrlKey : event.ctrlKey && !event.metaKey;
    const isPlain = !event.altKey && !event.shiftKey && !event.defaultPrevented;
    if (!isAsked || !isPlain || event.key.toLowerCase() !== "k") return;
    const field = fields().find((each) => each.checkVisibility());
    if (!field && !document.querySelector(".site-find")) return;
    event.preventDefault();
    if (!field) location.href = `${conspectus.root}search.html`;
    field?.focus();
    field?.select();
  });

  if (hasKeyboard) {
    for (const field of document.querySelectorAll(".site-search [data-search-input]")) {
      const key = isApple ? "⌘K" : "Ctrl K";
      field.placeholder = conspectus.word("search.key", { key });
    }
  }
})();
