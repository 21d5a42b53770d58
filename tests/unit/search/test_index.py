"""The index as Python writes it: which files, what they hold, and what a change touches."""

from __future__ import annotations

import json
import random
import re

import pytest

from conspectus.model.site import Output
from conspectus.search import documents, packing
from conspectus.search.fronts import shared_lengths
from conspectus.search.numbers import numbered
from conspectus.search.shards import (
    LIMIT,
    MOST_LISTED,
    hash_in,
    listed,
    ranged,
    safe,
    script_text,
    shard,
)
from tests.unit.search.support import analysis, corpus, index_files, paper, topic

WORDS = [
    f"{a}{b}{c}" for a in "bdglmr" for b in ("an", "or", "ist") for c in ("al", "ed", "om", "ix")
]


def many(count: int) -> list:
    rng = random.Random(2)
    return [
        paper(
            f"paper-{i}",
            " ".join(rng.choices(WORDS, k=5)),
            " ".join(rng.choices(WORDS, k=40)) + f" word{i} other{i % 97}",
        )
        for i in range(count)
    ]


def entry(files: dict[str, bytes]) -> dict:
    text = files["search/entry.js"].decode()
    return json.loads(text.removeprefix("conspectus.entry(").removesuffix(");\n"))


def values_in(body: bytes) -> list:
    """What a shard hands over: JSON, but for tabs, which stand as they are."""
    text = body.decode().removeprefix("conspectus.shard(").removesuffix(");\n")
    return json.loads(f"[{text}]", strict=False)


def test_an_empty_survey_has_an_entry_file_and_no_shard() -> None:
    files = index_files(corpus())
    assert list(files) == ["search/entry.js"]
    assert entry(files)["papers"] == 0


def test_the_same_papers_give_the_same_files() -> None:
    assert index_files(corpus(*many(40))) == index_files(corpus(*reversed(many(40))))


def test_every_shard_but_the_entry_file_is_named_by_its_content() -> None:
    names = [name for name in index_files(corpus(*many(40))) if name != "search/entry.js"]
    assert [
        name for name in names if not re.fullmatch(r"search/[a-z]-[a-z0-9_]*\.\w{5}\.js", name)
    ] == []


def test_a_shard_calls_one_function_with_json() -> None:
    for name, body in index_files(corpus(*many(40))).items():
        if name != "search/entry.js":
            assert values_in(body)[0] == name.split("/")[1][0]


def test_one_more_paper_leaves_most_files_as_they_are() -> None:
    before = index_files(corpus(*many(600)))
    after = index_files(
        corpus(*many(600), paper("newcomer", "Banal lorom", "Gistix manal ristom."))
    )
    changed = [name for name in after if name not in before]
    assert len(changed) < len(after) / 10


def test_a_number_stays_when_other_papers_come() -> None:
    before = numbered(f"paper-{i}" for i in range(500)).of
    after = numbered(f"paper-{i}" for i in range(505)).of
    assert sum(after[id_] != number for id_, number in before.items()) < 10


def test_numbers_are_unique() -> None:
    numbers = numbered(f"p{i}" for i in range(3000))
    assert len(set(numbers.of.values())) == 3000
    assert max(numbers.of.values()) == numbers.size - 1


def test_ranges_cover_all_terms_once_and_in_order() -> None:
    terms = sorted({f"{a}{b}{i}" for a in "abc" for b in "xyz" for i in range(900)})
    found = list(ranged(terms, [20] * len(terms), shared_lengths(terms)))
    assert [start for _, start, _ in found] == [0, *(end for _, _, end in found[:-1])]
    assert found[-1][2] == len(terms)
    for key, start, end in found:
        assert key <= terms[start]
        assert end - start <= LIMIT / 20


def test_what_words_share_with_the_one_before_is_counted_however_long_they_are() -> None:
    long = "k" * 100
    words = ["a", "ab", "abc", "b", "ü", "\U00020000", "\U00020000x", long, f"{long}l", f"{long}lm"]
    assert shared_lengths(words).tolist() == [0, 1, 2, 0, 0, 0, 1, 0, 100, 101]
    assert shared_lengths([]).tolist() == []
    assert shared_lengths(["alone"]).tolist() == [0]


def test_ranges_begin_at_the_first_letter_that_parts_them() -> None:
    terms = sorted(f"{a}{b}" for a in "abc" for b in "uvwxyz")
    sizes = [LIMIT // 8] * 18
    assert [key for key, _, _ in ranged(terms, sizes, shared_lengths(terms))] == ["", "b", "c"]
    halves = [*terms[:6], *(f"b{b}{n}" for b in "uvwxyz" for n in range(2))]
    assert [key for key, _, _ in ranged(halves, sizes, shared_lengths(halves))] == ["", "bu", "by"]


def test_the_entry_file_says_whether_there_are_texts_to_load(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for most, has_texts in ((40, True), (39, False)):
        monkeypatch.setattr(documents, "MOST_TEXTS", most)
        files = index_files(corpus(*many(40)))
        assert entry(files)["d"]["texts"] is has_texts
        assert any(name.startswith("search/x-") for name in files) is has_texts


def test_no_code_of_an_impact_begins_another() -> None:
    codes = packing._impact_codes()
    for lengths, values in zip(codes.lengths[:, 1:], codes.values[:, 1:], strict=True):
        bits = [f"{value:0{length}b}" for length, value in zip(lengths, values, strict=True)]
        assert [len(code) for code in sorted(bits)] == [2] * 3 + [5] * 7 + [8] * 5
        assert not any(a != b and a.startswith(b) for a in bits for b in bits)


def shards_of(count: int) -> tuple[list[str], list[Output]]:
    keys = sorted({f"{i * 7919 % 46656:05}" for i in range(count)})
    return keys, [shard("p", key, key) for key in keys]


def test_few_ranges_are_listed_in_the_entry_file_itself() -> None:
    family = listed("p", *shards_of(MOST_LISTED))
    assert set(family.listing) == {"keys", "hashes"}


def test_the_parts_of_a_long_list_name_every_range_once_and_in_order() -> None:
    keys, shards = shards_of(MOST_LISTED + 800)
    family = listed("p", keys, shards)
    parts = [output for output in family.outputs if output.path.startswith("search/i-")]
    values = [values_in(part.body) for part in parts]
    assert " ".join(value[2] for value in values).split() == keys
    assert "".join(value[3] for value in values) == "".join(hash_in(s.path) for s in shards)
    assert family.listing["keys"] == " ".join(value[1] for value in values)


def test_one_more_range_changes_one_part_of_a_long_list() -> None:
    keys, shards = shards_of(MOST_LISTED + 800)
    before = {output.path for output in listed("p", keys, shards).outputs}
    keys, shards = [*keys, "99999"], [*shards, shard("p", "99999", "new")]
    after = {output.path for output in listed("p", keys, shards).outputs}
    assert len([path for path in after - before if path.startswith("search/i-")]) == 1


def test_text_keeps_its_backslashes_where_tabs_stand_as_they_are() -> None:
    assert script_text("a\tb\\tc\\") == b'"a\tb\\\\tc\\\\"'


def test_records_of_many_papers_share_hashes() -> None:
    files = index_files(corpus(*many(2100)))
    listing = entry(files)["d"]
    assert listing["part"] == 1
    hashes = re.findall(".{5}", listing["hashes"])
    assert len(hashes) <= 256
    for name in files:
        if found := re.fullmatch(r"search/d-(\w+)\.(\w+)\.js", name):
            assert hashes[int(found[1], 36) >> 1] == found[2]


@pytest.mark.parametrize("term", ["c++", "c#", "自然", "é", "@ada", ""])
def test_a_key_becomes_a_name_that_every_disk_and_url_takes(term: str) -> None:
    assert re.fullmatch("[a-z0-9_]*", safe(term))


def test_a_facet_that_does_not_divide_the_papers_is_marked_so() -> None:
    papers = [paper(f"p{i}", year=2020, has_code=i < 2) for i in range(10)]
    found = entry(index_files(corpus(*papers), analysis([topic("t", [p.id for p in papers])])))
    assert {kind: facet["divides"] for kind, facet in found["f"].items()} == {
        "topic": False, "year": False, "code": True,
    }  # fmt: skip


def test_a_paper_without_an_abstract_is_found_by_its_title() -> None:
    files = index_files(corpus(paper("lone", "Lonely lanterns")))
    assert any(b"lantern" in body for name, body in files.items() if name.startswith("search/p-"))


def test_similar_papers_titles_lend_their_words() -> None:
    papers = corpus(paper("one", "Lamps"), paper("two", "Lanterns"))
    plain = index_files(papers)
    lent = index_files(papers, analysis(similar={"one": ["two"]}))
    assert plain != lent


def test_titles_with_script_and_quotes_stay_data() -> None:
    title = '</script><script>alert(1)</script> "quoted" \\ \u2028 back`tick ${x}'
    files = index_files(corpus(paper("odd", title)))
    records = next(body for name, body in files.items() if name.startswith("search/d-"))
    assert values_in(records)[2][0].split("\t")[2] == title
