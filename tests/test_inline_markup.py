"""What is left of a text where it stands without its marks."""

from __future__ import annotations

import pytest

from guidebook.content.inline_markup import links, plain


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
