"""The file of a linear model: which classes it tells apart, and how much each feature speaks for each.

It is kept in the content folder on purpose: to train takes a library and minutes, to build a site must not.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_FORMAT = 1
_CODED = ("sizes", "members", "weights")


@dataclass(frozen=True)
class LinearModel:
    """A multinomial logistic regression, cut down to the weights that matter."""

    made_from: str
    """A hash of the lines that it was trained on."""
    classes: Sequence[str]
    intercepts: Sequence[float]
    scale: float
    """What a weight of 1 in `weights` stands for."""
    sizes: bytes
    """How many classes each bucket speaks of, a byte each."""
    members: bytes
    """Bucket by bucket the classes, each as the distance from the one before."""
    weights: bytes
    """The weight of each of these, a signed byte."""

    def as_json(self) -> str:
        """The model as the text of its file."""
        said = {"format": _FORMAT, "made_from": self.made_from, "classes": list(self.classes), **self.coded()}
        return json.dumps(said, indent=1) + "\n"

    def coded(self) -> dict[str, Any]:
        """What it reckons with, as it goes into JSON."""
        coded = {name: _coded(getattr(self, name)) for name in _CODED}
        return {"intercepts": [round(value, 4) for value in self.intercepts], "scale": self.scale, **coded}


def read_model(text: str) -> LinearModel | None:
    """The model that a file holds; None if it holds none of this format."""
    try:
        said: dict[str, Any] = json.loads(text)
        if said.pop("format") != _FORMAT:
            return None
        said.update({name: base64.b64decode(said[name]) for name in _CODED})
        return LinearModel(**said)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None


def hash_of(lines: Mapping[str, Sequence[str]]) -> str:
    """A hash of training lines by class, whatever order their files were read in."""
    ordered = json.dumps({name: list(lines[name]) for name in sorted(lines)}, ensure_ascii=False)
    return hashlib.sha256(ordered.encode()).hexdigest()


def _coded(raw: bytes) -> str:
    return base64.b64encode(raw).decode("ascii")
