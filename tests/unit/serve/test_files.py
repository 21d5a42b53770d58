"""Paths that a browser asks for, and what they may reach."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conspectus.serve.files import content_type, find


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("survey")
    (folder / "secret.txt").write_text("secret")
    (folder / "site-2").mkdir()
    (folder / "site-2" / "secret.txt").write_text("secret")
    site = folder / "site"
    for name in ("index.html", "papers/a.html", "papers/index.html", "é.txt", ".well-known/x"):
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(name)
    (site / "leak.txt").symlink_to(folder / "secret.txt")
    (site / "leaks").symlink_to(folder)
    (site / "inside.html").symlink_to("index.html")
    (site / "loop").symlink_to("loop")
    return site


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/", "index.html"),
        ("/papers/", "papers/index.html"),
        ("/papers/a.html", "papers/a.html"),
        ("/é.txt", "é.txt"),
        ("/.well-known/x", ".well-known/x"),
        ("/inside.html", "index.html"),
    ],
)
def test_files_of_the_site_are_found(site: Path, path: str, name: str) -> None:
    assert find(site, path) == (site / name).resolve()


@pytest.mark.parametrize(
    "path",
    [
        "", "secret.txt", "//", "/../secret.txt", "/papers/../../secret.txt", "/..", "/.", "/./",
        "/%2e%2e/secret.txt", "/..\\secret.txt", "/papers\\a.html", "/index.html\0", "/\0",
        "/C:/Windows", "/leak.txt", "/leaks/secret.txt", "/loop", "//etc/passwd",
        "/../site-2/secret.txt",
        "/" + "a" * 5000, "/index.html/", "/papers//a.html", "/missing", "/\udc80",
    ],
)  # fmt: skip
def test_nothing_else_is_found(site: Path, path: str) -> None:
    assert find(site, path) is None


@given(st.lists(st.sampled_from(["..", ".", "", "papers", "secret.txt", "site", "leaks", "a"])))
def test_no_path_leaves_the_site(site: Path, parts: list[str]) -> None:
    found = find(site, "/" + "/".join(parts))
    assert found is None or found.is_relative_to(site.resolve())


def test_a_site_that_does_not_exist_has_no_files(tmp_path: Path) -> None:
    assert find(tmp_path / "site", "/index.html") is None


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("search/entry.js", "text/javascript; charset=utf-8"),
        ("all.atom", "application/atom+xml; charset=utf-8"),
        ("all.csl.json", "application/json"),
        ("logo.SVG", "image/svg+xml"),
        ("figure.png", "image/png"),
        ("CNAME", "application/octet-stream"),
    ],
)
def test_a_file_has_its_content_type(name: str, kind: str) -> None:
    assert content_type(name) == kind
