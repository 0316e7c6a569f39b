"""The stylesheets that pages load, put together of one file for each component.

A stylesheet is a list of `@import` lines. So the order stands in one place, and a page asks for one file.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_IMPORT = re.compile(r'^@import "([^"]+)";$', re.MULTILINE)


def sheets(folder: Path) -> dict[str, str]:
    """The stylesheets of a folder with what they import in its place; what is imported is none itself."""
    texts = {
        path.relative_to(folder).as_posix(): path.read_text(encoding="utf-8")
        for path in folder.rglob("*.css")
    }
    wanted = {part: name for name, text in texts.items() for part in _IMPORT.findall(text)}
    for part, name in wanted.items():
        if part not in texts:
            message = f"{folder / name} imports {part}, which is not there"
            raise ValueError(message)
    return {
        name: _IMPORT.sub(lambda found: texts[found[1]], text)
        for name, text in texts.items()
        if name not in wanted
    }
