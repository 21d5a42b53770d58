"""An engine's folder in; a page in an empty browser that answers queries out."""

from __future__ import annotations

import functools
import http.server
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Request

from searching.engines import Engine

ASK_ALL = """async (queries) => {
  const answers = [];
  for (const query of queries) {
    const begun = performance.now();
    const ids = await window.ask(query);
    answers.push({ids, ms: performance.now() - begun});
  }
  return answers;
}"""

ASK = {
    "conspectus": """window.ask = async (query) =>
  (await conspectus.search(query, {limit: 10})).map(({id}) => id);""",
    "pagefind": """window.ask = async (query) => {
  window.pagefind ??= await import("./pagefind/pagefind.js");
  const {results} = await window.pagefind.search(query);
  const data = await Promise.all(results.slice(0, 10).map((result) => result.data()));
  return data.map(({url}) => url.split("/").pop().replace(".html", ""));
};""",
    "minisearch": """window.ask = async (query) => {
  const options = {fields: ["title", "abstract"], searchOptions: {
    boost: {title: 3}, ...(window.tolerant ? {prefix: true, fuzzy: 0.2} : {})}};
  window.index ??= MiniSearch.loadJSON(await (await fetch("index.json")).text(), options);
  return window.index.search(query).slice(0, 10).map(({id}) => id);
};""",
    "lunr": """window.ask = async (query) => {
  window.index ??= lunr.Index.load(await (await fetch("index.json")).json());
  const tokens = lunr.tokenizer(query);
  return window.index.query((asked) => {
    asked.term(tokens, {boost: 10});
    if (!window.tolerant || tokens.length === 0) return;
    asked.term(tokens.slice(-1), {wildcard: lunr.Query.wildcard.TRAILING});
    asked.term(tokens.filter((token) => String(token).length > 4), {editDistance: 1});
  }).slice(0, 10).map(({ref}) => ref);
};""",
}
"""What each page is asked by. Whole-index engines are `tolerant` where titles are mistyped."""


@contextmanager
def opened(
    browser: Browser, engine: Engine, listener: Callable[[Request], None] | None = None
) -> Iterator[Page]:
    """A new page of the engine's site in an empty browser."""
    with served(engine.folder) as url:
        context = browser.new_context()
        page = context.new_page()
        page.set_default_timeout(600_000)
        if listener:
            page.on("requestfinished", listener)
        page.goto(f"{url}ask.html")
        page.evaluate(f"() => {{ {ASK[engine.name]} }}")
        yield page
        context.close()


class Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True  # else each answer waits 40 ms for an acknowledgement

    def log_message(self, *_arguments: object) -> None:
        pass


@contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = functools.partial(Quiet, directory=str(folder))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    thread.join()
    server.server_close()
