"""What of the theme's stylesheet reaches readers: all that a page can match, and no more."""

from __future__ import annotations

import pytest

from guidebook.site.css_pruning import names_in, pruned

PAGE = '<html lang=en><body class="a  b"><p id="top" hidden>x <i class=\'c\'>y</i></p></body></html>'
CASES = {
    "a rule without names": ("p{margin:0}", "p{margin:0}"),
    "a rule for a class that occurs": (".a p{margin:0}", ".a p{margin:0}"),
    "a rule for one that does not": (".z p{margin:0}", ""),
    "one selector of two": (".z,.b{margin:0}", ".b{margin:0}"),
    "a class that must be absent": ("p:not(.z){margin:0}", "p:not(.z){margin:0}"),
    "a list within a selector": (":is(.a,.z) p{margin:0}", ":is(.a,.z) p{margin:0}"),
    "brackets within brackets": (".a:is(.z,:not(.b,.y)),.z{margin:0}", ".a:is(.z,:not(.b,.y)){margin:0}"),
    "several said of one": (".a{margin:0;--z:1;padding:0}", ".a{margin:0;padding:0}"),
    "what is not understood": ("@layer x{.z{margin:0}}", "@layer x{.z{margin:0}}"),
    "a font": ("@font-face{font-family:x}", "@font-face{font-family:x}"),
    "an id and an attribute": ("#top[hidden]{margin:0}", "#top[hidden]{margin:0}"),
    "an attribute that does not occur": ("[data-z]{margin:0}", ""),
    "a rule for print": ("@media print{.c{margin:0}}", "@media print{.c{margin:0}}"),
    "a group that is empty then": ("@media print{.z{margin:0}}", ""),
    "an animation": ("@keyframes x{to{margin:0}}", ""),
    "a property that is read": ("p{--x:1;margin:var(--x)}", "p{--x:1;margin:var(--x)}"),
    "a property that another file reads": ("p{--y:1}", "p{--y:1}"),
    "a property that is read with a space": ("p{--x:1;margin:var( --x )}", "p{--x:1;margin:var( --x )}"),
    "a property that nothing reads": ("p{--z:1;margin:0}", "p{margin:0}"),
}


def test_the_names_of_a_page_are_its_attributes_classes_and_ids() -> None:
    assert names_in([PAGE]) >= {"a", "b", "c", "top", "hidden", "class", "id"}
    assert "x" not in names_in([PAGE])


@pytest.mark.parametrize(("css", "left"), CASES.values(), ids=CASES)
def test_only_what_can_match_is_left(css: str, left: str) -> None:
    assert pruned(css, names_in([PAGE]), "q{margin:var(--y)}").replace(";}", "}") == left
