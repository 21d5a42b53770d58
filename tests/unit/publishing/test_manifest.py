"""The mark of ownership as text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conspectus.publishing.manifest import Entry, Manifest, digest, dump, header, parse
from conspectus.publishing.place import flaw

PATHS = st.text(min_size=1, max_size=20).filter(lambda path: not flaw(path))
ENTRIES = st.builds(lambda body: Entry(len(body), digest(body)), st.binary(max_size=9))
MANIFESTS = st.builds(Manifest, st.just("0.1.0"), st.dictionaries(PATHS, ENTRIES, max_size=8))


@given(MANIFESTS)
def test_what_is_written_reads_back(manifest: Manifest) -> None:
    assert parse(dump(manifest)) == manifest


@given(MANIFESTS, st.data())
def test_a_mark_that_was_cut_short_is_none(manifest: Manifest, data: st.DataObject) -> None:
    whole = dump(manifest)
    assert parse(whole[: data.draw(st.integers(0, len(whole) - 1))]) is None


@given(st.binary(max_size=200))
def test_no_bytes_make_reading_fail(body: bytes) -> None:
    parse(body)


def test_the_header_alone_is_an_unfinished_mark() -> None:
    assert parse(header("1").encode()) is None


def test_a_mark_with_a_line_too_many_is_none() -> None:
    whole = dump(Manifest("1", {"a": Entry(0, digest(b""))}))
    assert parse(whole.replace(b"end", b"<<<<<<< ours\nend")) is None
