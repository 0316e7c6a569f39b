"""The words of templates and scripts: every phrase is there that is asked for, and each is asked for."""

from __future__ import annotations

import re
import shutil
from string import Formatter
from typing import TYPE_CHECKING

import pytest
from jinja2 import Environment, nodes
from kit import ROOT, TEMPLATES, change

from guidebook.build import build, phrases_beside
from guidebook.content.problems import ContentError
from guidebook.pages.phrases import UnknownPhraseError, read_phrases

if TYPE_CHECKING:
    from pathlib import Path

PHRASES = phrases_beside(TEMPLATES)
FILES = sorted([*TEMPLATES.glob("*.jinja"), *(ROOT / "templates/theme").rglob("*.html")])
# A page of its own, for when nothing else can be read.
ALONE = {"failure.html.jinja"}
VISIBLE = ("aria-label", "placeholder", "title", "alt", "data-label")


def calls(path: Path) -> list[nodes.Call]:
    """The places where a template asks for a phrase."""
    tree = Environment(autoescape=True).parse(path.read_text(encoding="utf-8"))
    return [
        call
        for call in tree.find_all(nodes.Call)
        if isinstance(call.node, nodes.Name) and call.node.name == "t"
    ]


def asked(call: nodes.Call) -> set[str]:
    """The keys that one place can ask for; a group of them where the end is worked out."""
    key = call.args[0]
    if isinstance(key, nodes.Const):
        return {str(key.value)}
    assert isinstance(key, nodes.Concat)
    start = key.nodes[0]
    assert isinstance(start, nodes.Const)
    return {known for known in PHRASES.texts if known.startswith(str(start.value))}


def names(text: str) -> set[str]:
    """What a phrase has in braces."""
    return {name for _, name, _, _ in Formatter().parse(text) if name}


ASKED = [(path.name, key, call) for path in FILES for call in calls(path) for key in asked(call)]


def test_each_phrase_is_there_and_filled_in() -> None:
    assert len(ASKED) > 100
    wrong = [
        (file, key)
        for file, key, call in ASKED
        if key not in PHRASES.texts or names(PHRASES.texts[key]) != {keyword.key for keyword in call.kwargs}
    ]

    assert wrong == []


def test_no_phrase_is_left_over() -> None:
    known = {key for key in PHRASES.texts if not key.startswith("scripts.")}

    assert known - {key for _, key, _ in ASKED} == set()


@pytest.mark.parametrize("path", [path for path in FILES if path.name not in ALONE], ids=lambda p: p.name)
def test_a_template_has_no_words_of_its_own(path: Path) -> None:
    source = re.sub(r"\{#.*?#\}", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    source = re.sub(r"<script.*?</script>|<svg.*?</svg>", "", source, flags=re.DOTALL)
    marked = re.sub(r"\{%.*?%\}|\{\{.*?\}\}", "", source, flags=re.DOTALL)
    labels = re.findall(rf'(?:{"|".join(VISIBLE)})="([^"]*[a-zA-Z][^"]*)"', marked)
    text = re.sub(r"<[^>]*>", " ", marked)

    assert labels == []
    # Names of files are no words of a language.
    assert re.findall(r"[^\W\d_]+", re.sub(r"content/|tree\.json", "", text)) == []


def test_values_are_escaped_and_a_missing_one_is_told() -> None:
    assert PHRASES("help.call", number="<1>") == "Call &lt;1&gt;"
    with pytest.raises(UnknownPhraseError, match=r"locale/en\.yml has no phrase 'help\.cal'"):
        PHRASES("help.cal")
    with pytest.raises(UnknownPhraseError, match=r"'help\.call' in locale/en\.yml asks for 'number'"):
        PHRASES("help.call")


def test_a_language_with_a_mistake_is_refused_where_it_stands(tmp_path: Path) -> None:
    file = tmp_path / "locale/xx.yml"
    change(tmp_path, {"write": {"locale/xx.yml": "point:\n  do: 5\n  avoid: Avoid\n"}})

    with pytest.raises(ContentError) as caught:
        read_phrases(file)

    assert str(caught.value) == "locale/xx.yml:2:7: must be text; put it in quotes"
    with pytest.raises(ContentError, match=r"locale/yy\.yml:1:1: cannot be read: No such file"):
        read_phrases(tmp_path / "locale/yy.yml")


def test_a_template_that_asks_for_what_is_not_there_says_so(small_guide: Path, tmp_path: Path) -> None:
    pages = tmp_path / "templates/pages"
    shutil.copytree(ROOT / "templates", tmp_path / "templates")
    change(pages, {"edit": {"stage.html.jinja": {'"stage.title"': '"stage.titel"'}}})

    with pytest.raises(UnknownPhraseError, match=r"stage\.titel") as caught:
        build(small_guide, pages)

    assert caught.value.__notes__ == ["while rendering choosing/index.md with stage.html.jinja"]
