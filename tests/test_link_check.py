"""A finished site whose links lead nowhere is not published."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from kit import change

from guidebook.site.link_check import broken

if TYPE_CHECKING:
    from pathlib import Path

PAGES = {
    "index.html": '<h1 id="top">H</h1><a href="water/#soil">S</a><a href="./">I</a><a href="#top">U</a>',
    "water/index.html": '<h2 id="soil">Soil</h2><a class="x" href="../">H</a><img alt="" src="../leaf.svg">',
    "water/ferns.html": "<p id='a&amp;b'>A</p><a href='#a&amp;b'>A</a> <a href='https://example.org/#b'>B</a>"
    "<a href='/elsewhere/'>C</a> <a href='tel:101'>D</a> <a href='?page#a%26b'>E</a>",
    "water/deep/index.html": "<a href='..'>A</a> <a href='../../index.html'>B</a> <a href='.'>C</a>",
    "leaf.svg": "<svg/>",
}


@pytest.mark.parametrize(
    ("page", "html", "message"),
    [
        ("index.html", '<a href="watre/">x</a>', "index.html: the link 'watre/' leads nowhere"),
        (
            "water/index.html",
            '<a href="../leaf.png">x</a>',
            "water/index.html: the link '../leaf.png' leads nowhere",
        ),
        ("index.html", '<link href="a.css">', "index.html: the link 'a.css' leads nowhere"),
        (
            "index.html",
            '<a\n  title="t" href="water/#mud">x</a>',
            "index.html: the link 'water/#mud' leads to a part that is not there",
        ),
        (
            "index.html",
            '<a href="#mud">x</a>',
            "index.html: the link '#mud' leads to a part that is not there",
        ),
        ("index.html", '<p id="top">x</p>', "index.html: the id 'top' stands 2 times"),
        ("leaf.svg", '<a href="nowhere">x</a>', None),
    ],
)
def test_what_leads_nowhere_is_told(tmp_path: Path, page: str, html: str, message: str | None) -> None:
    change(tmp_path, {"write": PAGES})
    assert list(broken(tmp_path)) == []

    change(tmp_path, {"write": {page: PAGES[page] + html}})

    assert list(broken(tmp_path)) == ([message] if message else [])
