"""Whether every link within a folder of finished HTML leads somewhere, whichever engine made it."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

# An attribute in a tag: what follows it up to the next angle bracket closes one.
_ATTRIBUTE = re.compile(rb"""\s(id|href|src)=(["'])(.*?)\2(?=[^<>]*>)""")
_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|/", re.IGNORECASE)


@dataclass(frozen=True)
class _Page:
    """What a page offers to links, and where its own lead."""

    ids: Counter[str]
    links: list[str]


def broken(site: Path) -> Iterator[str]:
    """A message for each id that a page has twice, and for each link or file in the site that is not there.

    Links that begin with a slash are left out: where the site will stand, the folder does not say.
    """
    files = {path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file()}
    pages = {path: _read(site / path) for path in sorted(files) if path.endswith(".html")}
    for page, found in pages.items():
        yield from (f"{page}: the id '{name}' stands {n} times" for name, n in found.ids.items() if n > 1)
        for link in found.links:
            path, anchor = _target(link, page)
            if path not in files:
                yield f"{page}: the link '{link}' leads nowhere"
            elif anchor and path in pages and anchor not in pages[path].ids:
                yield f"{page}: the link '{link}' leads to a part that is not there"


def _read(file: Path) -> _Page:
    # Bytes, since the largest page takes twice the memory as text.
    found = _ATTRIBUTE.findall(file.read_bytes())
    links = dict.fromkeys(unescape(value.decode()) for name, _, value in found if name != b"id")
    return _Page(
        Counter(unescape(value.decode()) for name, _, value in found if name == b"id"),
        [link for link in links if not _ELSEWHERE.match(link)],
    )


def _target(link: str, page: str) -> tuple[str, str]:
    """The file of the site that a link within it leads to, and the part of it."""
    address, _, anchor = link.partition("#")
    path = unquote(address.partition("?")[0])
    if not path:
        return page, unquote(anchor)
    found = posixpath.normpath(posixpath.join(posixpath.dirname(page), path))
    if path.endswith(("/", "/.", "/..")) or path in {".", ".."}:
        found = posixpath.normpath(f"{found}/index.html")
    return found, unquote(anchor)
