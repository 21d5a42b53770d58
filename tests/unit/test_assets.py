"""The look as it is loaded: the survey's own files over the bundled ones."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from conspectus import assets
from conspectus.assets import load
from conspectus.problems import ProblemsError

BUNDLED = {
    "templates/page.html": b"<main>",
    "templates/parts/row.html": b"<li>",
    "static/css/site.css": b"body{}",
    "static/js/search/tokens.js": b"tokens()",
}


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    for name, body in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(body)


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The content folder of a survey, with a small bundled look elsewhere."""
    checkout = tmp_path / "checkout"
    write(checkout, BUNDLED)
    (checkout / "conspectus").mkdir()
    monkeypatch.setattr(assets, "_PACKAGE", checkout / "conspectus")
    (tmp_path / "survey" / "content").mkdir(parents=True)
    return tmp_path / "survey" / "content"


def problems_of(content: Path) -> str:
    with pytest.raises(ProblemsError) as stopped:
        load(content)
    return str(stopped.value)


def test_without_own_files_the_look_is_the_bundled_one(content: Path) -> None:
    look = load(content)
    assert look.templates == (("page.html", "<main>"), ("parts/row.html", "<li>"))
    assert [asset.name for asset in look.files] == ["css/site.css", "js/search/tokens.js"]


def test_permalinks_are_flat_and_carry_a_hash(content: Path) -> None:
    permalinks = [asset.permalink for asset in load(content).files]
    assert [link.split(".")[0] for link in permalinks] == ["assets/site", "assets/search-tokens"]
    assert all(len(link.split(".")[1]) == 8 for link in permalinks)


def test_a_permalink_changes_with_the_body_and_only_with_it(content: Path) -> None:
    before = {asset.name: asset.permalink for asset in load(content).files}
    write(content.parent, {"static/css/site.css": b"body{color:red}"})
    after = {asset.name: asset.permalink for asset in load(content).files}
    assert before["css/site.css"] != after["css/site.css"]
    assert before["js/search/tokens.js"] == after["js/search/tokens.js"]


def test_an_own_file_replaces_the_bundled_one_and_leaves_the_rest(content: Path) -> None:
    write(content.parent, {"templates/page.html": b"<mine>"})
    assert load(content).templates == (("page.html", "<mine>"), ("parts/row.html", "<li>"))


def test_own_files_are_added(content: Path) -> None:
    write(content.parent, {"templates/more.html": b"", "static/img/logo.svg": b"<svg>"})
    look = load(content)
    assert "more.html" in dict(look.templates)
    assert any(asset.permalink.startswith("assets/img-logo.") for asset in look.files)


def test_a_wheel_finds_its_files_within_the_package(
    content: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wheel = tmp_path / "site-packages" / "conspectus"
    write(wheel / "_bundled", {"templates/page.html": b"<wheel>", "static/css/site.css": b""})
    monkeypatch.setattr(assets, "_PACKAGE", wheel)
    assert load(content).templates == (("page.html", "<wheel>"),)


def test_a_survey_in_the_checkout_itself_has_each_file_once(content: Path, tmp_path: Path) -> None:
    (tmp_path / "checkout" / "content").mkdir()
    assert load(tmp_path / "checkout" / "content") == load(content)


@pytest.mark.parametrize("name", [".", "../content"])
def test_the_survey_is_found_from_any_way_to_name_its_content(
    content: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    write(content.parent, {"templates/page.html": b"<mine>"})
    monkeypatch.chdir(content)
    assert dict(load(Path(name)).templates)["page.html"] == "<mine>"


def test_hidden_files_and_backups_are_no_part_of_the_look(content: Path) -> None:
    write(content.parent, {"templates/.page.html.swp": b"\xff", "static/css/site.css~": b""})
    assert load(content) == load(content.parent / "elsewhere" / "content")


def test_a_template_that_is_not_utf8_is_a_problem_with_its_line(content: Path) -> None:
    write(content.parent, {"templates/page.html": b"<p>\nna\xefve"})
    assert f"{content.parent}/templates/page.html:2:1: error: is not UTF-8" in problems_of(content)


def test_a_byte_order_mark_is_not_part_of_a_template(content: Path) -> None:
    write(content.parent, {"templates/page.html": b"\xef\xbb\xbf<p>"})
    assert dict(load(content).templates)["page.html"] == "<p>"


def test_a_name_that_a_url_would_have_to_escape_is_a_problem(content: Path) -> None:
    write(content.parent, {"static/css/my style.css": b"", "static/Ünique.js": b""})
    assert problems_of(content).count("has a name that URLs would have to escape") == 2


def test_two_files_that_would_share_a_permalink_are_a_problem(content: Path) -> None:
    write(content.parent, {"static/css/a/b.css": b"same", "static/css/a-b.css": b"same"})
    assert "would be published under the same name as static/css/a-b.css" in problems_of(content)


def test_a_link_that_leaves_the_survey_is_not_followed(content: Path, tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("secret")
    (content.parent / "templates").mkdir()
    (content.parent / "templates" / "page.html").symlink_to(tmp_path / "secret")
    assert "leaves the survey's folder" in problems_of(content)


def test_all_problems_are_told_at_once(content: Path) -> None:
    write(content.parent, {"templates/a.html": b"\xff", "static/b c.js": b""})
    assert problems_of(content).count("error:") == 2


def test_the_program_brings_along_templates_styles_and_scripts(tmp_path: Path) -> None:
    look = load(tmp_path / "content")
    assert look.templates
    assert {Path(asset.name).suffix for asset in look.files} >= {".css", ".js"}
