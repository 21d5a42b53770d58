"""Small makers of invented papers: a harbour survey with four subjects."""

from __future__ import annotations

import random
from collections.abc import Sequence

from conspectus.model.papers import Corpus, Paper, Prose

SUBJECTS = {
    "kite": [
        "kite sails",
        "traction winch",
        "tether tension",
        "wing loading",
        "kite rig",
        "lift line",
    ],
    "barn": [
        "barnacle growth",
        "hull fouling",
        "copper paint",
        "larval settlement",
        "hull cleaning",
        "slime",
    ],
    "tide": [
        "tidal gates",
        "lock chambers",
        "sluice timing",
        "basin level",
        "gate hinges",
        "tide tables",
    ],
    "gull": [
        "gull colonies",
        "nest boxes",
        "ring counts",
        "chick survival",
        "colony noise",
        "feather moult",
    ],
}
FILLER = [
    "harbour",
    "master",
    "crew",
    "season",
    "morning",
    "weather",
    "quay",
    "visit",
    "report",
    "notebook",
]


def paper(name: str, title: str, *sentences: str) -> Paper:
    """A paper of these sentences; nothing else of it matters here."""
    text = " ".join(sentences)
    return Paper(
        id=name,
        path=f"papers/{name}.md",
        title=title,
        title_text=title,
        title_html=title,
        abstract=Prose(source=text, html="", text=text, apart=tuple(sentences)),
    )


def corpus(*papers: Paper) -> Corpus:
    return Corpus(tuple(sorted(papers, key=lambda one: one.id)))


def about(subject: str, number: int, seed: int = 0) -> Paper:
    """An invented paper on one of the subjects."""
    chance = random.Random(f"{subject}/{number}/{seed}")
    terms: Sequence[str] = SUBJECTS[subject]
    first, second, third = chance.sample(terms, 3)
    filler = chance.sample(FILLER, 4)
    return paper(
        f"{subject}-{number:03}",
        f"On {first} and {second}",
        f"We describe {first} as seen by the {filler[0]} and the {filler[1]}.",
        f"This paper relates {second} to {first}, and {third} to {second}.",
        f"A {filler[2]} was kept of {third} for every {filler[3]}.",
    )


def harbour(each: int = 10) -> Corpus:
    """Four subjects with as many papers each."""
    return corpus(*(about(subject, n) for subject in SUBJECTS for n in range(each)))
