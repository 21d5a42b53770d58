"""Seconds of a build, and the compressed weight of a page with everything that it loads.

python benchmarks/site.py [CONTENT] [--runs N]
"""

from __future__ import annotations

import argparse
import gzip
import re
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LOADED = re.compile(r'<(?:script|link|img)\b[^>]*?(?:src|href)="([^"]+\.(?:css|js|svg|png))"')


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("content", nargs="?", type=Path, default=ROOT / "content")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = Path(folder) / "_site"
        cold = [timed_build(options.content, site.with_name(f"_{n}")) for n in range(options.runs)]
        timed_build(options.content, site)
        again = [timed_build(options.content, site) for _ in range(options.runs)]
        print(f"{'build, seconds':34}{'median':>8}{'least':>8}{'most':>8}")
        print_row("cold", cold)
        print_row("nothing changed", again)
        print_weights(site)


def timed_build(content: Path, output: Path) -> float:
    """Wall seconds of one build in a process of its own, interpreter start included."""
    command = [sys.executable, "-m", "conspectus", "build", "--frozen"]
    start = time.perf_counter()
    subprocess.run(
        [*command, "--content", str(content), "--output", str(output)],
        check=True,
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    return time.perf_counter() - start


def print_row(name: str, seconds: list[float]) -> None:
    print(f"{name:34}{statistics.median(seconds):8.2f}{min(seconds):8.2f}{max(seconds):8.2f}")


def print_weights(site: Path) -> None:
    print(f"\n{'page, KB':34}{'alone':>8}{'loaded':>8}   (gzip -9, with all that it loads)")
    papers = sorted(site.glob("papers/*.html"), key=lambda page: page.stat().st_size)
    papers = [page for page in papers if not page.name.startswith("index")]
    hubs = sorted(site.glob("topics/*.html"), key=lambda page: page.stat().st_size)
    pages = {"home": site / "index.html"}
    if papers:
        pages |= {"median paper": papers[len(papers) // 2], "largest paper": papers[-1]}
    if hubs:
        pages["largest hub"] = hubs[-1]
    for name, page in pages.items():
        own = weight(page)
        loaded = {
            (page.parent / link).resolve() for link in LOADED.findall(page.read_text("utf-8"))
        }
        total = own + sum(weight(file) for file in loaded)
        print(f"{name:34}{own / 1000:8.1f}{total / 1000:8.1f}")
    files = [file for file in site.rglob("*") if file.is_file()]
    size = sum(file.stat().st_size for file in files)
    print(f"\n{len(files)} files, {size / 1e6:.1f} MB")


def weight(file: Path) -> int:
    return len(gzip.compress(file.read_bytes(), 9, mtime=0))


if __name__ == "__main__":
    main()
