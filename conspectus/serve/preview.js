// @ts-check
// In the preview only: reloads the page when the site is new, and shows what keeps it from being so.
// One stream of events (Server-Sent Events) brings { version, problems }.
"use strict";

(() => {
  const script = /** @type {HTMLScriptElement} */ (document.currentScript);
  const loaded = new URL(script.src).search.slice(1);
  const place = `conspectus-preview-scroll ${location.pathname}`;

  /** @type {EventSource | null} */
  let stream = null;
  /** @type {HTMLElement | null} */
  let overlay = null;
  let dismissed = "";

  // Browsers open six connections to a server and no more: a tab that nobody sees gives its own
  // back, else the seventh tab would never load.
  function listen() {
    if (stream || document.hidden) return;
    stream = new EventSource("/.conspectus/events");
    stream.onmessage = (event) => show(JSON.parse(event.data));
  }

  function rest() {
    if (stream) stream.close();
    stream = null;
  }

  /** @param {{ version: string, problems: { place: string, message: string, remedy: string }[] }} state */
  function show(state) {
    if (state.version !== loaded) {
      rest();
      // From the top there is nothing to keep, and a reader who scrolls at once is not pulled back.
      if (scrollX || scrollY) sessionStorage.setItem(place, JSON.stringify([scrollX, scrollY]));
      location.reload();
      return;
    }
    const key = JSON.stringify(state.problems);
    if (overlay && overlay.dataset.key === key) return;
    if (overlay) overlay.remove();
    overlay = null;
    if (!state.problems.length) dismissed = "";
    else if (dismissed !== key) overlay = opened(state.problems, key);
  }

  /**
   * @param {{ place: string, message: string, remedy: string }[]} problems
   * @param {string} key
   */
  function opened(problems, key) {
    const host = document.createElement("conspectus-problems");
    host.dataset.key = key;
    const root = host.attachShadow({ mode: "open" });
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(STYLE);
    root.adoptedStyleSheets = [sheet];
    const box = append(root, "section", "");
    box.setAttribute("role", "alert");
    append(box, "h2", problems.length === 1 ? "1 problem" : `${problems.length} problems`);
    append(box, "p", "The site stays as it was until this is mended.");
    for (const problem of problems) {
      append(box, "code", problem.place);
      append(box, "p", problem.message).className = "message";
      append(box, "p", problem.remedy);
    }
    const button = append(box, "button", "Close");
    button.addEventListener("click", () => close(key));
    host.addEventListener("keydown", (event) => {
      if (event.key === "Escape") close(key);
    });
    document.body.append(host);
    return host;
  }

  /** @param {string} key */
  function close(key) {
    dismissed = key;
    if (overlay) overlay.remove();
    overlay = null;
  }

  /**
   * @param {Node} parent
   * @param {string} name
   * @param {string} text
   */
  function append(parent, name, text) {
    const element = document.createElement(name);
    element.textContent = text;
    parent.appendChild(element);
    return element;
  }

  function restore() {
    const saved = sessionStorage.getItem(place);
    if (!saved) return;
    sessionStorage.removeItem(place);
    const [left, top] = JSON.parse(saved);
    scrollTo({ left, top, behavior: "instant" });
  }

  const STYLE = `
    :host { position: fixed; inset: auto 0 0 0; z-index: 2147483647; }
    section { max-block-size: 60vh; overflow: auto; padding: 1rem 1.5rem; background: #fcfcfb; color: #16191c;
      border-block-start: 3px solid #b3261e; font: .9375rem/1.375 system-ui, sans-serif; }
    h2 { margin: 0; font-size: 1.0625rem; font-weight: 600; }
    p { margin: .25rem 0; }
    code { display: block; margin-block-start: .75rem; font-family: ui-monospace, monospace; overflow-wrap: anywhere; }
    .message { font-weight: 600; overflow-wrap: anywhere; }
    button { margin-block-start: .75rem; padding: .25rem .75rem; font: inherit; }
    @media (prefers-color-scheme: dark) { section { background: #15181b; color: #e8e9e6; border-color: #f2b8b5; } }
  `;

  document.addEventListener("visibilitychange", () => (document.hidden ? rest() : listen()));
  addEventListener("pagehide", rest);
  addEventListener("pageshow", listen);
  if (document.readyState === "complete") restore();
  else addEventListener("load", restore);
  listen();
})();
