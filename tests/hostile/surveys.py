"""Payloads in; a survey folder that carries each of them in every field that takes it out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from conspectus.content import read_paper
from tests.hostile.payloads import Payload

CHECKED = ("url", "pdf", "links", "doi", "arxiv", "citekey", "aliases", "language", "published")
"""Fields that refuse what is none of theirs; a payload stands in those that take it."""


def papers_of(payloads: Sequence[Payload]) -> Mapping[str, Payload]:
    """The ids of the papers, and the payload that each carries."""
    return {f"{payload.kind}-{number}": payload for number, payload in enumerate(payloads)}


def write(folder: Path, payloads: Sequence[Payload]) -> None:
    """A survey below `folder`."""
    content = folder / "content"
    for name in ("papers", "lists", "pages", "digests"):
        (content / name).mkdir(parents=True)
    papers = papers_of(payloads)
    for number, (paper, payload) in enumerate(papers.items()):
        _put(content / "papers" / f"{paper}.md", _paper(payload, number))
    _put(content / "survey.yaml", _settings(_one_of_each(payloads)))
    for number, payload in enumerate(_one_of_each(payloads)):
        _put(content / "lists" / f"list-{number}.yaml", _list(payload.text, list(papers)[:3]))
        _put(content / "pages" / f"page-{number}.md", _page(payload.text))
        _put(
            content / "digests" / f"2025-01-{number + 1:02}.yaml",
            _digest(payload.text, list(papers)),
        )


def decide(folder: Path, topics: Sequence[str], payloads: Sequence[Payload]) -> None:
    """Name and describe topics by payloads."""
    lines = ["topics:"]
    for topic, payload in zip(topics, payloads, strict=False):
        text = quoted(payload.text)
        lines += [f"  {topic}:", f"    label: {text}", f"    description: {text}"]
    _put(folder / "content" / "topics.yaml", "\n".join(lines) + "\n")


def quoted(text: str) -> str:
    """Any text as a YAML scalar that reads back as it."""
    return '"' + "".join(_escaped(character) for character in text) + '"'


def _escaped(character: str) -> str:
    if character in '"\\':
        return f"\\{character}"
    return character if character.isprintable() else f"\\U{ord(character):08x}"


def _paper(payload: Payload, number: int) -> str:
    text, key = quoted(payload.text), quoted(payload.text[:100])  # YAML's keys are short
    fields = [
        f"title: {text}",
        f"authors: [{{family: {text}, given: {text}, affiliation: {text}}}, {text}]",
        f"venue: {text}",
        f"keywords: [{text}, plain]",
        f"attributes: {{{key}: {text}, method: {text}, size: {text}}}",
        f"csl: {{note: {text}, publisher: {text}, {key}: {text}, volume: {text}, page: {text}}}",
        f"listed: 2025-03-{number % 28 + 1:02}",
        f"upvotes: {number}",
    ]
    for name in CHECKED:
        more = f"{name}: [{text}]" if name in ("links", "aliases") else f"{name}: {text}"
        if _is_taken("\n".join([*fields, more])):
            fields.append(more)
    body = (
        f"We propose {payload.text} as a method for {payload.kind}. "
        f"It holds {payload.kind} number {number}.\n\n"
        f"{payload.text}\n\n- {payload.text}\n\n## Notes\n\nThe curator says {payload.text} here.\n"
    )
    return "---\n" + "\n".join(fields) + f"\n---\n{body}"


def _is_taken(front: str) -> bool:
    _, problems = read_paper(f"---\n{front}\n---\n", "papers/a.md")
    return not any(problem.is_error for problem in problems)


def _settings(payloads: Sequence[Payload]) -> str:
    everything = quoted(" ".join(payload.text[:300] for payload in payloads))
    address = quoted("https://example.org/?'/id=hostile/onclick='window.hostile=1'&amp;#x27;")
    return (
        f"id: hostile\ntitle: {everything}\nsubtitle: {everything}\ndescription: {everything}\n"
        f"licence: {everything}\ncurator: {{name: {everything}, url: {address}}}\n"
        "base_url: https://example.org/hostile/\n"
        "repository: https://github.com/example/hostile\n"
        f"navigation:\n  - {{label: {everything}, url: {address}}}\n"
    )


def _list(text: str, papers: Sequence[str]) -> str:
    entries = "".join(
        f"  - {{paper: {paper}, note: {quoted(text)}, person: {quoted(text)}, date: 2025-04-07}}\n"
        for paper in papers
    )
    return f"title: {quoted(text)}\nnote: {quoted(text)}\npapers:\n{entries}"


def _page(text: str) -> str:
    return f"---\ntitle: {quoted(text)}\n---\n{text}\n\n> {text}\n"


def _digest(text: str, papers: Sequence[str]) -> str:
    return f"since: 2025-01-01\nnote: {quoted(text)}\npapers: [{', '.join(papers[:5])}]\n"


def _one_of_each(payloads: Sequence[Payload]) -> Sequence[Payload]:
    firsts: dict[str, Payload] = {}
    for payload in payloads:
        firsts.setdefault(payload.kind, payload)
    return list(firsts.values())


def _put(path: Path, text: str) -> None:
    """A file with NUL is refused as a whole; in quotes it stands as an escape."""
    path.write_bytes(text.replace("\0", "").encode())
