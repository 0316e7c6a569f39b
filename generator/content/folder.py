"""Which files a content folder holds, and which of them were never meant to be there.

Nothing is published by accident: what editors and systems leave behind is passed over, and a link that
leaves the folder is refused. What each of the other files is for, later stages know.
"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from fnmatch import fnmatch
from pathlib import Path

from guidebook.content.problems import Problem

# By-products that programs leave beside the files they work on, in small letters: no person's work is lost
# when they are passed over. Copies that a person or a sync service made are not among them, since they may
# hold words that nobody else has.
LEFTOVERS = (
    ".*",  # hidden files: .DS_Store, ._name, .name.swp, .#name (Emacs), .~lock.name# (LibreOffice), .git
    "*~",  # backups of Emacs, gedit, Kate and Vim (also .un~)
    "#*#",  # Emacs' unsaved buffers
    "~$*",  # Word's and Excel's owner files
    "~wr*.tmp",
    "*.sw[a-p]",
    "*.tmp",
    "*.temp",
    "*.part",
    "*.crdownload",
    "*.bak",
    "*.orig",
    "*.rej",
    "*.save",
    "*.wbk",
    "*___jb_*___",
    "*:zone.identifier",
    "4913",  # Vim tries with it whether a folder can be written to
    "thumbs.db",
    "thumbs.db:encryptable",
    "ehthumbs.db",
    "desktop.ini",
    "icon\r",
    "__macosx",
    "__pycache__",
    "lost+found",
    "$recycle.bin",
    "system volume information",
)


@dataclass(frozen=True)
class Listing:
    """The files of a folder, in order, and what in it cannot be a part of any guide."""

    files: list[Path] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def listing(folder: Path) -> Listing:
    """Every file below a folder that a person put there."""
    found = Listing()

    def told(path: str | Path, message: str) -> None:
        name = Path(path).relative_to(folder).as_posix()
        found.problems.append(Problem(f"{folder.name}/{name}", 1, 1, message))

    def unreadable(error: OSError) -> None:
        told(error.filename, f"cannot be read: {error.strerror}")

    for root, folders, names in os.walk(folder, onerror=unreadable):
        folders[:] = sorted(name for name in folders if not is_leftover(name))
        for name in sorted([*names, *folders]):
            path = Path(root, name)
            wrong = "" if is_leftover(name) else _wrong(path, folder)
            if wrong:
                told(path, wrong)
            elif name in names and not is_leftover(name):
                found.files.append(path)
    found.files.sort()
    return found


def is_leftover(name: str) -> bool:
    """Whether a file or folder of this name is a by-product of some program."""
    return any(fnmatch(name.lower(), pattern) for pattern in LEFTOVERS)


def _wrong(path: Path, folder: Path) -> str:
    """Why a path cannot be part of a guide, whatever it holds; empty if it can."""
    if path.is_symlink():
        return _wrong_link(path, folder)
    return "" if path.is_file() or path.is_dir() else "is no ordinary file; move it out of this folder"


def _wrong_link(path: Path, folder: Path) -> str:
    try:
        target = Path(os.path.realpath(path, strict=True))
    except OSError:  # it leads nowhere, or in a circle
        return "is a link that leads nowhere; delete it"
    if not target.is_relative_to(folder.resolve()):
        return "is a link that leaves the folder, so what it leads to would be published; delete it"
    return "is a link to a folder; put the files themselves here" if target.is_dir() else ""
