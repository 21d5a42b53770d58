"""Papers, decisions and the old lock in; topics, their evidence, the map and the new lock out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain

import numpy as np

from conspectus.analysis import (
    births,
    corrections,
    documents,
    heaps,
    keyterms,
    layout,
    neighbours,
    phrases,
    regrowth,
    stability,
    tfidf,
    topics,
    vocabulary,
)
from conspectus.analysis.ground import Ground, space_of
from conspectus.analysis.naming import Naming
from conspectus.analysis.neighbours import Explainer, Neighbours
from conspectus.analysis.phrases import Phrases
from conspectus.analysis.quiet import one_thread
from conspectus.analysis.space import Floats
from conspectus.analysis.topics import Evidence
from conspectus.analysis.tree import Node, leaf_of, parents, top_of, walk
from conspectus.analysis.uses import Uses
from conspectus.analysis.vocabulary import Vocabulary
from conspectus.model.papers import Corpus
from conspectus.model.topics import (
    NO_CELL,
    Analysis,
    Cell,
    Decisions,
    Lock,
    LockedPaper,
    PaperAnalysis,
    Permalink,
    Topic,
)
from conspectus.settings import TopicSettings
from conspectus.workers import ALONE, Crew, Workers, chunks
from conspectus.workers.collector import without_collector

__all__ = ["analyse"]

_AUTOMATIC = TopicSettings()
_AT_ONCE = 5_000


def analyse(
    corpus: Corpus,
    decisions: Decisions,
    lock: Lock | None,
    permalinks: tuple[Permalink, ...] = (),
    *,
    settings: TopicSettings = _AUTOMATIC,
    language: str = "en",
    freeze: bool = False,
    refresh: bool = False,
    embeddings: Floats | None = None,
    workers: Crew = ALONE,
) -> Analysis:
    """Everything that can be said of these papers together.

    With `freeze`, papers that the lock does not know join existing topics, whatever the corpus
    has grown to; with `refresh`, topics are found anew, and keep their ids. `embeddings` holds
    a row for each paper, sorted by id, in place of the space that is computed here. Given its
    own lock, the same papers and decisions give an equal analysis, whoever the workers are.
    """
    del language  # one tokenisation serves all languages; the word lists are English
    if not corpus.papers:
        return Analysis(permalinks=births.permalinks_of(permalinks, {}, {}))
    with one_thread(), without_collector():
        terms, spoken = _counted(corpus, lock, decisions, workers)
        weights = tfidf.weigh(terms)
        near = neighbours.find(weights, workers)
        ground = Ground(
            weights,
            Uses.of(terms, spoken),
            near.papers,
            heaps.common_likeness(weights),
            embeddings,
        )
        heard = _Heard(terms, spoken, near, Naming(ground.uses, terms, spoken))
        arranged = _arrange(
            corpus,
            decisions,
            lock,
            permalinks,
            settings,
            ground,
            heard,
            freeze=freeze,
            refresh=refresh,
        )
        return _describe(corpus, decisions, lock, ground, heard, arranged, workers)


def _counted(
    corpus: Corpus, lock: Lock | None, decisions: Decisions, workers: Workers
) -> tuple[Vocabulary, Phrases]:
    """All terms with what may be said of each; the texts and places are let go of."""
    read = documents.read(corpus, workers)
    terms = vocabulary.build(read)
    banned = frozenset(word.casefold() for word in decisions.banned)
    named = [tuple(term.split(" ")) for topic in (lock or Lock()).topics for term in topic.name]
    return terms.without_places(), phrases.judge(read, terms, banned, named)


@dataclass(frozen=True, slots=True, eq=False)
class _Heard:
    """What the papers say: their terms, how these are written, and who says the same."""

    vocabulary: Vocabulary
    phrases: Phrases
    near: Neighbours
    naming: Naming


@dataclass(frozen=True, slots=True, eq=False)
class _Arranged:
    """The tree of topics, and what the lock and the build should say of it."""

    nodes: tuple[Node, ...]
    prints: tuple[str, ...]
    refreshed_at: int
    asked: int
    is_fresh: bool
    """Whether the topics, and so the map, were found anew."""
    permalinks: tuple[Permalink, ...]
    moved: int
    notes: tuple[str, ...]


def _arrange(
    corpus: Corpus,
    decisions: Decisions,
    lock: Lock | None,
    permalinks: tuple[Permalink, ...],
    settings: TopicSettings,
    ground: Ground,
    heard: _Heard,
    *,
    freeze: bool,
    refresh: bool,
) -> _Arranged:
    """Recall or find the topics, give them ids, let the curator correct them."""
    ids = sorted(paper.id for paper in corpus.papers)
    prints = stability.fingerprints(stability.texts(corpus))
    old = lock or Lock()
    asked = decisions.count or settings.count or 0
    before, known, certain = stability.recall(old, ids, prints)
    is_due = stability.is_due(old, len(ids), asked)
    is_fresh = refresh or (not freeze and is_due)
    nodes = () if is_fresh else stability.place(before, known, certain, ground.weights)
    if not nodes:
        is_fresh = True
        merged = corrections.merged_into(decisions)
        nodes = regrowth.regrow(before, known, ground, asked or None, merged, heard.naming, is_due)
    nodes = _born(nodes, ground, heard, permalinks, may_return=lock is None)
    corrected = corrections.correct(nodes, decisions, ids, ground)
    nodes = _born(corrected.nodes, ground, heard, permalinks, may_return=False)
    nodes = _sorted(corrections.link(nodes, decisions, ids, ground))
    return _Arranged(
        nodes,
        prints,
        len(ids) if is_fresh else old.refreshed_at,
        asked if is_fresh else old.asked_count,
        is_fresh,
        _permalinks(permalinks, nodes, before, known, corrected),
        stability.moved(known, nodes),
        _notes(old, nodes, before, is_fresh),
    )


def _born(
    nodes: Sequence[Node],
    ground: Ground,
    heard: _Heard,
    permalinks: Sequence[Permalink],
    may_return: bool,
) -> tuple[Node, ...]:
    if all(node.id and node.slot >= 0 for node in walk(nodes)):
        return tuple(nodes)
    named = heard.naming.names(nodes)
    slugs = {key: " ".join(topics.label_terms(name, heard.phrases)) for key, name in named.items()}
    return births.born(nodes, slugs, permalinks, may_return)


def _sorted(nodes: Sequence[Node]) -> tuple[Node, ...]:
    """Siblings by id, so that what is said of them does not depend on how they were found."""
    return tuple(
        replace(node, children=_sorted(node.children))
        for node in sorted(nodes, key=lambda node: node.id)
    )


def _permalinks(
    old: Sequence[Permalink],
    nodes: Sequence[Node],
    before: Sequence[Node],
    known: Sequence[str],
    corrected: corrections.Corrected,
) -> tuple[Permalink, ...]:
    alive = parents(nodes)
    now = leaf_of(nodes, len(known))
    heirs: dict[str, str] = {}
    for node in walk(before):
        if node.id not in alive:
            below = {leaf.id for leaf in walk((node,))}
            went = [now[i] for i, topic in enumerate(known) if topic in below]
            heirs[node.id] = max(sorted(set(went)), key=went.count) if went else ""
    heirs.update(corrected.merged)
    also: dict[str, tuple[str, ...]] = {}
    for topic, parts in corrected.split:
        homes = list(dict.fromkeys(now[int(part[0])] for part in parts))
        heirs[topic], also[topic] = homes[0], tuple(homes[1:])
    return births.permalinks_of(old, alive, heirs, also)


def _notes(
    old: Lock, nodes: Sequence[Node], before: Sequence[Node], is_fresh: bool
) -> tuple[str, ...]:
    if not old.topics:
        return ("topics found from scratch: there was no topics.lock",)
    was = {node.id for node in walk(before)}
    now = {node.id for node in walk(nodes)}
    notes = ["topics found anew"] if is_fresh else []
    notes += [f"topic born: {topic}" for topic in sorted(now - was)]
    notes += [f"topic ended: {topic}" for topic in sorted(was - now)]
    return tuple(notes)


def _describe(
    corpus: Corpus,
    decisions: Decisions,
    lock: Lock | None,
    ground: Ground,
    heard: _Heard,
    arranged: _Arranged,
    workers: Crew,
) -> Analysis:
    """Name the topics, gather their evidence, say what each paper is near, draw the map."""
    papers = sorted(corpus.papers, key=lambda paper: paper.id)
    nodes = arranged.nodes
    explainer = Explainer.of(ground.weights, heard.vocabulary, heard.phrases)
    ids = tuple(paper.id for paper in papers)
    similar = partial(_similar, heard.near, explainer, ids, top_of(nodes, len(ids)))
    with workers.ahead([similar]) as ahead:
        named = heard.naming.names(nodes)
        evidence = Evidence(papers, heard.vocabulary, heard.phrases, ground.weights, explainer, ids)
        found = topics.assemble(nodes, named, evidence, decisions)
        keys = keyterms.key_terms(heard.vocabulary, heard.phrases)
        shown = {term for terms in keys for term in terms} | {
            term for name in named.values() for term in name.terms
        }
        terms = keyterms.index(shown, heard.vocabulary, heard.phrases, ids)
        drawn = _drawn(ids, nodes, found, lock, ground, heard.near, arranged.is_fresh)
        alike = [*chain.from_iterable(ahead.results(similar))]
    cells = _cells(drawn, len(ids))
    topic_of = leaf_of(nodes, len(ids))
    return Analysis(
        topics=found,
        papers=_papers(ids, topic_of, keys, cells, heard.phrases, alike),
        terms=terms,
        wide=drawn[0].lattice if drawn else None,
        narrow=drawn[1].lattice if drawn else None,
        lock=_locked(arranged, heard.naming.said(named), ids, topic_of, cells),
        permalinks=arranged.permalinks,
        moved=arranged.moved,
        notes=arranged.notes,
    )


def _cells(drawn: tuple[layout.Drawn, layout.Drawn] | None, papers: int) -> list[tuple[Cell, Cell]]:
    """Each paper's cell on the wide map and on the narrow one."""
    if drawn is None:
        return [(NO_CELL, NO_CELL)] * papers
    wide, narrow = drawn
    return list(zip(wide.cells, narrow.cells, strict=True))


def _locked(
    arranged: _Arranged,
    said: Mapping[int, Sequence[str]],
    ids: Sequence[str],
    topic_of: Sequence[str],
    cells: Sequence[tuple[Cell, Cell]],
) -> Lock:
    """What the next build begins with."""
    rows = zip(ids, topic_of, arranged.prints, cells, strict=True)
    return Lock(
        stability.lines(arranged.nodes, parents(arranged.nodes), said),
        tuple(LockedPaper(paper, topic, text, *both) for paper, topic, text, both in rows),
        arranged.refreshed_at,
        arranged.asked,
    )


def _papers(
    ids: tuple[str, ...],
    topic_of: Sequence[str],
    keys: Sequence[tuple[int, ...]],
    cells: Sequence[tuple[Cell, Cell]],
    phrases_of: Phrases,
    alike: Sequence[neighbours.Alike],
) -> tuple[PaperAnalysis, ...]:
    return tuple(
        PaperAnalysis(
            paper=paper,
            topic=topic_of[i],
            terms=tuple(phrases_of.spellings[term] for term in keys[i]),
            similar=similar,
            bridges=bridges,
            cell=cells[i][0],
            narrow_cell=cells[i][1],
        )
        for i, (paper, (similar, bridges)) in enumerate(zip(ids, alike, strict=True))
    )


def _similar(
    near: Neighbours, explainer: Explainer, ids: tuple[str, ...], topmost: documents.Ints
) -> Iterator[Sequence[neighbours.Alike]]:
    """Of some papers at a time, since each part that a copy hands over has its price."""
    steady = neighbours.steadied(near)
    yield from chunks(neighbours.all_similar(steady, explainer, ids, topmost), _AT_ONCE)


def _drawn(
    ids: Sequence[str],
    nodes: Sequence[Node],
    found: Sequence[Topic],
    lock: Lock | None,
    ground: Ground,
    near: Neighbours,
    is_fresh: bool,
) -> tuple[layout.Drawn, layout.Drawn] | None:
    """Both drawings of the map; none where there are too few papers."""
    if len(ids) < layout.FEWEST:
        return None
    lines = {} if lock is None or is_fresh else {line.id: line for line in lock.papers}
    wide = [lines[paper].cell if paper in lines else None for paper in ids]
    narrow = [lines[paper].narrow_cell if paper in lines else None for paper in ids]
    names = {topic.id: (topic.label,) if topic.is_mixed else topic.label_terms for topic in found}
    is_known = any(cell is not None and cell != NO_CELL for cell in wide)
    points = None if is_known else layout.positions(_rows(ground))
    return (
        layout.draw(layout.WIDE, nodes, names, wide, near, points),
        layout.draw(layout.NARROW, nodes, names, narrow, near, points),
    )


def _rows(ground: Ground) -> Floats:
    return space_of(ground, np.arange(ground.weights.matrix.shape[0]))
