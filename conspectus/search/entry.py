"""The families of shards in; the one file that names them all out."""

from __future__ import annotations

from collections.abc import Sequence

from conspectus.model.site import Output
from conspectus.model.topics import Analysis
from conspectus.search.index import TOP_IMPACT, WEAK, InvertedIndex
from conspectus.search.shards import Family, script_text

VERSION = 4
"""Of the format; a script that does not know it says so and searches nothing."""
PATH = "search/entry.js"


def entry_output(analysis: Analysis, index: InvertedIndex, families: Sequence[Family]) -> Output:
    """`search/entry.js`: counts, topics, and the hash of every shard or of a list of them."""
    entry = {
        "version": VERSION,
        "papers": index.papers,
        "slots": index.slots,
        "size": index.size,
        "top": TOP_IMPACT,
        "weak": WEAK,
        "stems": index.stems,
        "topics": [[t.id, t.label, t.parent, t.slot] for t in analysis.topics],
        **{family.name: family.listing for family in families},
    }
    return Output(PATH, b"conspectus.entry(%b);\n" % script_text(entry))
