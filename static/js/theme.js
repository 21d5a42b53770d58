// Sets the theme that the reader chose before the page is drawn, so that nothing flashes.
(function () {
  "use strict";
  try {
    var theme = localStorage.getItem("conspectus-theme");
    if (theme === "light" || theme === "dark") document.documentElement.dataset.theme = theme;
  } catch {
    // Storage is refused: the system's theme holds.
  }
})();
