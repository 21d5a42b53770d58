"use strict";
/* The footer's choice of a theme. theme.js sets a remembered one before the page is drawn. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const { choice, element, word } = conspectus;

  const NAME = "conspectus-theme";
  const THEMES = ["system", "light", "dark"];
  const root = document.documentElement;

  const current = () => root.dataset.theme ?? "system";

  function set(theme) {
    if (theme === "light" || theme === "dark") root.dataset.theme = theme;
    else delete root.dataset.theme;
  }

  function choose(theme) {
    set(theme);
    try {
      if (theme === "system") localStorage.removeItem(NAME);
      else localStorage.setItem(NAME, theme);
    } catch {
      // Refused: it holds for this page.
    }
  }

  const footer = document.querySelector("[data-footer]");
  if (!footer) return;
  const options = THEMES.map((theme) => [theme, word(`theme.${theme}`)]);
  const legend = word("theme.legend");
  const group = choice({ name: "theme", legend, options, chosen: current(), choose });
  const label = element("span", { class: "choice-label", "aria-hidden": "true" }, legend);
  group.prepend(label);
  footer.append(element("li", { class: "theme-switch" }, group));

  addEventListener("storage", (event) => {
    if (event.key !== NAME && event.key !== null) return;
    set(event.newValue);
    group.querySelector(`[value="${current()}"]`).checked = true;
  });
})();
