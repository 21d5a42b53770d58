"""Screenshots of every kind of page, and one sheet of them all: `make shots`.

python -m tests.browser.shots [SITE] [FOLDER]
"""

from __future__ import annotations

import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.browser import chromium

WIDTHS = (390, 768, 1280, 1920)
THEMES = ("light", "dark")
HEIGHT = 900
THUMBNAIL = 300


def main() -> None:
    site = Path(sys.argv[1] if len(sys.argv) > 1 else "_site").resolve()
    folder = Path(sys.argv[2] if len(sys.argv) > 2 else ".conspectus/shots").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    executable = chromium.find()
    assert executable, "no browser: run `make browser`"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=list(chromium.FLAGS))
        shots = [
            shot(browser, site, page, width, theme, folder)
            for page in pages(site)
            for width in WIDTHS
            for theme in THEMES
        ]
        sheet(browser, shots, folder / "sheet.png")
        browser.close()
    print(f"{len(shots)} screenshots and sheet.png in {folder}")


def pages(site: Path) -> list[str]:
    """One page of each kind that the site has, as permalinks."""
    kinds = ["index.html", "topics/index.html", "papers/index.html", "search.html?q=learning"]
    kinds += ["map.html", "terms.html", "timeline.html", "reading-list.html", "about.html"]
    found = [page for page in kinds if (site / page.split("?")[0]).is_file()]
    for kind in ("papers", "topics", "days", "lists", "digests"):
        candidates = sorted((site / kind).glob("*.html"))
        found += [f"{kind}/{page.name}" for page in candidates if page.stem != "index"][:1]
    return found


def shot(browser: Browser, site: Path, page: str, width: int, theme: str, folder: Path) -> Path:
    """The first screen of a page, as a reader meets it."""
    context = browser.new_context(
        viewport={"width": width, "height": HEIGHT},
        color_scheme=theme,  # type: ignore[arg-type]
    )
    view = context.new_page()
    view.goto(f"{site.as_uri()}/{page}")
    if "?q=" in page:
        view.locator("[data-search-results] > li").first.wait_for()
    name = page.split("?")[0].removesuffix(".html").replace("/", "-")
    path = folder / f"{name}-{width}-{theme}.png"
    view.screenshot(path=path)
    context.close()
    return path


def sheet(browser: Browser, shots: list[Path], path: Path) -> None:
    """All screenshots on one page, a row for each kind of page."""
    columns = len(WIDTHS) * len(THEMES)
    images = "".join(f'<img src="{shot.as_uri()}" alt="">' for shot in shots)
    source = path.with_suffix(".html")
    source.write_text(
        f"<!doctype html><style>body{{display:grid;gap:8px;margin:8px;align-items:start;"
        f"grid-template-columns:repeat({columns},{THUMBNAIL}px)}}img{{width:100%}}</style>{images}",
        encoding="utf-8",
    )
    view = browser.new_page(viewport={"width": columns * (THUMBNAIL + 8) + 8, "height": HEIGHT})
    view.goto(source.as_uri())
    view.screenshot(path=path, full_page=True)
    source.unlink()


if __name__ == "__main__":
    main()
