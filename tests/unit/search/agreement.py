"""Writes tests/fixtures/search-agreement.json, to which Python and JavaScript are both held.

    python -m tests.unit.search.agreement

The words are those of the papers in content/, and made-up ones that meet every rule of the stems.
"""

from __future__ import annotations

import json
import random
import re
from pathlib import Path

import numpy as np

from conspectus.search.dictionary import level
from conspectus.search.fronts import front_coded, shared_lengths
from conspectus.search.packing import Lists, packed
from conspectus.search.stems import stemmer, stems_of, unstemmed
from conspectus.search.tokens import fold, runs, token, words_of

ROOT = Path(__file__).resolve().parents[3]
FIXTURE = ROOT / "tests" / "fixtures" / "search-agreement.json"

PIECES = [
    "a",
    "e",
    "i",
    "o",
    "u",
    "y",
    "b",
    "c",
    "d",
    "f",
    "g",
    "h",
    "j",
    "k",
    "l",
    "m",
    "n",
    "p",
    "r",
    "s",
    "t",
    "v",
    "w",
    "x",
    "z",
    "at",
    "bl",
    "iz",
    "ed",
    "ing",
    "ingly",
    "edly",
    "eed",
    "eedly",
    "s",
    "ss",
    "sses",
    "ies",
    "ied",
    "us",
    "ational",
    "tional",
    "enci",
    "anci",
    "abli",
    "entli",
    "izer",
    "ization",
    "alism",
    "fulness",
    "ousli",
    "iveness",
    "biliti",
    "ogi",
    "ogist",
    "fulli",
    "lessli",
    "li",
    "icate",
    "ative",
    "alize",
    "ical",
    "ness",
    "ful",
    "al",
    "ance",
    "ement",
    "ment",
    "ent",
    "ion",
    "ism",
    "ll",
    "e",
    "past",
    "inter",
    "organ",
    "later",
    "univers",
    "emerg",
    "arsen",
    "commun",
    "gener",
    "in",
    "out",
    "can",
    "herr",
    "earr",
    "even",
    "proc",
    "exc",
    "succ",
]
EXCEPTIONS = [
    "skis",
    "skies",
    "dying",
    "lying",
    "tying",
    "idly",
    "gently",
    "ugly",
    "early",
    "only",
    "singly",
    "sky",
    "news",
    "howe",
    "atlas",
    "cosmos",
    "bias",
    "andes",
    "inning",
    "outing",
    "canning",
    "herring",
    "earring",
    "evening",
    "proceed",
    "exceed",
    "succeed",
    "vying",
    "added",
    "egged",
]

TEXTS = (
    "GPT-4 and GPT-3.5, k-means in C++ or C#; F# too",
    "ℓ2 norm, ℓ₁, \\ell_2 and L_2, x² and ½",
    "doi 10.1000/abc.def-1, https://doi.org/10.1145/3292500.3330701.",
    "arXiv:2502.12152v2 and 2502.12152; 1234.56789 but 0.85 and 1.2.3",
    "Zipf's law, don’t, O'Brien’s, rock'n'roll, ’tis",
    "naïve Café Ångström Łukasz Straße İstanbul ΣΊΣΥΦΟΣ encyclopædia smørrebrød Đặng ﬁne",
    "state-of-the-art one-two-three-four-five-six snake_case a.b.c CNN–LSTM non‐breaking em—dash",
    "自然言語処理のための学習 機械学習 中 한국어 처리 ガギグ データ",
    "自然language処理 GPT模型 𠀀𠀁𠀂",
    "обучение с подкреплением йод हिन्दी भाषा العربية שלום ไทย",
    "e\u0301tude e\u0301\u0302 \u0301alone が",
    "-- ++ ## ... '' __proto__ constructor _x_ C++++ a+b #tag @name",
    "<img src=x onerror=alert(1)> .*+?^${}()|[]\\ \u202eabc\u202c \u200bzero \x00nul",
    "👩‍💻 emoji 🎉 m² kg/m³ CO₂ 5µm 10⁻³ №1 ㎏ Ⅷ",
    "x" * 90,
    "ab-" * 30,
    "",
    " \t\n",
)
FORMS = {
    "de": "modell modelle modells modellen haus hauser hausern verfahren verfahrens bild bilder es",
    "es": "red redes imagen imagenes profundo profunda profundos modelo vez veces el",
    "fr": "reseau reseaux neuronal neuronaux neuronale entraine entrainee entrainer bon bonne x",
    "it": "rete reti profonda profondi immagine immagini banca banche io",
    "nl": "netwerk netwerken model modellen beeld beelden diep diepe de",
    "pt": "rede redes neural neurais simulacao simulacoes imagem imagens os",
}
"""Folded forms of words, by language."""
DICTIONARY = ("graph", "graphs", "graphene", "groß", "naïve", "zebra", "über", "дом", "𠀀x")


def seed_words() -> list[str]:
    text = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "content").rglob("*.md")))
    return re.findall("[a-z]+", fold(text))


def made_up(count: int) -> list[str]:
    rng = random.Random(11)
    return ["".join(rng.choice(PIECES) for _ in range(rng.randint(1, 5))) for _ in range(count)]


def postings() -> list[dict[str, object]]:
    """Lists of every shape: empty tiers, dense and sparse, first and last number."""
    rng = random.Random(5)
    found = []
    for slots, titles, others in (
        (16, 0, 1),
        (16, 3, 0),
        (512, 5, 90),
        (1 << 19, 2, 700),
        (64, 30, 34),
    ):
        numbers = rng.sample(range(slots), titles + others)
        numbers = sorted(numbers[:titles]) + sorted(numbers[titles:])
        impacts = [rng.randint(1, 15) for _ in numbers]
        lists = Lists(
            np.array([0, len(numbers)]), np.array([titles]), np.array(numbers), np.array(impacts)
        )
        text = packed(lists, slots)[0]
        found.append(
            {"slots": slots, "titles": titles, "numbers": numbers, "impacts": impacts, "text": text}
        )
    return found


def made() -> dict[str, object]:
    words = sorted({*seed_words(), *made_up(4000), *EXCEPTIONS})
    levels = [(word, 1 << i) for i, word in enumerate(DICTIONARY)]
    return {
        "stems": [[word, token(word).parts[0]] for word in words if len(word) <= 40],
        "languages": {
            language: {
                "table": stems_of(language),
                "words": [[word, stemmer(language)(word)] for word in forms.split()],
            }
            for language, forms in FORMS.items()
        },
        "texts": [
            {
                "text": text,
                "fold": fold(text),
                "runs": runs(text),
                "tokens": [[list(token(run).parts), token(run).whole] for run in runs(text)],
                "plain": [
                    [list(token(run, unstemmed).parts), token(run, unstemmed).whole]
                    for run in runs(text)
                ],
                "words": [list(words_of(run)) for run in runs(text)],
            }
            for text in TEXTS
        ],
        "postings": postings(),
        "dictionary": {
            "words": [[w, i] for i, (w, _) in enumerate(levels)],
            "text": coded([word for word, _ in levels], [level(count) for _, count in levels]),
        },
    }


def coded(words: list[str], marks: list[str]) -> str:
    return front_coded(words, marks, shared_lengths(words).tolist())


def main() -> None:
    FIXTURE.write_text(json.dumps(made(), ensure_ascii=True, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
