"""One place makes every URL."""

from __future__ import annotations

from urllib.parse import unquote, urljoin

from hypothesis import given
from hypothesis import strategies as st

from conspectus.siteplan import urls

segments = st.text(st.characters(exclude_characters="/\x00", exclude_categories=["Cs"]), min_size=1)
permalinks = st.lists(
    segments.filter(lambda part: part not in {".", ".."}), min_size=1, max_size=3
).map("/".join)


@given(permalinks, permalinks)
def test_a_relative_link_leads_to_its_target_wherever_the_site_is_mounted(
    source: str, target: str
) -> None:
    base = "https://host.example/deep/folder/"
    here = base + urls.relative("", source)
    assert unquote(urljoin(here, urls.relative(source, target))) == base + target


def test_a_query_and_a_fragment_are_kept() -> None:
    assert urls.relative("papers/a.html", "search.html?q=x#top") == "../search.html?q=x#top"


def test_the_home_page_is_the_base_url_itself() -> None:
    assert urls.absolute("https://host.example/s/", "index.html") == "https://host.example/s/"


def test_without_a_base_url_there_is_no_absolute_link() -> None:
    assert urls.absolute("", "papers/a.html") == ""


def test_later_pages_of_a_list_carry_their_number() -> None:
    assert [urls.page_of("topics/rl.html", n) for n in (1, 2)] == [
        "topics/rl.html",
        "topics/rl-2.html",
    ]
