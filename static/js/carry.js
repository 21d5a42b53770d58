"use strict";
/* A reading list in; what a reader carries away out: a link, files of citations, an outline. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  const DIGITS = 8;
  const FORMAT = "1";

  /** The fragment that holds a list: a format number, and 8 digits a paper. */
  const fragment = (keys) => `#${FORMAT}.${keys.join("")}`;

  /**
   * The keys in a fragment; null where there is no list in it. A list that was cut short on its
   * way is read as far as it goes.
   * @param {string} text
   * @returns {{keys: string[], isKnown: boolean, isWhole: boolean} | null}
   */
  function shared(text) {
    const found = /^#(\d+)\.(.*)$/.exec(text);
    if (!found) return null;
    if (found[1] !== FORMAT) return { keys: [], isKnown: false, isWhole: true };
    const [digits] = /^[a-z2-7]*/.exec(found[2].toLowerCase());
    const whole = digits.length - (digits.length % DIGITS);
    const keys = digits.slice(0, whole).match(/.{8}/g) ?? [];
    const isWhole = whole === found[2].length;
    return { keys: [...new Set(keys)], isKnown: true, isWhole };
  }

  /** Characters that Markdown would read as marks, escaped. */
  const plain = (text) => text.replace(/\s+/g, " ").replace(/[\\`*_[\]<>#&~|$!]/g, "\\$&");

  /** The same at a line's beginning, where there are marks of lists and headings too. */
  const paragraph = (text) =>
    plain(text).trim().replace(/^([-+=])/, "\\$1").replace(/^(\d+)([.)])/, "$1\\$2");

  /**
   * A numbered outline with the reader's notes.
   * @param {string} title
   * @param {{title: string, url: string, authors: string[], year: number | null, note: string}[]} papers
   */
  function markdown(title, papers) {
    const rows = papers.map((paper, index) => {
      const name = paper.url ? `[${plain(paper.title)}](<${paper.url}>)` : plain(paper.title);
      const facts = [paper.authors.map(plain).join(", "), paper.year ?? ""].filter(Boolean);
      const mark = `${index + 1}. `;
      const indent = " ".repeat(mark.length);
      const line = `${mark}${name}${facts.length ? `. ${facts.join(", ")}` : ""}\n`;
      const notes = paper.note.split(/\r?\n/).filter((text) => text.trim());
      const note = notes.map((text) => `${indent}${paragraph(text)}\n`).join(`${indent}\n`);
      return note ? `${line}\n${note}` : line;
    });
    return `# ${plain(title)}\n\n${rows.join("\n")}`;
  }

  const joined = (texts) => texts.map((text) => text.trimEnd()).join("\n\n") + "\n";

  /** CSL-JSON of several papers, as one list. */
  const csl = (entries) => `${JSON.stringify(entries, null, 2)}\n`;

  /** Hand a text to the reader as a file. */
  function download(name, type, text) {
    const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
    const link = conspectus.element("a", { href: url, download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  }

  conspectus.carry = { fragment, shared, markdown, joined, csl, download };
})();
