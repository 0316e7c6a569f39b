"""The one door from plain text to Markdown.

Text fields are plain text with two marks: `**strong**`, and `[[id]]` or `[[id|words]]` for a link.
Everything else is shown as it is written: no HTML, Markdown or Jinja in content is ever run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LINK = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]|]+))?\]\]")
_STRONG = re.compile(r"\*\*(\S(?:[^*]*\S)?)\*\*")
# Entities, because no Markdown reader looks inside them.
_SPECIAL = re.compile(r"[&<>\"*_`\[\]\\{}|~^=$]|(?<=!)\[")
_AT_START = re.compile(r"^\s*(?:[#+:!-]|\d+(?=[.)]))")


def links(text: str) -> list[str]:
    """The ids that a text links to."""
    return [match.group(1).strip() for match in LINK.finditer(text)]


def with_links(text: str, words: re.Pattern[str], ids: Mapping[str, str], done: set[str]) -> str:
    """The text with a link at the first use of each word that has a page; `done` has those linked before.

    `words` matches the words and `ids` has, for each in small letters, the id that it leads to.
    """

    def linked(match: re.Match[str]) -> str:
        found = ids[match.group().lower()]
        if found in done:
            return match.group()
        done.add(found)
        return f"[[{found}|{match.group()}]]"

    pieces = []
    end = 0
    for mark in LINK.finditer(text):
        pieces += [words.sub(linked, text[end : mark.start()]), mark.group()]
        end = mark.end()
    return "".join([*pieces, words.sub(linked, text[end:])])


def plain(text: str) -> str:
    """A text without its marks, for titles and descriptions; a link leaves its words."""
    without_links = LINK.sub(lambda match: match.group(2) or match.group(1), text)
    return " ".join(_STRONG.sub(r"\1", without_links).split())


def escaped(text: str) -> str:
    """A text that Markdown shows letter for letter, on one line."""
    text = _SPECIAL.sub(lambda match: f"&#{ord(match.group())};", " ".join(text.split()))
    return _AT_START.sub(_escaped_start, text)


def _escaped_start(match: re.Match[str]) -> str:
    """What would begin a heading or list; a number keeps its digits and hides its first one."""
    found = match.group()
    sign = found.lstrip()[0]
    return found.replace(sign, f"&#{ord(sign)};", 1)


def markdown(text: str, link: Callable[[str, str | None], str]) -> str:
    """A text as inline Markdown; `link` turns an id, and words if given, into a link."""
    pieces: list[str] = []
    end = 0
    for match in LINK.finditer(text):
        pieces.append(_strong(text[end : match.start()], first=not pieces))
        pieces.append(link(match.group(1).strip(), match.group(2)))
        end = match.end()
    pieces.append(_strong(text[end:], first=not pieces))
    return "".join(pieces)


def _strong(text: str, *, first: bool) -> str:
    pieces: list[str] = []
    end = 0
    for match in _STRONG.finditer(text):
        pieces.append(_inline(text[end : match.start()], first=first and not pieces))
        pieces.append(f"**{_inline(match.group(1), first=False)}**")
        end = match.end()
    pieces.append(_inline(text[end:], first=first and not pieces))
    return "".join(pieces)


def _inline(text: str, *, first: bool) -> str:
    """Escape a stretch of text and keep the spaces that join it to its neighbours."""
    if not text.strip():
        return " " if text and not first else ""
    before = " " if text[0].isspace() and not first else ""
    after = " " if text[-1].isspace() else ""
    inner = escaped(text) if first else escaped("x" + text.strip())[1:]
    return f"{before}{inner}{after}"
