"""A paper in; its BibTeX entry out, in UTF-8 and safe to run through TeX."""

from __future__ import annotations

import re
from collections.abc import Iterator

from conspectus.citations import facts
from conspectus.citations.formulas import is_harmless
from conspectus.model.papers import Author, Paper
from conspectus.prose import stretches

_ENTRY_TYPES = {
    "article-journal": "article",
    "article-magazine": "article",
    "article-newspaper": "article",
    "paper-conference": "inproceedings",
    "book": "book",
    "chapter": "incollection",
    "thesis": "phdthesis",
    "report": "techreport",
}
_VENUE_FIELDS = {
    "article": "journal",
    "inproceedings": "booktitle",
    "incollection": "booktitle",
    "phdthesis": "school",
    "techreport": "institution",
    "book": "publisher",
}
_FROM_CSL = (
    ("volume", "volume"),
    ("number", "issue"),
    ("pages", "page"),
    ("publisher", "publisher"),
    ("edition", "edition"),
    ("isbn", "ISBN"),
    ("issn", "ISSN"),
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_TEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "$": r"\$",
    "&": r"\&",
    "%": r"\%",
    "#": r"\#",
    "_": r"\_",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "<": r"\textless{}",
    ">": r"\textgreater{}",
    "|": r"\textbar{}",
}
_ESCAPES = str.maketrans(_TEX)
_WORD = re.compile(r"[^\W_]+")
_BARE_URL = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20", '"': "%22"})
_NOT_IN_KEYS = re.compile(r"[\s,{}\"#%~\\'()=@$^&]+")
_NAME_JOINT = re.compile(r"\band\b|,", re.IGNORECASE)
_LIKE_AN_ENTRY = re.compile(r"@(?=\w*[ \t]*\{)")
"""To some readers an entry begins here, whatever braces it stands in."""


def bibtex(paper: Paper, url: str, *, with_abstract: bool = False) -> str:
    """The entry; a minimal `@misc` where authors or year are not known."""
    entry_type = _ENTRY_TYPES.get(facts.csl_type(paper), "misc")
    fields = [*_fields(paper, entry_type, url)]
    if with_abstract and paper.abstract.text:
        fields.append(("abstract", f"{{{escaped(facts.one_line(paper.abstract.text))}}}"))
    written = "".join(f"  {name} = {value},\n" for name, value in fields)
    return f"@{entry_type}{{{_key(paper)},\n{written}}}\n"


def escaped(text: str) -> str:
    """Plain text as TeX writes it."""
    return text.translate(_ESCAPES)


def _key(paper: Paper) -> str:
    return _NOT_IN_KEYS.sub("-", facts.one_line(facts.key(paper))) or "paper"


def _fields(paper: Paper, entry_type: str, url: str) -> Iterator[tuple[str, str]]:
    """Names with their values as they stand in the file, delimiters included."""
    yield "title", f"{{{_title(paper.title)}}}"
    if paper.authors:
        yield "author", f"{{{' and '.join(_author(author) for author in paper.authors)}}}"
    if paper.published is not None:
        yield "year", f"{{{paper.published.year}}}"
        if paper.published.month is not None:
            yield "month", _MONTHS[paper.published.month - 1]
    if paper.venue:
        venue_field = _VENUE_FIELDS.get(entry_type, "howpublished")
        yield venue_field, f"{{{escaped(facts.one_line(paper.venue))}}}"
    yield from _passed_through(paper, entry_type)
    if paper.doi:
        yield "doi", f"{{{_bare(paper.doi)}}}"
    if paper.arxiv:
        yield "eprint", f"{{{_bare(paper.arxiv)}}}"
        yield "archiveprefix", "{arXiv}"
    if address := facts.address(paper, url):
        yield "url", f"{{{_bare(address)}}}"
    if paper.keywords:
        keywords = ", ".join(facts.one_line(keyword) for keyword in paper.keywords)
        yield "keywords", f"{{{escaped(keywords)}}}"
    if paper.language:
        yield "language", f"{{{escaped(facts.one_line(paper.language))}}}"
    if note := facts.note(paper):
        yield "note", f"{{{escaped(note)}}}"


def _passed_through(paper: Paper, entry_type: str) -> Iterator[tuple[str, str]]:
    variables = facts.passed_through(paper)
    taken = _VENUE_FIELDS.get(entry_type) if paper.venue else None
    for name, variable in _FROM_CSL:
        text = facts.text_of(variables.get(variable))
        if text and name != taken:
            text = re.sub(r"\s*[-–—]+\s*", "--", text) if name == "pages" else text
            yield name, f"{{{escaped(text)}}}"


def _title(source: str) -> str:
    written = "".join(
        f"{{${text}$}}" if is_math and is_harmless(text) else _kept_case(text)
        for text, is_math in stretches(source)
    )
    return _LIKE_AN_ENTRY.sub("{@}", written.strip())


def _kept_case(text: str) -> str:
    """Text as TeX, with braces around the words whose capitals a style must not lower."""
    written: list[str] = []
    end = 0
    for match in _WORD.finditer(text):
        word = match[0]
        written.append(escaped(text[end : match.start()]))
        written.append(f"{{{word}}}" if _has_own_case(word) else word)
        end = match.end()
    return "".join((*written, escaped(text[end:])))


def _has_own_case(word: str) -> bool:
    """LLMs, iGPT and the Q of Q-learning; but not Learning, A or I."""
    return word[1:] != word[1:].lower() or (len(word) == 1 and word.isupper() and word not in "AI")


def _author(author: Author) -> str:
    """Family, given; in braces where a name is an institution's or holds what BibTeX splits at."""
    family, given = (_name(part) for part in (author.family, author.given))
    if not given:
        return f"{{{family}}}"
    return f"{family}, {given}"


def _name(part: str) -> str:
    """One part of a name; escaped letter by letter, whole where it would be split."""
    text = escaped(facts.one_line(part))
    return f"{{{text}}}" if _NAME_JOINT.search(part) else text


def _bare(text: str) -> str:
    """An address or identifier, which TeX packages take as it is."""
    return facts.one_line(text).translate(_BARE_URL)
