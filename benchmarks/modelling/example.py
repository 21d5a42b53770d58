"""scikit-learn's example of text clustering: texts and a count in; AMI with the classes out."""

from __future__ import annotations

import warnings
from collections.abc import Sequence

STARTS = 3


def agreement(texts: Sequence[str], gold: Sequence[str], count: int) -> float:
    """ "Clustering text documents using k-means": TF-IDF, SVD, k-means; mean of three starts."""
    from sklearn.cluster import KMeans
    from sklearn.decomposition import TruncatedSVD
    from sklearn.feature_extraction.text import TfidfVectorizer
    from sklearn.metrics import adjusted_mutual_info_score
    from sklearn.preprocessing import normalize

    matrix = TfidfVectorizer(max_df=0.5, min_df=5, stop_words="english").fit_transform(texts)
    width = min(100, min(matrix.shape) - 1)
    rows = normalize(TruncatedSVD(width, random_state=0).fit_transform(matrix))
    scores = []
    for seed in range(STARTS):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            means = KMeans(count, n_init=1, max_iter=100, random_state=seed)
            scores.append(adjusted_mutual_info_score(gold, means.fit_predict(rows)))
    return sum(scores) / len(scores)
