from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from itertools import combinations
from pathlib import Path

import pytest
from making import SUBJECTS, about, corpus, harbour, paper

from conspectus.analysis import analyse, documents, neighbours
from conspectus.analysis.termsets import overlaps
from conspectus.model.papers import Corpus
from conspectus.model.topics import (
    NO_CELL,
    Analysis,
    Decisions,
    Linked,
    Lock,
    Merge,
    Permalink,
    Pin,
    Retirement,
    Split,
    TopicDecision,
)
from conspectus.workers.forked import Forked
from tests.support.building import ROOT, SHARED

FOUR = Decisions(count=4)


@pytest.fixture(scope="module")
def found() -> Analysis:
    return analyse(harbour(), FOUR, None)


@pytest.mark.filterwarnings("ignore:This process:DeprecationWarning")
def test_two_processes_find_what_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "_BLOCK", 50)
    monkeypatch.setattr(neighbours, "_BLOCK", 60)
    papers, decisions = harbour(each=70), Decisions(count=3)

    alone = analyse(papers, decisions, None)

    assert analyse(papers, decisions, None, workers=Forked(2)) == alone


def again(papers: Corpus, old: Analysis, **options: bool) -> Analysis:
    return analyse(papers, FOUR, old.lock, old.permalinks, **options)


def topic_of(found: Analysis, name: str) -> str:
    return found.papers_by_id()[name].topic


def home(found: Analysis, subject: str) -> str:
    """The topic in which most papers of a subject stand."""
    topics = [one.topic for one in found.papers if one.paper.startswith(subject)]
    return max(sorted(set(topics)), key=topics.count)


def test_papers_of_one_subject_share_a_topic(found: Analysis) -> None:
    for subject in SUBJECTS:
        topics = [one.topic for one in found.papers if one.paper.startswith(subject)]
        assert topics.count(home(found, subject)) >= 0.8 * len(topics)


def test_leaf_topics_partition_the_papers(found: Analysis) -> None:
    leaves = [topic for topic in found.topics if not topic.children]
    assert sorted(name for topic in leaves for name in topic.papers) == [
        one.id for one in harbour().papers
    ]


def test_no_term_of_a_label_is_a_part_of_another_topics(found: Analysis) -> None:
    for one, other in combinations(found.topics, 2):
        for left in one.label_terms:
            for right in other.label_terms:
                assert not overlaps(tuple(left.split()), tuple(right.split()))


def test_labels_that_are_not_mixed_cover_65_percent_of_their_papers(found: Analysis) -> None:
    assert all(topic.coverage >= 0.65 for topic in found.topics if not topic.is_mixed)


def test_a_build_from_its_own_lock_repeats_everything(found: Analysis) -> None:
    repeated = again(harbour(), found)
    assert repeated == found
    assert repeated.moved == 0


def test_the_order_of_the_papers_does_not_matter(found: Analysis) -> None:
    turned = Corpus(tuple(reversed(harbour().papers)))
    assert analyse(turned, FOUR, None) == found


def test_a_new_paper_joins_its_likes_and_moves_nobody(found: Analysis) -> None:
    grown = corpus(*harbour().papers, about("gull", 90))
    after = again(grown, found)
    assert topic_of(after, "gull-090") == home(found, "gull")
    assert after.moved == 0
    before = {one.paper: (one.cell, one.narrow_cell) for one in found.papers}
    assert all(
        before[p.paper] == (p.cell, p.narrow_cell) for p in after.papers if p.paper in before
    )


def test_a_changed_paper_moves_only_to_a_clearly_nearer_topic(found: Analysis) -> None:
    name = "gull-001"
    moved = replace(about("kite", 1), id=name, path=f"papers/{name}.md")
    papers = [moved if one.id == name else one for one in harbour().papers]
    assert topic_of(again(corpus(*papers), found), name) == home(found, "kite")


def test_a_small_edit_moves_nothing(found: Analysis) -> None:
    first = harbour().papers[0]
    edited = replace(first, title_text=first.title_text + ".")
    papers = [edited if one.id == first.id else one for one in harbour().papers]
    assert topic_of(again(corpus(*papers), found), first.id) == topic_of(found, first.id)


def test_a_refresh_keeps_ids_and_slots(found: Analysis) -> None:
    refreshed = again(harbour(), found, refresh=True)
    assert {t.id: t.slot for t in refreshed.topics} == {t.id: t.slot for t in found.topics}


def test_growth_by_a_quarter_finds_topics_anew_and_keeps_the_ids(found: Analysis) -> None:
    grown = corpus(*harbour(14).papers)
    after = again(grown, found)
    assert after.lock.refreshed_at == len(grown.papers)
    for subject in SUBJECTS:
        assert home(after, subject) == home(found, subject)


def test_freeze_places_into_existing_topics_only(found: Analysis) -> None:
    after = again(harbour(20), found, freeze=True)
    assert {topic.id for topic in after.topics} <= {topic.id for topic in found.topics}
    assert after.lock.refreshed_at == found.lock.refreshed_at


def test_a_topic_without_papers_ends_and_its_slug_lives_on(found: Analysis) -> None:
    gone = home(found, "tide")
    kept = [one for one in harbour().papers if topic_of(found, one.id) != gone]
    after = again(corpus(*kept), found, freeze=True)
    assert gone not in after.topics_by_id()
    assert gone in {line.slug for line in after.permalinks}


def test_a_lost_lock_costs_no_slug(found: Analysis) -> None:
    reborn = analyse(harbour(), FOUR, None, found.permalinks)
    assert {line.slug for line in found.permalinks} <= {line.slug for line in reborn.permalinks}
    assert {topic.id for topic in reborn.topics} == {topic.id for topic in found.topics}


def test_a_slug_that_leads_elsewhere_is_never_given_again(found: Analysis) -> None:
    taken = found.topics[0].id
    other = found.topics[1].id
    old = (Permalink(taken, other), Permalink(other, other))
    reborn = analyse(harbour(), FOUR, None, old)
    assert taken not in {topic.id for topic in reborn.topics}


def test_slots_are_dealt_largest_first() -> None:
    sizes = {"kite": 16, "barn": 12, "tide": 9, "gull": 7}
    papers = corpus(*(about(subject, n) for subject, size in sizes.items() for n in range(size)))
    found = analyse(papers, Decisions(count=4), None)
    by_slot = sorted(found.topmost(), key=lambda topic: topic.slot)
    lengths = [len(topic.papers) for topic in by_slot]
    assert lengths == sorted(lengths, reverse=True)


def test_the_curators_count_label_and_description_win(found: Analysis) -> None:
    first = found.topics[0].id
    decisions = Decisions(count=4, topics=(TopicDecision(first, "My name", "My words."),))
    after = analyse(harbour(), decisions, found.lock, found.permalinks)
    topic = after.topics_by_id()[first]
    assert (topic.label, topic.description) == ("My name", "My words.")
    assert len(analyse(harbour(), Decisions(count=3), None).topmost()) == 3


def test_banned_words_stand_in_no_label(found: Analysis) -> None:
    word = found.topics[0].label_terms[0]
    after = analyse(harbour(), Decisions(banned=(word,)), None)
    assert all(word not in topic.label_terms for topic in after.topics)


def decided(found: Analysis, decisions: Decisions) -> Analysis:
    after = analyse(harbour(), decisions, found.lock, found.permalinks)
    assert analyse(harbour(), decisions, after.lock, after.permalinks) == after
    return after


def test_merge_moves_papers_and_leaves_a_lead(found: Analysis) -> None:
    kite, gull = home(found, "kite"), home(found, "gull")
    after = decided(found, Decisions(count=4, merges=(Merge(kite, (gull,)),)))
    assert gull not in after.topics_by_id()
    assert Permalink(gull, kite) in after.permalinks
    refreshed = analyse(
        harbour(), Decisions(count=4, merges=(Merge(kite, (gull,)),)), after.lock, after.permalinks,
        refresh=True,
    )  # fmt: skip
    assert home(refreshed, "gull") == home(refreshed, "kite")


def test_split_makes_parts_and_leads_to_them(found: Analysis) -> None:
    kite = home(found, "kite")
    after = decided(found, Decisions(count=4, splits=(Split(kite, 2),)))
    line = next(line for line in after.permalinks if line.slug == kite)
    assert {line.leads_to, *line.also} <= {topic.id for topic in after.topics}
    assert len(line.also) == 1


def test_retire_deals_the_papers_out(found: Analysis) -> None:
    kite = home(found, "kite")
    after = decided(found, Decisions(count=4, retired=(Retirement(kite),)))
    assert kite not in after.topics_by_id()
    assert len(after.papers) == len(found.papers)
    went = [topic_of(after, paper) for paper in found.topics_by_id()[kite].papers]
    assert Permalink(kite, max(sorted(set(went)), key=went.count)) in after.permalinks


def test_a_pin_holds_through_a_refresh(found: Analysis) -> None:
    decisions = Decisions(count=4, pins=(Pin("kite-001", home(found, "gull")),))
    after = decided(found, decisions)
    assert topic_of(after, "kite-001") == home(found, "gull")
    again_ = analyse(harbour(), decisions, after.lock, after.permalinks, refresh=True)
    assert topic_of(again_, "kite-001") == home(found, "gull")


def test_must_link_brings_together_and_cannot_link_parts(found: Analysis) -> None:
    together = decided(found, Decisions(count=4, must_links=(Linked(("kite-001", "gull-001")),)))
    assert topic_of(together, "gull-001") == topic_of(together, "kite-001")
    pair = tuple(found.topics_by_id()[home(found, "kite")].papers[:2])
    apart = decided(found, Decisions(count=4, cannot_links=(Linked(pair),)))
    assert topic_of(apart, pair[0]) != topic_of(apart, pair[1])


def test_decisions_about_unknown_topics_change_nothing(found: Analysis) -> None:
    decisions = Decisions(
        count=4, merges=(Merge("no-such", ("nor-this",)),), pins=(Pin("kite-001", "no-such"),)
    )
    assert decided(found, decisions).lock == found.lock


def test_large_groups_gain_sub_topics_that_partition_them() -> None:
    papers = corpus(*(about(subject, n) for subject in SUBJECTS for n in range(40)))
    found = analyse(papers, Decisions(count=2), None)
    parents = [topic for topic in found.topics if topic.children]
    assert parents
    for parent in parents:
        below = [found.topics_by_id()[child] for child in parent.children]
        assert sorted(name for topic in below for name in topic.papers) == list(parent.papers)
        assert all(topic.parent == parent.id for topic in below)
    assert analyse(papers, Decisions(count=2), found.lock, found.permalinks) == found
    again_ = analyse(papers, Decisions(count=2), found.lock, found.permalinks, refresh=True)
    assert {topic.id for topic in again_.topics} == {topic.id for topic in found.topics}
    assert again_.moved == 0


def test_similar_papers_share_the_terms_that_they_show(found: Analysis) -> None:
    texts = {one.id: f"{one.title_text} {one.abstract.text}".lower() for one in harbour().papers}
    for one in found.papers:
        for similar in one.similar:
            assert similar.paper != one.paper
            for term in similar.terms:
                assert term.lower() in texts[one.paper]
                assert term.lower() in texts[similar.paper]


def test_bridges_lead_to_other_topics(found: Analysis) -> None:
    for one in found.papers:
        assert all(topic_of(found, bridge.paper) != one.topic for bridge in one.bridges)


def test_summaries_quote_different_papers_of_the_topic(found: Analysis) -> None:
    for topic in found.topics:
        quoted = [quote.paper for quote in topic.summary]
        assert len(set(quoted)) == len(quoted)
        assert set(quoted) <= set(topic.papers)


def test_the_index_holds_every_key_term_with_its_paper(found: Analysis) -> None:
    entries = {entry.term: entry.papers for entry in found.terms}
    for one in found.papers:
        assert all(one.paper in entries[term] for term in one.terms)


def test_cells_hold_one_paper_each_and_labels_cover_none(found: Analysis) -> None:
    for lattice, cells in (
        (found.wide, [one.cell for one in found.papers]),
        (found.narrow, [one.narrow_cell for one in found.papers]),
    ):
        assert lattice is not None
        taken = [*cells]
        for label in lattice.labels:
            taken += [(label.column + i, label.row) for i in range(label.width)]
        assert len(set(taken)) == len(taken)
        assert all(0 <= c < lattice.columns and 0 <= r < lattice.rows for c, r in taken)


def test_two_branches_that_took_one_cell_are_told_apart(found: Analysis) -> None:
    first, second, *rest = found.lock.papers
    clash = replace(found.lock, papers=(first, replace(second, cell=first.cell), *rest))
    after = analyse(harbour(), FOUR, clash, found.permalinks)
    cells = [one.cell for one in after.papers]
    assert len(set(cells)) == len(cells)


def test_a_lock_of_nonsense_is_survived(found: Analysis) -> None:
    lock = replace(
        found.lock,
        topics=tuple(replace(line, parent=line.id) for line in found.lock.topics[:2]),
    )
    after = analyse(harbour(), FOUR, lock, found.permalinks)
    assert len(after.papers) == len(found.papers)


ODD = {
    "none": [],
    "one": [paper("a", "Rope", "We splice rope.")],
    "two": [paper("a", "Rope", "We splice rope."), paper("b", "Paint", "We mix paint.")],
    "five": [about("kite", n) for n in range(5)],
    "no text": [paper(f"p{n:02}", "") for n in range(20)],
    "all alike": [paper(f"p{n:02}", "Rope", "We splice the old rope.") for n in range(70)],
    "one title": [replace(about("gull", n), title_text="Gulls") for n in range(20)],
    "three words": [paper(f"p{n:02}", "Note", "Old grey rope.") for n in range(15)],
    "one long": [
        paper("long", "Rope", *["We splice the old rope near the quay."] * 6000),
        *(about("barn", n) for n in range(14)),
    ],
    "ideographs": [paper(f"p{n:02}", "潮汐闸门", "我们研究潮汐闸门与海港。") for n in range(15)],
    "symbols": [paper(f"p{n:02}", "$$ {} \\x", "(( '' \x00 \u202e … (RL)") for n in range(15)],
}


@pytest.mark.parametrize("name", ODD)
def test_odd_corpora_give_topics_without_a_warning(name: str) -> None:
    papers = corpus(*ODD[name])
    found = analyse(papers, Decisions(), None)
    leaves = [topic for topic in found.topics if not topic.children]
    assert sorted(one for topic in leaves for one in topic.papers) == [p.id for p in papers.papers]
    assert analyse(papers, Decisions(), found.lock, found.permalinks) == found


def test_there_is_no_map_below_twelve_papers() -> None:
    found = analyse(corpus(*(about("kite", n) for n in range(11))), Decisions(), None)
    assert found.wide is None
    assert {one.cell for one in found.papers} == {NO_CELL}


def test_above_300_papers_the_map_is_a_density() -> None:
    found = analyse(harbour(80), Decisions(), None)
    assert found.wide is not None
    assert found.wide.is_density
    assert (found.wide.columns, found.wide.rows) == (100, 62)


def test_importing_the_analysis_loads_no_numeric_library() -> None:
    script = "import sys, conspectus.analysis; print({'sklearn', 'scipy'} & set(sys.modules))"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def test_an_analysis_does_without_scikit_learn() -> None:
    script = (
        "import sys; sys.path.insert(0, sys.argv[1])\n"
        "from making import harbour\n"
        "from conspectus.analysis import analyse\n"
        "from conspectus.model.topics import Decisions\n"
        "analyse(harbour(), Decisions(), None)\n"
        "print({'sklearn', 'pandas'} & set(sys.modules))"
    )
    command = [sys.executable, "-c", script, str(Path(__file__).parent)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


PRINTED = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[1])
from benchmarks.topics import read
from making import harbour
from conspectus.analysis import analyse
from conspectus.model import fingerprint
from conspectus.model.topics import Decisions
corpus = read(Path(sys.argv[2])).corpus if sys.argv[2] else harbour()
print(fingerprint(analyse(corpus, Decisions(), None)))
"""
LABELLED = SHARED / "data" / "topics"


@pytest.mark.parametrize("path", ["", *map(str, sorted(LABELLED.glob("acm1*.jsonl")))])
def test_hash_seed_and_threads_do_not_matter(path: str) -> None:
    printed = set()
    for seed, threads in (("1", "1"), ("2", "2"), ("3", "1"), ("5", "2")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "OMP_NUM_THREADS": threads}
        done = subprocess.run(
            [sys.executable, "-c", PRINTED, str(Path(__file__).parent), path],
            capture_output=True, text=True, check=True, env=environment, cwd=ROOT,
        )  # fmt: skip
        printed.add(done.stdout)
    assert len(printed) == 1


def test_an_empty_lock_is_no_lock() -> None:
    assert (
        analyse(harbour(), Decisions(), Lock()).lock == analyse(harbour(), Decisions(), None).lock
    )
