"""What is left of a text where it stands without its marks."""

from __future__ import annotations

import pytest
from markupsafe import Markup

from guidebook.content.inline_markup import html, links, plain


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("See [[water]].", "See water."),
        ("See [[water|how it drinks]] and [[light]].", "See how it drinks and light."),
        ("**Too much** water, **often**.", "Too much water, often."),
        ("**See [[water|this]]** first.", "See this first."),
        ("Two  spaces\nand a line.", "Two spaces and a line."),
        ("2 * 3 ** 4 and [one] [[", "2 * 3 ** 4 and [one] [["),
    ],
)
def test_a_text_without_its_marks(written: str, shown: str) -> None:
    assert plain(written) == shown


def test_the_links_of_a_text_are_told_in_order() -> None:
    assert links("[[water|Water]], [[ light ]] and [[water]]; no [link](x) and no [[]") == [
        "water",
        "light",
        "water",
    ]


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("On [day] at [time].", "On <b>[day]</b> at <b>[time]</b>."),
        ("[day, such as\nSunday] & <b>", "<b>[day, such as Sunday]</b> &amp; &lt;b&gt;"),
        ("[it's <i>]", "<b>[it&#39;s &lt;i&gt;]</b>"),
        ("See [[water]] and [[light|[this]]].", "See <a>water</a> and [[light|<b>[this]</b>]]."),
        ("[see [[water]] there]", "[see <a>water</a> there]"),
        ("**By [day]**, [**now**].", "<strong>By <b>[day]</b></strong>, [<strong>now</strong>]."),
        ("**a [b** c].", "<strong>a [b</strong> c]."),
        ("[], [ ], [open and closed].", "[], [ ], <b>[open and closed]</b>."),
        ("[a [b] c] [d", "[a <b>[b]</b> c] [d"),
    ],
)
def test_what_a_reader_fills_in_is_marked(written: str, shown: str) -> None:
    marked = html(written, lambda target, _: Markup(f"<a>{target}</a>"), blanks=True)  # noqa: S704

    assert str(marked) == shown.replace("<b>", '<mark class="blank">').replace("</b>", "</mark>")


def test_brackets_in_other_text_are_not_marked() -> None:
    assert html("On [day].", lambda target, _: Markup(target)) == "On [day]."  # noqa: S704
