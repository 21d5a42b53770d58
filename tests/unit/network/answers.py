"""What the services answer, in their own shapes, about papers that nobody wrote."""

from __future__ import annotations

import json
from html import escape
from typing import Any

MOSS = "Moss Networks: Slow Learning on Wet Stone"
ABSTRACT = (
    "We grow networks of moss on wet stone and measure how far they spread in a winter. Shade "
    "helps them more than rain does, and neither helps them much. On slate they spread twice as "
    "far as on granite, which we explain by the width of its cracks."
)
OTHER = (
    "Lichens have been proposed as a substrate for computing at the edge of forests. This survey "
    "collects forty years of attempts and asks what became of each of them after its funding ended."
)


def atom(*entries: dict[str, Any], total: int | None = None) -> str:
    """arXiv's feed."""
    found = "".join(_atom_entry(**entry) for entry in entries)
    count = len(entries) if total is None else total
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<feed xmlns="http://www.w3.org/2005/Atom" '
        'xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/" '
        'xmlns:arxiv="http://arxiv.org/schemas/atom">'
        f"<opensearch:totalResults>{count}</opensearch:totalResults>{found}</feed>"
    )


def _atom_entry(
    id: str = "2501.00001",  # noqa: A002
    title: str = MOSS,
    abstract: str = ABSTRACT,
    authors: tuple[str, ...] = ("Mo Example", "Li Sample"),
    published: str = "2025-01-02",
    doi: str = "",
) -> str:
    people = "".join(f"<author><name>{escape(name)}</name></author>" for name in authors)
    named = f"<arxiv:doi>{doi}</arxiv:doi>" if doi else ""
    return (
        f"<entry><id>http://arxiv.org/abs/{id}v1</id><title>{escape(title)}</title>"
        f"<published>{published}T00:00:00Z</published><summary>{escape(abstract)}</summary>"
        f"{people}{named}</entry>"
    )


ATOM_ERROR = (
    '<feed xmlns="http://www.w3.org/2005/Atom"><entry>'
    "<id>http://arxiv.org/api/errors#incorrect_id_format_for_abc</id><title>Error</title>"
    "<summary>incorrect id format for abc</summary></entry></feed>"
)


def openalex(*works: dict[str, Any]) -> str:
    """A page of OpenAlex's works."""
    return json.dumps({"meta": {"count": len(works)}, "results": [work(**w) for w in works]})


def work(
    title: str = MOSS,
    abstract: str | None = ABSTRACT,
    authors: tuple[str, ...] = ("Mo Example", "Li Sample"),
    published: str = "2025-01-02",
    doi: str = "10.1000/moss",
    venue: str = "Journal of Moss",
) -> dict[str, Any]:
    """One work of OpenAlex's, whose abstracts are indices of words."""
    index: dict[str, list[int]] = {}
    for place, word in enumerate((abstract or "").split()):
        index.setdefault(word, []).append(place)
    return {
        "id": "https://openalex.org/W1",
        "doi": f"https://doi.org/{doi}" if doi else None,
        "title": title,
        "publication_date": published,
        "authorships": [
            {"author": {"display_name": name}, "institutions": [{"display_name": "Moss Hall"}]}
            for name in authors
        ],
        "primary_location": {"source": {"display_name": venue}} if venue else None,
        "abstract_inverted_index": index or None,
    }


def crossref(*items: dict[str, Any]) -> str:
    """A page of Crossref's works."""
    return json.dumps({"status": "ok", "message": {"items": [item(**i) for i in items]}})


def item(
    title: str = MOSS,
    abstract: str = ABSTRACT,
    authors: tuple[str, ...] = ("Mo Example", "Li Sample"),
    published: tuple[int, ...] = (2025, 1, 2),
    doi: str = "10.1000/moss",
) -> dict[str, Any]:
    """One work of Crossref's, whose abstracts are JATS."""
    found: dict[str, Any] = {
        "DOI": doi,
        "type": "journal-article",
        "title": [title],
        "container-title": ["Journal of Moss"],
        "author": [
            {"given": name.split()[0], "family": name.split()[-1], "sequence": "first"}
            for name in authors
        ],
        "issued": {"date-parts": [list(published)]},
        "URL": f"https://doi.org/{doi}",
    }
    if abstract:
        found["abstract"] = f"<jats:title>Abstract</jats:title><jats:p>{escape(abstract)}</jats:p>"
    return found


def csl(**fields: Any) -> str:
    """A DOI's record, as its registrar gives it."""
    found = item(**fields)
    return json.dumps({**found, "title": found["title"][0], "container-title": "Journal of Moss"})


def daily(*papers: dict[str, Any]) -> str:
    """Hugging Face's papers of a day."""
    return json.dumps(
        [
            {
                "paper": {
                    "id": paper.get("id", "2501.00001"),
                    "title": paper.get("title", MOSS),
                    "summary": paper.get("summary", ABSTRACT),
                    "authors": [{"name": "Mo Example"}],
                    "publishedAt": "2025-03-14T00:00:00.000Z",
                    "upvotes": paper.get("upvotes", 12),
                },
                "publishedAt": f"{paper.get('sent', '2025-03-16')}T22:00:00.000Z",
                "title": paper.get("title", MOSS),
            }
            for paper in papers
        ]
    )


def zotero(*items: dict[str, Any]) -> str:
    """A page of a Zotero library."""
    return json.dumps([_zotero_item(**each) for each in items])


def _zotero_item(
    title: str = MOSS,
    kind: str = "journalArticle",
    extra: str = "",
    tags: tuple[str, ...] = (),
    key: str = "ABCD2345",
    **data: Any,
) -> dict[str, Any]:
    return {
        "key": key,
        "data": {
            "key": key,
            "itemType": kind,
            "title": title,
            "abstractNote": ABSTRACT,
            "extra": extra,
            "tags": [{"tag": tag} for tag in tags],
            **data,
        },
        "csljson": {
            "id": f"12345/{key}",
            "type": "article-journal",
            "title": title,
            "abstract": ABSTRACT,
            "author": [{"family": "Example", "given": "Mo"}],
            "issued": {"date-parts": [[2025, 1]]},
        },
    }
