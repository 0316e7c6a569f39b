"""How a model is trained: the only module that knows scikit-learn.

Multinomial logistic regression over hashed features; of its weights the largest are kept that fit the size.
"""

from __future__ import annotations

import gzip
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from guidebook.content.lines_reader import ASKED, DANGER
from guidebook.pages.search_index import words_of
from guidebook.search.features import numbered
from guidebook.search.model_file import LinearModel, hash_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


@dataclass(frozen=True)
class Settings:
    """How one model is made."""

    buckets: int
    kilobytes: int
    """How large its weights may be, compressed."""
    rounds: int
    """How many steps its solver takes at most."""


# Chosen on the development files; `make bench-search` shows what they reach.
SETTINGS = {
    ASKED: Settings(buckets=1 << 15, kilobytes=203, rounds=60),
    DANGER: Settings(buckets=1 << 14, kilobytes=44, rounds=200),
}
_PENALTY = 20.0
# Weights are kept in so many steps each way, the few beyond this share of the largest as the last one.
_LEVELS = 7
_TOP = 0.6


def train(lines: Mapping[str, Sequence[str]], settings: Settings) -> LinearModel:
    """A model that tells the classes apart, from lines by class; two runs give the same."""
    names = [name for name in sorted(lines) for _ in lines[name]]
    matrix = _matrix([line for name in sorted(lines) for line in lines[name]], settings.buckets)
    fitted = LogisticRegression(C=_PENALTY, max_iter=settings.rounds, tol=1e-3).fit(matrix, names)
    scale = _TOP * float(np.abs(fitted.coef_).max()) / _LEVELS
    levels = np.clip(np.round(fitted.coef_ / scale), -_LEVELS, _LEVELS).astype(np.int8)
    kept = _cut(levels, fitted.coef_, settings.kilobytes * 1000)
    return LinearModel(
        made_from=hash_of(lines),
        classes=[str(name) for name in fitted.classes_],
        intercepts=[float(value) for value in fitted.intercept_],
        scale=scale,
        **_packed(kept),
    )


def _matrix(lines: Sequence[str], buckets: int) -> Any:  # noqa: ANN401 (a sparse matrix)
    """A row a line; each is of length 1, so that long lines do not count more than short ones."""
    rows, columns, values = [], [], []
    for row, line in enumerate(lines):
        found = numbered(words_of(line), buckets)
        rows += [row] * len(found)
        columns += found
        values += [len(found) ** -0.5] * len(found)
    return csr_matrix((values, (rows, columns)), shape=(len(lines), buckets))


def _cut(levels: Any, weights: Any, size: int) -> Any:  # noqa: ANN401 (arrays)
    """The levels without the smallest weights, so that the rest fits."""
    low, high = 0.0, float(np.abs(weights).max())
    for _ in range(14):
        middle = (low + high) / 2
        kept = np.where(np.abs(weights) >= middle, levels, 0)
        low, high = (
            (middle, high) if len(gzip.compress(b"".join(_packed(kept).values()))) > size else (low, middle)
        )
    return np.where(np.abs(weights) >= high, levels, 0)


def _packed(levels: Any) -> dict[str, bytes]:  # noqa: ANN401 (an array)
    sizes, members, weights = bytearray(), bytearray(), bytearray()
    for column in levels.T:
        places = np.flatnonzero(column)
        sizes.append(len(places))
        members += bytes(np.diff(places, prepend=0).tolist())
        weights += column[places].tobytes()
    return {"sizes": bytes(sizes), "members": bytes(members), "weights": bytes(weights)}
