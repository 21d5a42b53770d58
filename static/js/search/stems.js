"use strict";
/*
 * Words in, Porter2 stems out (M. F. Porter, "The English (Porter2) stemming algorithm", 2001, with
 * the amendments of Snowball 3). Must agree with PyStemmer's "english": tests/fixtures/search-agreement.json.
 */
(() => {
  const conspectus = (window.conspectus = window.conspectus || {});

  const VOWELS = "aeiouy";
  const WHOLE = new Map(Object.entries({
    skis: "ski", skies: "sky", idly: "idl", gently: "gentl", ugly: "ugli", early: "earli",
    only: "onli", singly: "singl", sky: "sky", news: "news", howe: "howe", atlas: "atlas",
    cosmos: "cosmos", bias: "bias", andes: "andes",
  }));
  const NOT_GERUNDS = new Set(["inn", "out", "cann", "herr", "earr", "even"]);
  const NOT_PAST = new Set(["proc", "exc", "succ"]);
  const REGION = /^(?:arsen|commun|emerg|gener|inter|later|organ|past|univers)/;
  const DOUBLE = /(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/;
  const SECOND = [
    ["ational", "ate"], ["fulness", "ful"], ["iveness", "ive"], ["ization", "ize"], ["ousness", "ous"],
    ["biliti", "ble"], ["lessli", "less"], ["tional", "tion"], ["alism", "al"], ["aliti", "al"],
    ["ation", "ate"], ["entli", "ent"], ["fulli", "ful"], ["iviti", "ive"], ["ogist", "og"],
    ["ousli", "ous"], ["abli", "able"], ["alli", "al"], ["anci", "ance"], ["ator", "ate"],
    ["enci", "ence"], ["izer", "ize"], ["bli", "ble"], ["ogi", "og"], ["li", ""],
  ];
  const THIRD = [
    ["ational", "ate"], ["tional", "tion"], ["alize", "al"], ["ative", ""], ["icate", "ic"],
    ["iciti", "ic"], ["ical", "ic"], ["ness", ""], ["ful", ""],
  ];
  const FOURTH = [
    "ement", "able", "ance", "ence", "ible", "ment", "ant", "ate", "ent", "ion", "ism", "iti", "ive",
    "ize", "ous", "al", "er", "ic",
  ];

  const isVowel = (letter) => VOWELS.includes(letter);
  const hasVowel = (text) => /[aeiouy]/.test(text);

  /** The place after the first consonant that follows a vowel, looking from `from` on. */
  function regionAfter(word, from) {
    let at = from;
    while (at < word.length && !isVowel(word[at])) at += 1;
    while (at < word.length && isVowel(word[at])) at += 1;
    return Math.min(at + 1, word.length);
  }

  function endsInShortSyllable(word) {
    const end = word.length - 1;
    if (word.endsWith("past")) return true;
    if (end < 1 || isVowel(word[end]) || !isVowel(word[end - 1])) return false;
    if (end === 1) return true;
    return !isVowel(word[end - 2]) && !"wxY".includes(word[end]);
  }

  function markConsonantY(word) {
    let marked = "";
    for (const letter of word) {
      const isConsonant = letter === "y" && (marked === "" || isVowel(marked[marked.length - 1]));
      marked += isConsonant ? "Y" : letter;
    }
    return marked;
  }

  function plural(word) {
    if (word.endsWith("sses")) return word.slice(0, -2);
    if (word.endsWith("ied") || word.endsWith("ies")) return word.slice(0, word.length > 4 ? -2 : -1);
    if (word.endsWith("us") || word.endsWith("ss")) return word;
    if (word.endsWith("s") && hasVowel(word.slice(0, -2))) return word.slice(0, -1);
    return word;
  }

  function pastAndGerund(word, p1) {
    const found = /(?:eedly|eed)$/.exec(word);
    if (found) {
      const base = word.slice(0, found.index);
      return found.index >= p1 && !NOT_PAST.has(base) ? `${base}ee` : word;
    }
    const ending = /(?:ingly|edly|ing|ed)$/.exec(word);
    if (!ending) return word;
    const base = word.slice(0, ending.index);
    if (ending[0] === "ing") {
      if (/^[^aeiouy]y$/.test(base)) return `${base[0]}ie`;
      if (NOT_GERUNDS.has(base)) return word;
    }
    if (!hasVowel(base)) return word;
    if (/(?:at|bl|iz)$/.test(base)) return `${base}e`;
    if (DOUBLE.test(base)) {
      return base.length === 3 && "aeo".includes(base[0]) ? base : base.slice(0, -1);
    }
    return base.length === p1 && endsInShortSyllable(base) ? `${base}e` : base;
  }

  function finalY(word) {
    const end = word.length - 1;
    return end > 1 && /y/i.test(word[end]) && !isVowel(word[end - 1]) ? `${word.slice(0, -1)}i` : word;
  }

  function replaced(word, rules, p1, p2) {
    for (const [suffix, replacement] of rules) {
      if (!word.endsWith(suffix)) continue;
      const base = word.slice(0, -suffix.length);
      if (base.length < p1) return word;
      if (suffix === "ogi" && !base.endsWith("l")) return word;
      if (suffix === "li" && !/[cdeghkmnrt]$/.test(base)) return word;
      if (suffix === "ative" && base.length < p2) return word;
      return base + replacement;
    }
    return word;
  }

  function withoutSuffix(word, p2) {
    for (const suffix of FOURTH) {
      if (!word.endsWith(suffix)) continue;
      const base = word.slice(0, -suffix.length);
      if (base.length < p2 || (suffix === "ion" && !/[st]$/.test(base))) return word;
      return base;
    }
    return word;
  }

  function withoutFinal(word, p1, p2) {
    const base = word.slice(0, -1);
    if (word.endsWith("e")) {
      return base.length >= p2 || (base.length >= p1 && !endsInShortSyllable(base)) ? base : word;
    }
    return word.endsWith("ll") && base.length >= p2 ? base : word;
  }

  /**
   * The stem of a lower-case word of ASCII letters.
   * @param {string} word
   * @returns {string}
   */
  conspectus.stem = function stem(word) {
    if (WHOLE.has(word)) return WHOLE.get(word);
    if (word.length < 3) return word;
    let rest = markConsonantY(word);
    const special = REGION.exec(rest);
    const p1 = special ? special[0].length : regionAfter(rest, 0);
    const p2 = regionAfter(rest, p1);
    rest = plural(rest);
    rest = pastAndGerund(rest, p1);
    rest = finalY(rest);
    rest = replaced(rest, SECOND, p1, p2);
    rest = replaced(rest, THIRD, p1, p2);
    rest = withoutSuffix(rest, p2);
    rest = withoutFinal(rest, p1, p2);
    return rest.toLowerCase();
  };

  /** A word without the endings that a language's table takes off: of each step, by the first rule that fits. */
  function inflected(word, table) {
    let stem = word;
    for (const rules of table) {
      const rule = rules.find(([ending, , least]) => stem.endsWith(ending) && stem.length - ending.length >= least);
      if (rule) stem = stem.slice(0, stem.length - rule[0].length) + rule[1];
    }
    return stem;
  }

  /**
   * What the entry file says of the survey's language in; the stem of a folded word out.
   * @param {"english" | [string, string, number][][]} stems
   * @returns {(word: string) => string}
   */
  conspectus.stemmer = (stems) => (word) => {
    if (!/^[a-z]+$/.test(word)) return word;
    return stems === "english" ? conspectus.stem(word) : inflected(word, stems);
  };
})();
