"""The one door from plain text to HTML.

Text fields are plain text with two marks: `**strong**`, and `[[id]]` or `[[id|words]]` for a link. Words that
readers send have blanks besides, such as `[day]`, which keep their brackets when they are copied.
Everything else is shown as it is written: no HTML, Markdown or Jinja in content is ever run.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

LINK = re.compile(r"\[\[([^\[\]|]*)(?:\|([^\[\]|]+))?\]\]")
BLANK = re.compile(r"\[\s*[^\s\[\]*][^\[\]*]*\]")
"""What a reader fills in. It has no star, so that neither mark can begin in the other and end outside."""
_STRONG = re.compile(r"\*\*(\S(?:[^*]*\S)?)\*\*")


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
    if "[[" in text:
        text = LINK.sub(lambda match: match.group(2) or match.group(1), text)
    if "**" in text:
        text = _STRONG.sub(r"\1", text)
    return " ".join(text.split())


def html(text: str, link: Callable[[str, str | None], Markup], *, blanks: bool = False) -> Markup:
    """A text as HTML, on one line; `link` turns an id, and words if given, into a link.

    `blanks`: what a reader fills in is marked.
    """
    text = " ".join(text.split())
    if "[[" not in text:
        return _marked(text, blanks=blanks)
    pieces: list[Markup] = []
    end = 0
    for match in LINK.finditer(text):
        before = _marked(text[end : match.start()], blanks=blanks)
        pieces += [before, link(match.group(1).strip(), match.group(2))]
        end = match.end()
    return Markup().join([*pieces, _marked(text[end:], blanks=blanks)])


def _marked(text: str, *, blanks: bool) -> Markup:
    """A stretch of text without links; escaping leaves its stars and brackets as they are."""
    marked = str(escape(text))
    if blanks:
        marked = BLANK.sub(r'<mark class="blank">\g<0></mark>', marked)
    return Markup(_STRONG.sub(r"<strong>\1</strong>", marked) if "**" in text else marked)  # noqa: S704 (escaped)
