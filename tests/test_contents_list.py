"""Which parts a long page lists, by what stands open on it."""

from __future__ import annotations

import pytest

from guidebook.site.contents_list import FEWEST, LONG, Heading, contents_list

MANY = "word " * (LONG + 1)
PARTS = '<h2 id="a">One &amp; two</h2><h2 class="x">No id</h2><h2 id="b">Two <em>words</em></h2>'
FOLDED = '<details class="fold">\n<summary><h2>Why</h2></summary>\n<div class="x" id="why">{}</div></details>'


def test_a_long_page_lists_its_parts_also_those_that_fold() -> None:
    html = f"<h1>Title</h1><p>{MANY}</p>{PARTS}{FOLDED.format('Because.')}"

    wanted = [Heading("a", "One &amp; two"), Heading("b", "Two words"), Heading("why", "Why")]
    assert contents_list(html) == wanted


@pytest.mark.parametrize(
    "html",
    [
        f"<p>{'word ' * (LONG - 20)}</p>{PARTS}{FOLDED.format('')}",
        f"{PARTS}{FOLDED.format(f'<details><summary>In</summary>{MANY}</details>{MANY}')}",
        f"<p>{MANY}</p>" + PARTS.replace('id="b"', ""),
    ],
    ids=["short", "long in folds only", "few parts"],
)
def test_any_other_page_lists_none(html: str) -> None:
    assert FEWEST > 1
    assert contents_list(html) == []
