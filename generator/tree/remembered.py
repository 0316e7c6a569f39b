"""Which trees are known to keep their promises, so that a check of other files need not prove them again.

A tree is known by a hash of all that its proof reads, the program included. Nothing else is kept: an empty
file for each tree, in the user's folder for caches (as the XDG Base Directory Specification says). To delete
them is safe.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from guidebook.content.handbook import Handbook

WORTH_SECONDS = 1.0
"""What takes less is proven again."""


def is_proven(book: Handbook) -> bool:
    """Whether this tree was proven before."""
    return _file(book).is_file()


def note(book: Handbook) -> None:
    """Remember that this tree is proven; where nothing can be written, it is proven again each time."""
    with suppress(OSError):
        file = _file(book)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.touch()


def _file(book: Handbook) -> Path:
    folder = os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache"
    return Path(folder) / "guidebook" / "proven" / _fingerprint(book)


def _fingerprint(book: Handbook) -> str:
    files = [*book.questions.values(), *book.outcomes.values(), *book.shared.values()]
    said = hashlib.sha256(program())
    for part in (*files, *book.guide.urgencies, *([book.tree] if book.tree else [])):
        said.update(part.model_dump_json().encode())
    return said.hexdigest()


@cache
def program() -> bytes:
    """What decides how a tree is proven."""
    package = Path(__file__).parent.parent
    return b"".join(file.read_bytes() for file in sorted(package.glob("*/**/*.py")))
