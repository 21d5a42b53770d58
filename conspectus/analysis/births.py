"""Nameless groups in; topics with ids and colour slots that they keep for life out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from slugify import slugify

from conspectus.analysis.tree import Node
from conspectus.model.topics import Permalink

_LONGEST = 60
_ENDS_IN_NUMBER = re.compile(r".*-\d+|\d+")
_REFUSED = re.compile(r"index(?:-\d+)?|con|prn|aux|nul|com\d|lpt\d")


def slug_of(label: str, taken: Iterable[str]) -> str:
    """An ASCII slug that no other topic has ever had.

    It never ends in a number: `x-2.html` is the second page of `x.html`.
    """
    slug = slugify(label, max_length=_LONGEST, word_boundary=True) or "topic"
    if _ENDS_IN_NUMBER.fullmatch(slug) or _REFUSED.fullmatch(slug):
        slug += "-topic"
    used = set(taken)
    if slug not in used:
        return slug
    return next(name for name in (f"{slug}-{suffix}" for suffix in _suffixes()) if name not in used)


def _suffixes() -> Iterable[str]:
    """b, c, … z, bb, bc, …"""
    letters = "bcdefghijklmnopqrstuvwxyz"
    yield from letters
    for first in _suffixes():
        yield from (first + last for last in letters)


def born(
    nodes: Sequence[Node],
    labels: Mapping[int, str],
    permalinks: Sequence[Permalink],
    may_return: bool,
) -> tuple[Node, ...]:
    """Give ids and slots to the groups that have none.

    `labels` is by `id()` of the node. With `may_return` (no lock) a slug that was in use when
    the lock was lost may be taken again: the same words name the same page.
    """
    taken = {line.slug for line in permalinks if not may_return or line.leads_to != line.slug}
    taken |= _ids(nodes)
    return _named(nodes, labels, taken)


def _ids(nodes: Sequence[Node]) -> set[str]:
    found = {node.id for node in nodes if node.id}
    for node in nodes:
        found |= _ids(node.children)
    return found


def _named(nodes: Sequence[Node], labels: Mapping[int, str], taken: set[str]) -> tuple[Node, ...]:
    slots = {node.slot for node in nodes if node.slot >= 0}
    order = sorted(
        range(len(nodes)), key=lambda i: (-len(nodes[i].papers), int(nodes[i].papers[0]))
    )
    named: dict[int, Node] = {}
    for i in order:
        node = nodes[i]
        if not node.id:
            name = slug_of(labels[id(node)], taken)
            taken.add(name)
            node = replace(node, id=name)
        if node.slot < 0:
            slot = next(s for s in range(len(nodes) + 1 + len(slots)) if s not in slots)
            slots.add(slot)
            node = replace(node, slot=slot)
        named[i] = node
    return tuple(
        replace(named[i], children=_named(nodes[i].children, labels, taken))
        if nodes[i].children
        else named[i]
        for i in range(len(nodes))
    )


def permalinks_of(
    old: Sequence[Permalink],
    alive: Mapping[str, str],
    successors: Mapping[str, str],
    also: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Permalink, ...]:
    """Every slug ever published: living topics lead to themselves, others to an heir.

    `alive` holds the living topics; `successors` where the topics that end now went, and
    `also` the further parts of those that were split.
    """
    leads = {line.slug: line.leads_to for line in old}
    leads.update({slug: heir for slug, heir in successors.items() if slug not in alive})
    leads.update({slug: slug for slug in alive})
    further = {line.slug: line.also for line in old} | dict(also or {})
    return tuple(
        Permalink(slug, _end(slug, leads, alive), _others(slug, further, leads, alive))
        for slug in sorted(leads)
    )


def _others(
    slug: str,
    further: Mapping[str, tuple[str, ...]],
    leads: Mapping[str, str],
    alive: Mapping[str, str],
) -> tuple[str, ...]:
    if slug in alive:
        return ()
    ends = (_end(other, leads, alive) for other in further.get(slug, ()))
    return tuple(dict.fromkeys(end for end in ends if end and end != _end(slug, leads, alive)))


def _end(slug: str, leads: Mapping[str, str], alive: Mapping[str, str]) -> str:
    """Follow the leads to a living topic; empty where there is none."""
    seen: set[str] = set()
    while slug not in alive:
        if slug in seen or slug not in leads:
            return ""
        seen.add(slug)
        slug = leads[slug]
    return slug
