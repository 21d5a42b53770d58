"use strict";
/* Papers in; the texts that a writer goes on with out: LaTeX to cite from, and tables. */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  const MARKS = {
    "\\": "\\textbackslash{}", "~": "\\textasciitilde{}", "^": "\\textasciicircum{}",
    "{": "\\{", "}": "\\}", "$": "\\$", "&": "\\&", "#": "\\#", "%": "\\%", "_": "\\_",
  };

  const line = (text) => text.replace(/\s+/g, " ").trim();
  const tex = (text) => line(text).replace(/[\\~^{}$&#%_]/g, (mark) => MARKS[mark]);

  /** The key by which a bibliography's entry is cited; empty where there is no entry. */
  const citekey = (bib) => /^@\w+\{([^,\s]+),/.exec(bib.trimStart())?.[1] ?? "";

  /**
   * A section of related work: a paragraph for each topic, in the order of its first paper, and a
   * sentence for each paper: the reader's note, or its title to write over.
   * @param {string} heading
   * @param {{title: string, bib: string, note: string, topic: string}[]} papers
   */
  function latex(heading, papers) {
    const parts = [...byTopic(papers)].map(([topic, members]) => {
      const name = topic ? `\\paragraph{${tex(topic)}}\n` : "";
      return name + members.map(sentence).join("");
    });
    return `\\section{${tex(heading)}}\n\n${parts.join("\n")}`;
  }

  function byTopic(papers) {
    const topics = new Map();
    for (const paper of papers) topics.set(paper.topic, [...(topics.get(paper.topic) ?? []), paper]);
    return topics;
  }

  function sentence({ title, bib, note }) {
    const key = citekey(bib);
    const text = tex(note || title).replace(/[.\s]+$/, "");
    const comment = note ? `% ${line(title)}\n` : "";
    return `${comment}${text}${key ? `~\\cite{${key}}` : ""}.\n`;
  }

  /** A table as RFC 4180 has it. A spreadsheet must not read a text as a formula. */
  const csv = (rows) => rows.map((cells) => `${cells.map(cell).join(",")}\r\n`).join("");

  function cell(value) {
    const text = String(value ?? "");
    const isFormula = /^[=+\-@\t\r]/.test(text) && !/^[+-]?[\d.,]+\s?%?$/.test(text);
    const safe = isFormula ? `'${text}` : text;
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  }

  conspectus.outlines = { latex, csv };
})();
