"""An invented survey with every field: what the curator wrote stands where it belongs."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urljoin

import pytest

from tests.support.building import FIXTURES, contents
from tests.support.markup import Element
from tests.support.sources import abstract, plain, same_words, shown_abstract

PAPERS = FIXTURES / "survey" / "papers"
LAMP = "papers/lamp-rotation-timing.html"


def _ids() -> list[str]:
    paths = sorted(PAPERS.rglob("*.md"))
    return [path.relative_to(PAPERS).with_suffix("").as_posix() for path in paths]


@pytest.mark.parametrize(
    "paper", [x for x in _ids() if x not in {"unfinished-draft", "pigeon-title-only"}]
)
def test_a_page_shows_its_whole_abstract(paper: str, survey_pages: dict[str, Element]) -> None:
    wanted = plain(abstract(PAPERS / f"{paper}.md")).replace("**", "").replace("*", "")

    assert same_words(wanted, shown_abstract(survey_pages[f"papers/{paper}.html"]))


def test_a_draft_is_nowhere_in_the_site(survey_site: Path) -> None:
    found = [path for path, body in contents(survey_site).items() if b"zyzzogeton" in body]

    assert found == []
    assert not (survey_site / "papers" / "unfinished-draft.html").exists()


def test_a_paper_without_an_abstract_has_a_page_that_says_so(
    survey_pages: dict[str, Element],
) -> None:
    assert "No abstract given." in survey_pages["papers/pigeon-title-only.html"].one("main").text()


def test_notes_stand_apart_from_the_abstract(survey_pages: dict[str, Element]) -> None:
    page = survey_pages[LAMP]

    assert "smear angle is defined here" in page.one("main").text()
    assert "smear angle is defined here" not in shown_abstract(page)


def test_authors_venue_and_date_stand_on_the_page(survey_pages: dict[str, Element]) -> None:
    text = survey_pages[LAMP].one("main").text()

    assert "Orla Fennimore" in text
    assert "Bram Quillfeather" in text
    assert "Journal of Imagined Optics" in text
    assert "2021" in text


def test_citation_tags_say_what_is_known(survey_pages: dict[str, Element]) -> None:
    metas = [
        (e.attributes.get("name", ""), e.attributes.get("content", ""))
        for e in survey_pages[LAMP].all("meta")
    ]

    assert ("citation_doi", "10.5555/jio.2021.0304") in metas
    assert ("citation_publication_date", "2021/03/04") in metas
    assert [x for name, x in metas if name == "citation_author"] == [
        "Orla Fennimore", "Bram Quillfeather",
    ]  # fmt: skip


def test_links_of_every_kind_lead_out(survey_pages: dict[str, Element]) -> None:
    main = survey_pages[LAMP].one("main")
    targets = {a.attributes.get("href") for a in main.all("a")}

    assert {
        "https://example.com/fennimore/lamp-rotation",
        "https://example.com/data/lamp-rotation",
        "https://example.org/lamp-rotation.pdf",
        "https://doi.org/10.5555/jio.2021.0304",
    } <= targets


def test_prices_and_shell_variables_are_not_math(survey_pages: dict[str, Element]) -> None:
    assert "$5 and $10 sprays" in shown_abstract(survey_pages["papers/moss-memory-drought.html"])
    assert "${MOSS_HOME}/bin/mossc" in shown_abstract(survey_pages["papers/moss-compiler.html"])


def test_markup_in_an_abstract_is_text(survey_pages: dict[str, Element]) -> None:
    page = survey_pages["papers/slug-tolerance.html"]

    assert "<b>first</b>" in shown_abstract(page)
    assert not list(page.all("b"))


def test_text_of_papers_chooses_its_own_direction(survey_pages: dict[str, Element]) -> None:
    page = survey_pages["papers/paper-bird-language.html"]

    assert page.one("h1").attributes["dir"] == "auto"
    assert "飛田 結衣" in page.one("main").text()


def test_a_former_id_leads_to_the_paper(survey_pages: dict[str, Element]) -> None:
    page = "papers/keepers-logbook.html"

    (refresh,) = [
        e for e in survey_pages[page].all("meta") if e.attributes.get("http-equiv") == "refresh"
    ]
    wait, _, target = refresh.attributes["content"].partition("; url=")
    assert (wait, urljoin(page, target)) == ("0", "papers/2024/keepers-logbooks.html")


def test_files_of_the_curator_lie_at_the_root(survey_site: Path) -> None:
    for name in ("robots-note.txt", ".well-known/security.txt"):
        source = FIXTURES / "survey" / "files" / name
        assert (survey_site / name).read_bytes() == source.read_bytes()


def test_a_free_page_and_a_reading_list_are_published(survey_pages: dict[str, Element]) -> None:
    assert "postcard" in survey_pages["contribute.html"].one("main").text()
    evening = survey_pages["lists/first-evening.html"].one("main")
    assert "Mind the smear angle." in evening.text()
    assert f"../{LAMP}" in {a.attributes.get("href") for a in evening.all("a")}


def test_a_digest_is_published_with_its_note(survey_pages: dict[str, Element]) -> None:
    spring = survey_pages["digests/2024-05-08.html"].one("main")
    assert "The slugs are back" in spring.text()
    links = {a.attributes.get("href") for a in spring.all("a")}
    assert {"../papers/slug-tolerance.html", "../feeds/digests.atom"} <= links


def test_publication_dates_give_a_timeline(survey_pages: dict[str, Element]) -> None:
    text = survey_pages["timeline.html"].one("main").text()

    assert all(str(year) in text for year in range(2019, 2025))


def test_an_address_gives_a_sitemap_of_every_page_and_canonical_links(
    survey_site: Path, survey_pages: dict[str, Element]
) -> None:
    sitemap = (survey_site / "sitemap.xml").read_text(encoding="utf-8")

    for page in survey_pages:
        address = "https://example.org/surveys/slow/" + page.removesuffix("index.html")
        is_named = (
            f"<loc>{address}</loc>" in sitemap or f"<loc>{address}index.html</loc>" in sitemap
        )
        is_shut_out = any(
            e.attributes.get("name") == "robots" for e in survey_pages[page].all("meta")
        )
        assert is_named != is_shut_out, page


def test_without_an_address_there_is_no_sitemap(seed_site: Path) -> None:
    assert not (seed_site / "sitemap.xml").exists()


def test_every_page_is_shown_with_a_picture_that_there_is(
    survey_site: Path, survey_pages: dict[str, Element]
) -> None:
    base = "https://example.org/surveys/slow/"
    pictures = {
        meta.attributes.get("content", "")
        for page in survey_pages.values()
        for meta in page.all("meta")
        if meta.attributes.get("property") == "og:image"
    }

    assert f"{base}cards/index.png" in pictures
    for picture in pictures:
        body = (survey_site / picture.removeprefix(base)).read_bytes()
        assert body[16:24] == (1200).to_bytes(4, "big") + (630).to_bytes(4, "big")
