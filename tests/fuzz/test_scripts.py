"""The browser's own readers, in Node: shared lists, stored shelves and queries of any text."""

from __future__ import annotations

import itertools
import json
import random
import subprocess

from tests.fuzz.readers import FRAGMENTS
from tests.hostile.payloads import ALL
from tests.support.building import ROOT
from tests.support.depth import depth
from tests.support.figures import note
from tests.support.node import NODE

PARTS = (
    *FRAGMENTS,
    '"',
    "-",
    "title:",
    "author:",
    "year:",
    "has:",
    "#1.",
    "abcdefgh",
    "7",
    "界",
    "́",
)
SCRIPTS = ("shelf.js", "carry.js", "search/tokens.js", "search/stems.js", "search/query.js")
READ = """
const fs = require("fs"), vm = require("vm");
const [folder, ...names] = process.argv.slice(1);
const window = { }, document = { documentElement: { lang: "en" } };
const scope = vm.createContext({ window, document, console });
for (const name of names) vm.runInContext(fs.readFileSync(`${folder}/${name}`, "utf8"), scope);
const { shelf, carry, parse, stem } = window.conspectus;
const readers = { shelf: shelf.read, shared: carry.shared, query: (text) => parse(text, stem) };
const wrong = [];
for (const text of JSON.parse(fs.readFileSync(0, "utf8"))) {
    for (const [name, read] of Object.entries(readers)) {
        const before = process.cpuUsage().user;
        try { read(text); } catch (fault) { wrong.push([name, text.slice(0, 60), String(fault)]); }
        const spent = (process.cpuUsage().user - before) / 1e6;
        if (spent > 1) wrong.push([name, text.slice(0, 60), `${spent} s`]);
    }
}
if (Object.prototype.hostile !== undefined) wrong.push("a prototype was changed");
console.log(JSON.stringify(wrong));
"""


def texts() -> list[str]:
    chance = random.Random(7)
    made = [
        "".join(chance.choices(PARTS, k=chance.randrange(1, 30))) for _ in range(depth(300, 20_000))
    ]
    shelves = [
        f'{{"version":1,"kept":[{one}],"skipped":{other}}}'
        for one, other in itertools.pairwise(made)
    ]
    heaps = [(part * 100_000)[:100_000] for part in PARTS]
    return [
        *made,
        *shelves,
        *heaps,
        *(payload.text for payload in ALL),
        '{"__proto__":{"hostile":1}}',
    ]


def test_no_reader_in_the_browser_throws_or_hangs() -> None:
    run = subprocess.run(
        [NODE, "-e", READ, str(ROOT / "static" / "js"), *SCRIPTS],
        input=json.dumps(texts()),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )

    assert run.returncode == 0, run.stderr[-2000:]
    assert json.loads(run.stdout) == []
    note("texts", texts=3 * len(texts()))
