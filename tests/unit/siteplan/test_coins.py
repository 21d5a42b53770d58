"""Reference managers are told of papers that can be cited in full, and of no others."""

from __future__ import annotations

from urllib.parse import parse_qs

from conspectus.model.papers import Author, PartialDate
from conspectus.siteplan.coins import coins
from tests.support.makers import paper

AUTHORS = (Author("Lovelace", "Ada"), Author("Group & Co"))
PAGE = "https://example.org/papers/a.html"


def read(**fields: object) -> dict[str, list[str]]:
    given = {"authors": AUTHORS, "published": PartialDate(2025, 2)} | fields
    return parse_qs(coins(paper("a", "Q & A: 50 % + <b>", **given), PAGE))


def test_a_paper_without_authors_or_year_has_none() -> None:
    assert coins(paper("a", authors=AUTHORS), PAGE) == ""
    assert coins(paper("a", published=PartialDate(2025)), PAGE) == ""


def test_an_article_names_its_journal_and_authors() -> None:
    found = read(venue="Journal of Lamps", doi="10.1000/x")
    assert found["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:journal"]
    assert found["rft.jtitle"] == ["Journal of Lamps"]
    assert found["rft.atitle"] == ["Q & A: 50 % + <b>"]
    assert found["rft.au"] == ["Ada Lovelace", "Group & Co"]
    assert found["rft.date"] == ["2025-02"]
    assert found["rft_id"] == ["info:doi/10.1000/x", "https://doi.org/10.1000/x"]


def test_a_paper_of_a_conference_stands_in_a_book() -> None:
    found = read(venue="ICLR 2025")
    assert found["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:book"]
    assert found["rft.genre"] == ["proceeding"]
    assert found["rft.btitle"] == ["ICLR 2025"]


def test_a_preprint_has_a_title_and_creators() -> None:
    found = read(arxiv="2502.12152")
    assert found["rft_val_fmt"] == ["info:ofi/fmt:kev:mtx:dc"]
    assert found["rft.creator"] == ["Ada Lovelace", "Group & Co"]
    assert found["rft.identifier"] == ["https://arxiv.org/abs/2502.12152"]
