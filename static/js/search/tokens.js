"use strict";
/*
 * Text in; the terms under which it is found out. The same as conspectus/search/tokens.py: both are
 * held to tests/fixtures/search-agreement.json.
 */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  const CJK = "\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uac00-\\ud7af\\uf900-\\ufaff\\u{20000}-\\u{3ffff}";
  const WORD = `(?:(?![${CJK}])[\\p{L}\\p{N}])+`;
  const RUN = new RegExp(
    '10\\.[0-9]{4,9}/[^\\s"<>]+' +
      "|(?<![0-9.])[0-9]{4}\\.[0-9]{4,5}(?:v[0-9]+)?(?![\\p{L}\\p{N}])" +
      `|[${CJK}]+` +
      `|${WORD}(?:[-_.']${WORD})*(?:\\+\\+|#)?`,
    "gu",
  );
  const STARTS_CJK = new RegExp(`^[${CJK}]`, "u");
  const ARXIV = /^[0-9]{4}\.[0-9]{4,5}(?:v[0-9]+)?$/;
  const LETTERS = {
    "ß": "ss", "ς": "σ", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe",
    "þ": "th", "ħ": "h", "’": "'", "‐": "-", "–": "-", "−": "-",
  };
  const RESPELT = new RegExp(`[${Object.keys(LETTERS).join("")}]`, "gu");
  const MOST_PARTS = 5;
  const LONGEST = 40;
  const STOP_WORDS =
    ("a about after all also am an and any are as at be because been before being between both but " +
    "by can could did do does doing during each few for from further had has have having he her here " +
    "hers him his how i if in into is it its itself just may me more most my no nor not of off on " +
    "once only or other our ours out over own per same she should so some such than that the their " +
    "theirs them then there these they this those through to too under until up upon us very via was " +
    "we were what when where which while who whom why will with within without would you your " +
    "yours").split(" ");

  /** Lower case without accents, compatibility characters in their plain form: ℓ² is l2. */
  function fold(text) {
    return text.normalize("NFKD").toLowerCase()
      .replace(RESPELT, (letter) => LETTERS[letter])
      .replace(/(?![\u3099\u309a])\p{M}/gu, "")
      .normalize("NFC");
  }

  const withoutCommands = (text) => text.replace(/\\ell(?![a-z])/g, "ℓ");
  const shortened = (word) => [...word].slice(0, LONGEST).join("");
  const withoutApostrophes = (word) => word.replace(/'s$/, "").replaceAll("'", "");
  const wordsIn = (run) => run.replace(/[+#]+$/, "").split(/[-_.]/).map(withoutApostrophes);

  /** The folded runs of a text, in order: what `token` takes. */
  function runs(text) {
    return fold(withoutCommands(text)).match(RUN) || [];
  }

  /** The runs of a text with their places in it: [{run, start, end}, …], for highlighting. */
  function spans(text) {
    let folded = "";
    const places = [];
    let at = 0;
    for (const character of text) {
      const piece = fold(character);
      for (let i = 0; i < piece.length; i += 1) places.push(at);
      folded += piece;
      at += character.length;
    }
    places.push(text.length);
    return Array.from(folded.matchAll(RUN), (match) => ({
      run: match[0], start: places[match.index], end: places[match.index + match[0].length],
    }));
  }

  function bigrams(run) {
    const letters = [...run];
    if (letters.length === 1) return [run];
    return letters.slice(1).map((letter, i) => letters[i] + letter);
  }

  /**
   * The terms of one folded run: stems of its parts, and the whole where it is a compound.
   * @param {string} run
   * @param {(word: string) => string} stem
   * @returns {{parts: string[], whole: string}}
   */
  function token(run, stem) {
    if (run.startsWith("10.") && run.includes("/")) {
      return { parts: [run.replace(/[^\p{L}\p{N}]+/gu, "")], whole: "" };
    }
    if (STARTS_CJK.test(run)) return { parts: bigrams(run), whole: "" };
    if (ARXIV.test(run)) return { parts: [run.split("v")[0].replace(".", "")], whole: "" };
    const ending = run.endsWith("++") ? "++" : run.endsWith("#") ? "#" : "";
    const words = wordsIn(run);
    const parts = words.map((word) => stem(shortened(word)));
    let whole = "";
    if (ending) whole = shortened(words[words.length - 1]) + ending;
    else if (parts.length > 1 && parts.length <= MOST_PARTS) {
      whole = stem(shortened(words.join("")));
    }
    return { parts, whole };
  }

  /** The unstemmed words of one folded run, for completion and correction. */
  function wordsOf(run) {
    return STARTS_CJK.test(run) || run.includes("/") ? [] : wordsIn(run).map(shortened);
  }

  /** The words of runs, of those without words the letters: what phrases and titles are compared by. */
  const plainWords = (runs) => runs.flatMap((run) => {
    const words = wordsOf(run);
    return words.length > 0 ? words : Array.from(run);
  });

  /**
   * Where a text has any of some terms: [[start, end, term], …]. Of a compound of which only a part
   * was asked for, only that part.
   * @param {string} text
   * @param {{set: Set<string>, stem: (word: string) => string}} terms
   */
  function hits(text, terms) {
    const found = [];
    for (const { run, start, end } of spans(text)) {
      const { parts, whole } = token(run, terms.stem);
      if (whole && terms.set.has(whole)) found.push([start, end, whole]);
      else if (STARTS_CJK.test(run)) found.push(...pairs(text.slice(start, end), start, terms));
      else if (parts.length === 1 && terms.set.has(parts[0])) found.push([start, end, parts[0]]);
      else if (parts.some((part) => terms.set.has(part))) {
        let at = start;
        for (const piece of text.slice(start, end).split(/([-_.‐–−])/u)) {
          const part = piece && token(fold(piece), terms.stem).parts[0];
          if (terms.set.has(part)) found.push([at, at + piece.length, part]);
          at += piece.length;
        }
      }
    }
    return found;
  }

  /** The places of pairs of letters, those that overlap joined. */
  function pairs(text, start, terms) {
    const found = [];
    let at = start;
    const letters = [...text];
    letters.forEach((letter, i) => {
      const pair = fold(letter + (letters[i + 1] ?? ""));
      const end = at + letter.length + (letters[i + 1]?.length ?? 0);
      const last = found[found.length - 1];
      if (terms.set.has(pair)) {
        if (last && last[1] >= at) last[1] = end;
        else found.push([at, end, pair]);
      }
      at += letter.length;
    });
    return found;
  }

  let stops = null;
  /** Whether a term carries no subject: such terms are indexed in titles only. */
  function isStop(term) {
    stops = stops || new Set(STOP_WORDS.flatMap((word) => [word, conspectus.stem(word)]));
    return stops.has(term);
  }

  /** Whether an unfinished word may become one of those. */
  const beginsStop = (run) => STOP_WORDS.some((word) => word.startsWith(run));

  conspectus.text = { fold, runs, spans, token, wordsOf, plainWords, hits, isStop, beginsStop };
})();
