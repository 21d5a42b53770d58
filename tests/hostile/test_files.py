"""Whatever stands in a text, the files of the site hold it as text."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element

import bibtexparser
import html5lib
import rispy

from tests.hostile.conftest import Hostile
from tests.support.node import NODE

ELEMENTS = frozenset(
    str.split(
        "html head title meta link script noscript body header footer main nav article aside"
        " section div span p a h1 h2 h3 h4 h5 h6 ul ol li dl dt dd em strong code pre blockquote"
        " hr br mark details summary table thead tbody tr th td caption time form input label"
        " button select option svg g path rect circle line text use title desc figure figcaption"
    )
)
FORMULAS = frozenset(
    str.split(
        "math mrow mi mn mo mtext mspace msup msub msubsup munder mover munderover mfrac msqrt"
        " mroot mtable mtr mtd mstyle mpadded mphantom"
    )
)
LINKED = ("href", "src", "action", "formaction", "data", "poster", "srcset", "cite", "background")
SAFE = re.compile(
    r"(?:https?://|mailto:|data:(?:image/svg\+xml[;,]|,\Z)|(?![a-z][a-z0-9+.-]*:|//))", re.I
)
"""With a scheme that runs nothing, or with none."""
CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
RUNNING_TEX = re.compile(
    r"\\(?:write|openout|immediate|directlua|read|input|include|special|def|catcode|hspace)\b"
    r"|\\write18|\\(?:begin|end)\{(?:html|document|filecontents)|\^\^"
)
TEXTS = (".html", ".atom", ".json", ".xml", ".bib", ".ris", ".js", ".ics", ".txt")


EVALUATE = """
const fs = require("fs"), vm = require("vm");
const window = {}, alert = () => { throw new Error("ran"); };
window.conspectus = new Proxy({}, { get: (known, name) => known[name] ?? (() => {}) });
for (const path of process.argv.slice(1)) {
    const scope = { window, conspectus: window.conspectus, alert, document: {} };
    vm.runInNewContext(fs.readFileSync(path, "utf8"), scope);
}
if (window.hostile) throw new Error("ran");
"""
"""Script: evaluates files of data, which may register what they hold and do nothing else."""


def elements(html: str) -> Iterator[Element]:
    root = html5lib.parse(html, namespaceHTMLElements=False)
    return (element for element in root.iter() if isinstance(element.tag, str))


def name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def faults(html: str) -> list[str]:
    """What stands in a page that no text may bring there."""
    found = []
    for element in elements(html):
        tag = name(element)
        if tag not in ELEMENTS | FORMULAS:
            found.append(f"<{tag}>")
        if tag == "script" and "src" not in element.attrib:
            found += [] if element.get("type") == "application/ld+json" else ["a script inline"]
        for attribute, value in element.attrib.items():
            attribute = str(attribute).rpartition("}")[2]
            if attribute.startswith("on") or attribute in ("style", "srcdoc"):
                found.append(f"<{tag} {attribute}>")
            if attribute in LINKED and not SAFE.match(value.strip()):
                found.append(f"<{tag} {attribute}={value[:40]!r}>")
            if attribute in ("id", "class") and "hostile" in value.split():
                found.append(f"<{tag} {attribute}=hostile>")
    return found


def test_no_page_holds_an_element_that_a_text_brought(hostile: Hostile) -> None:
    pages = (*hostile.pages(), *hostile.redirects())
    found = {page.name: faults(page.read_text(encoding="utf-8")) for page in pages}

    assert {page: wrong for page, wrong in found.items() if wrong} == {}


def test_a_page_names_its_paper_by_all_of_its_text(hostile: Hostile) -> None:
    papers = json.loads((hostile.site / "data" / "papers.json").read_text(encoding="utf-8"))

    for paper in papers["papers"]:
        html = (hostile.site / "papers" / f"{paper['id']}.html").read_text(encoding="utf-8")
        (heading,) = (e for e in elements(html) if e.tag == "h1")
        if not any(name(e) == "math" for e in heading.iter()):
            assert "".join(heading.itertext()).split() == paper["title"].split()


def test_no_file_holds_a_control_character(hostile: Hostile) -> None:
    found = [
        path.relative_to(hostile.site).as_posix()
        for path in sorted(hostile.site.rglob("*"))
        if path.suffix in TEXTS and CONTROLS.search(path.read_bytes().decode("utf-8"))
    ]

    assert found == []


def test_every_feed_and_map_is_xml_with_no_more_entries_than_its_papers(hostile: Hostile) -> None:
    for path in sorted((*hostile.site.rglob("*.xml"), *hostile.site.rglob("*.atom"))):
        root = ElementTree.parse(path).getroot()
        entries = [e for e in root.iter() if name(e) == "entry"]
        assert all((e.findtext("{*}title") or "") != "Forged" for e in entries), path
        assert {name(e) for e in root.iter()}.isdisjoint({"script", "iframe", "h1"}), path


def test_the_html_in_feeds_is_as_safe_as_that_of_pages(hostile: Hostile) -> None:
    for path in sorted(hostile.site.rglob("*.atom")):
        for element in ElementTree.parse(path).getroot().iter():
            if element.get("type") == "html":
                assert faults(element.text or "") == [], path
    for path in sorted((hostile.site / "feeds").rglob("*.json")):
        for entry in json.loads(path.read_text(encoding="utf-8"))["items"]:
            assert faults(entry.get("content_html", "")) == [], path


def test_a_bibliography_holds_one_entry_a_paper(hostile: Hostile) -> None:
    exports = hostile.site / "exports"
    listed = json.loads((exports / "all.csl.json").read_text(encoding="utf-8"))
    bibtex = bibtexparser.parse_file(str(exports / "all.bib"))
    ris = rispy.loads((exports / "all.ris").read_text(encoding="utf-8"))

    assert len(listed) == len(hostile.papers)
    assert (len(bibtex.entries), bibtex.failed_blocks) == (len(hostile.papers), [])
    assert len(ris) == len(hostile.papers)
    assert {entry["id"] for entry in listed}.isdisjoint({"forged"})


def test_an_alias_leads_to_a_paper_of_the_site(hostile: Hostile) -> None:
    assert set(hostile.redirects().values()) <= set(hostile.pages())


def test_bibtex_holds_no_command_that_reads_or_runs(hostile: Hostile) -> None:
    text = (hostile.site / "exports" / "all.bib").read_text(encoding="utf-8")

    assert RUNNING_TEX.findall(text) == []


def test_data_for_machines_in_a_page_is_json_and_ends_no_element(hostile: Hostile) -> None:
    for page in hostile.pages():
        html = page.read_text(encoding="utf-8")
        for block in re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S):
            assert "<" not in block
            json.loads(block)


def test_every_script_of_data_is_one_statement(hostile: Hostile, tmp_path: Path) -> None:
    """Node reads each; none of them may do more than register what it holds."""
    scripts = [str(p) for p in sorted((hostile.site / "search").rglob("*.js"))]
    run = subprocess.run(
        [NODE, "-e", EVALUATE, *scripts], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0, run.stderr[-2000:]
