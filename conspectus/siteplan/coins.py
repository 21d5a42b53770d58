"""A paper in; its COinS out: an OpenURL by which Zotero and its like offer a whole list.

Only where authors and year are known: a reference manager would fill the gaps by guessing.
"""

from __future__ import annotations

from urllib.parse import quote, urlencode

from conspectus import citations
from conspectus.citations.facts import address, csl_type
from conspectus.model.papers import Paper

AUTHORS = 30
"""Named at most: a list of 150 papers carries each of them on every visit."""


def coins(paper: Paper, page: str) -> str:
    """The title of a `Z3988` span; empty for a paper that cannot be cited in full.

    `page` is the paper's page in the survey, for a paper without an address of its own.
    """
    if not citations.is_citable(paper):
        return ""
    fields = [
        ("ctx_ver", "Z39.88-2004"),
        *(_published(paper) if paper.venue else _plain(paper)),
        ("rft.date", str(paper.published)),
        *(_identifiers(paper, page)),
    ]
    return urlencode([(name, value) for name, value in fields if value], quote_via=quote)


def _published(paper: Paper) -> list[tuple[str, str]]:
    """In a journal, or in a book of proceedings: the two formats name the venue differently."""
    first = paper.authors[0]
    is_article = csl_type(paper) == "article-journal"
    return [
        ("rft_val_fmt", f"info:ofi/fmt:kev:mtx:{'journal' if is_article else 'book'}"),
        ("rft.genre", "article" if is_article else "proceeding"),
        ("rft.atitle", paper.title_text),
        ("rft.jtitle" if is_article else "rft.btitle", paper.venue),
        ("rft.aulast", first.family),
        ("rft.aufirst", first.given),
        *(("rft.au", author.name) for author in paper.authors[:AUTHORS]),
    ]


def _plain(paper: Paper) -> list[tuple[str, str]]:
    return [
        ("rft_val_fmt", "info:ofi/fmt:kev:mtx:dc"),
        ("rft.type", "preprint" if paper.arxiv else "document"),
        ("rft.title", paper.title_text),
        *(("rft.creator", author.name) for author in paper.authors[:AUTHORS]),
    ]


def _identifiers(paper: Paper, page: str) -> list[tuple[str, str]]:
    found = address(paper, page)
    return [
        ("rft_id", f"info:doi/{paper.doi}" if paper.doi else ""),
        ("rft_id" if paper.venue else "rft.identifier", found),
    ]
