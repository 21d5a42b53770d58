"""A paper's title, or an identifier, in; the records that a service has of it out."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import quote, urlencode

from conspectus.importers import similarity
from conspectus.importers.entries import Entry
from conspectus.importers.formats import arxiv, csl, openalex
from conspectus.importers.network.client import Client, text_of
from conspectus.importers.network.faults import NetworkError

SERVICES = ("openalex", "crossref", "arxiv")
"""In the order in which they are asked."""
_MOST = 5
_MOST_WORDS = 30
_OPENALEX_FIELDS = (
    "id,doi,ids,title,display_name,publication_date,publication_year,type,language,authorships,"
    "primary_location,best_oa_location,locations,abstract_inverted_index"
)


def by_title(service: str, title: str, client: Client) -> tuple[Entry, ...]:
    """At most five records, the likeliest first; raises NetworkError."""
    searched = " ".join(similarity.words(title)[:_MOST_WORDS])
    return _BY_TITLE[service](searched, client) if searched else ()


def by_identifier(service: str, doi: str, arxiv: str, client: Client) -> tuple[Entry, ...]:
    """The record of a DOI or an arXiv identifier, if the service has one; raises NetworkError."""
    try:
        return _BY_IDENTIFIER[service](doi, arxiv, client)
    except NetworkError as fault:
        if fault.is_missing:
            return ()
        raise


def _openalex_by_title(title: str, client: Client) -> tuple[Entry, ...]:
    query = {"filter": f"title.search:{title}", "per-page": str(_MOST)}
    return _openalex("/works", query, client)


def _openalex_by_identifier(doi: str, arxiv: str, client: Client) -> tuple[Entry, ...]:
    known = doi or f"10.48550/arxiv.{arxiv}"
    return _openalex(f"/works/doi:{quote(known, safe='/()')}", {}, client)


def _openalex(path: str, query: dict[str, str], client: Client) -> tuple[Entry, ...]:
    query = {**query, "select": _OPENALEX_FIELDS}
    if client.keys.openalex:
        query["api_key"] = client.keys.openalex
    if client.email:
        query["mailto"] = client.email
    answer = client.fetch(f"{client.bases.openalex}{path}?{urlencode(query)}")
    return openalex.read(text_of(answer), "openalex").entries


def _crossref_by_title(title: str, client: Client) -> tuple[Entry, ...]:
    query = {"query.bibliographic": title, "rows": str(_MOST)}
    return _crossref("/works", query, client)


def _crossref_by_identifier(doi: str, arxiv: str, client: Client) -> tuple[Entry, ...]:
    return _crossref(f"/works/{quote(doi, safe='/()')}", {}, client) if doi else ()


def _crossref(path: str, query: dict[str, str], client: Client) -> tuple[Entry, ...]:
    if client.email:
        query = {**query, "mailto": client.email}
    asked = f"?{urlencode(query)}" if query else ""
    answer = client.fetch(f"{client.bases.crossref}{path}{asked}")
    return csl.read(text_of(answer), "crossref").entries


def _arxiv_by_title(title: str, client: Client) -> tuple[Entry, ...]:
    return _arxiv({"search_query": f'ti:"{title}"', "max_results": str(_MOST)}, client)


def _arxiv_by_identifier(doi: str, arxiv: str, client: Client) -> tuple[Entry, ...]:
    return _arxiv({"id_list": arxiv, "max_results": "1"}, client) if arxiv else ()


def _arxiv(query: dict[str, str], client: Client) -> tuple[Entry, ...]:
    answer = client.fetch(f"{client.bases.arxiv}/api/query?{urlencode(query)}")
    return arxiv.read(text_of(answer), "arxiv").entries


_BY_TITLE: dict[str, Callable[[str, Client], tuple[Entry, ...]]] = {
    "openalex": _openalex_by_title,
    "crossref": _crossref_by_title,
    "arxiv": _arxiv_by_title,
}
_BY_IDENTIFIER: dict[str, Callable[[str, str, Client], tuple[Entry, ...]]] = {
    "openalex": _openalex_by_identifier,
    "crossref": _crossref_by_identifier,
    "arxiv": _arxiv_by_identifier,
}
