"use strict";
/* Keys in; the interface's words out. The catalogue itself is a generated script: conspectus.words. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});
  const messages = () => conspectus.words || {};

  /** A whole number as figures, with the catalogue's separator. */
  function figures(number) {
    const separator = messages()["number.separator"] ?? ",";
    return String(number).replace(/\B(?=(?:\d{3})+$)/g, separator);
  }

  /**
   * The words for a key, with `{name}` replaced by fields.name. Where the catalogue has `key.one` and
   * `key.other`, the field `n` decides between them. An unknown key is its own words.
   * @param {string} key
   * @param {Record<string, string | number>} [fields]
   * @returns {string}
   */
  conspectus.word = function word(key, fields = {}) {
    const form = `${key}.${fields.n === 1 ? "one" : "other"}`;
    const text = messages()[form] ?? messages()[key] ?? key;
    return text.replace(/\{(\w+)\}/g, (whole, name) => {
      const value = Object.hasOwn(fields, name) ? fields[name] : whole;
      return typeof value === "number" ? figures(value) : value;
    });
  };

  /** A date such as 2025-03-17 in words and figures: 17 March 2025. */
  conspectus.date = function date(iso) {
    const [year, month, day] = iso.split("-").map(Number);
    if (!month) return String(year);
    const name = conspectus.word(`month.${month}`);
    const key = day ? "date.day" : "date.month";
    return conspectus.word(key, { year: String(year), month: name, day: String(day) });
  };
})();
