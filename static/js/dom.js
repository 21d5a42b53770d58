"use strict";
/* What every script builds with: elements, a group of choices, and a voice for screen readers. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  /** The prefix from this page to the site's root: empty, `../` or deeper. */
  conspectus.root = document.documentElement.dataset.root ?? "";

  /** Whether papers' cards hold citations in a format: a survey of great size has BibTeX alone. */
  conspectus.cites = (format) => (document.documentElement.dataset.cites ?? format) === format;

  /**
   * A new element. Children are elements or texts; texts are never read as HTML.
   * @param {string} tag
   * @param {Record<string, string | boolean | undefined>} [attributes] true: without a value;
   *   false and undefined: absent.
   * @param {...(Node | string)} children
   * @returns {any}
   */
  conspectus.element = function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
      if (value !== false && value !== undefined) made.setAttribute(name, value === true ? "" : value);
    }
    made.append(...children);
    return made;
  };

  /**
   * A button that says one word while it is off and another, of the same width, while it is on.
   * @param {string} style Its classes.
   * @param {string} off
   * @param {string} on A tick stands before it.
   */
  conspectus.toggle = function toggle(style, off, on) {
    const { element } = conspectus;
    const tick = element("span", { class: "tick" });
    const words = [
      element("span", { class: "when-off" }, off),
      element("span", { class: "when-on" }, tick, on),
    ];
    const attributes = { type: "button", class: `${style} toggle`, "aria-pressed": "false" };
    return element("button", attributes, ...words);
  };

  /**
   * Set what a toggle says. Its name begins with the word in view and goes on with its object.
   * @param {HTMLButtonElement} button
   * @param {boolean} isOn
   * @param {string} object Such as a paper's title.
   */
  conspectus.press = function press(button, isOn, object) {
    const word = button.querySelector(isOn ? ".when-on" : ".when-off").textContent;
    button.setAttribute("aria-pressed", String(isOn));
    button.setAttribute("aria-label", conspectus.word("named", { word, object }));
  };

  /**
   * A radio group that looks like a row of words.
   * @param {{name: string, legend: string, options: [string, string][], chosen: string,
   *   choose: (value: string) => void}} choice Options are values with their words.
   * @returns {HTMLFieldSetElement}
   */
  conspectus.choice = function choice({ name, legend, options, chosen, choose }) {
    const { element } = conspectus;
    const group = element("fieldset", { class: "choice" }, element("legend", { class: "hidden" }, legend));
    for (const [value, words] of options) {
      const radio = element("input", { type: "radio", name, value });
      radio.checked = value === chosen;
      radio.addEventListener("change", () => choose(value));
      group.append(element("label", {}, radio, element("span", {}, words)));
    }
    return group;
  };

  /** Say something to those who cannot see it happen. */
  conspectus.say = function say(text) {
    voice().textContent = text;
  };

  /** A live region says only what changes after it was there: it is made when the page is read. */
  function voice() {
    const there = document.querySelector("[data-voice]");
    if (there) return there;
    const made = conspectus.element("p", { class: "hidden", role: "status", "data-voice": true });
    document.body.append(made);
    return made;
  }

  voice();
})();
