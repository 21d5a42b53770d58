"""What all tests share: built sites, each built once in a session for all workers."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import settings

from tests.support import building, serving
from tests.support.markup import Element, parse

# No timed tests, and the same examples in every run: a red test stays red until it is mended.
settings.register_profile("conspectus", deadline=None, derandomize=True, print_blob=True)
settings.load_profile("conspectus")

SiteMaker = Callable[..., Path]


@pytest.fixture(scope="session")
def site_of(tmp_path_factory: pytest.TempPathFactory) -> SiteMaker:
    """Builds a site under a name, or hands out the one that another worker has built.

    Takes the name, the content folder (None: an empty one) and lines to add to its settings.
    """
    base = tmp_path_factory.getbasetemp()
    if base.name.startswith("popen-"):
        base = base.parent

    def make(name: str, content: Path | None, more: str = "") -> Path:
        folder = base / "sites" / name
        with FileLock(base / f"{name}.lock"):
            if not (folder / "_site").exists():
                shutil.rmtree(folder, ignore_errors=True)
                folder.mkdir(parents=True)
                if content is None:
                    (folder / "content").mkdir()
                else:
                    building.survey(content, folder)
                if more:
                    with (folder / "content/survey.yaml").open("a", encoding="utf-8") as settings:
                        settings.write(more)
                building.built(folder)
        return folder / "_site"

    return make


@pytest.fixture(scope="session")
def seed_site(site_of: SiteMaker) -> Path:
    """The folder of the site that this repository publishes."""
    return site_of("seed", building.CONTENT)


@pytest.fixture(scope="session")
def survey_site(site_of: SiteMaker) -> Path:
    """The folder of an invented survey's site, which has every field that papers can have."""
    return site_of("survey", building.FIXTURES / "survey")


@pytest.fixture(scope="session")
def compact_site(site_of: SiteMaker) -> Path:
    """The folder of the same survey's site, as small as it can be."""
    return site_of("compact", building.FIXTURES / "survey", "size: compact\n")


@pytest.fixture(scope="session")
def bottles_site(site_of: SiteMaker) -> Path:
    """The folder of the site of a larger invented survey: years, attributes, other scripts."""
    return site_of("bottles", building.FIXTURES / "bottles")


@pytest.fixture(scope="session")
def single_site(site_of: SiteMaker) -> Path:
    """The folder of the site of a survey of one paper."""
    return site_of("one", building.FIXTURES / "one")


@pytest.fixture(scope="session")
def empty_site(site_of: SiteMaker) -> Path:
    """The folder of the site of an empty content folder."""
    return site_of("empty", None)


@pytest.fixture(scope="session")
def seed_pages(seed_site: Path) -> dict[str, Element]:
    """Every page of the seed's site, parsed, by its permalink."""
    return pages_of(seed_site)


@pytest.fixture(scope="session")
def survey_pages(survey_site: Path) -> dict[str, Element]:
    """Every page of the invented survey's site, parsed, by its permalink."""
    return pages_of(survey_site)


@pytest.fixture(scope="session")
def served_site(seed_site: Path) -> Iterator[str]:
    """The URL, with a slash at its end, of the seed's site in a sub-folder of a web server."""
    with serving.served(seed_site) as url:
        yield url


@pytest.fixture(scope="session")
def served_survey(survey_site: Path) -> Iterator[str]:
    """The URL, with a slash at its end, of the invented survey's site."""
    with serving.served(survey_site) as url:
        yield url


@pytest.fixture(scope="session")
def served_compact(compact_site: Path) -> Iterator[str]:
    """The URL, with a slash at its end, of its compact site."""
    with serving.served(compact_site) as url:
        yield url


def pages_of(site: Path) -> dict[str, Element]:
    """Every page of a site, parsed, by its permalink."""
    return {
        path.relative_to(site).as_posix(): parse(path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
    }
