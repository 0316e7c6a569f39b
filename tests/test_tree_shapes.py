"""Trees of shapes that the handbook's own does not have are checked and built like any other."""

from __future__ import annotations

import re
from collections import Counter
from typing import TYPE_CHECKING

import pytest
import yaml
from kit import EITHER_ORDER, TEMPLATES, change

from guidebook.build import build, read
from guidebook.content.problems import ContentError
from guidebook.tree.proof import proven

if TYPE_CHECKING:
    from pathlib import Path

DRY = "{all: [{question: signs, answer: dry}, {not: {question: signs, answer: smell}}]}"
QUESTIONS = "decision-tree/questions"
PROMISES = """properties:
  - id: wilting-is-soon
    says: Whoever has a wilting plant is told to act today.
    if: {flag: wilting}
    urgency_at_least: soon
tests:
  - says: It wilts and the soil is dry.
    answers: {leaves: wilted, signs: [dry]}
    outcome: give-water
  - says: It looks fine.
    answers: {leaves: fine}
    outcome: do-nothing
"""


def question(place: int, *options: dict[str, object], **more: object) -> dict[str, str]:
    """The file of one question, to be written."""
    told = {
        "question": f"Is it so, number {place}?",
        "why": "It matters.",
        "no_not_sure": "Anybody can see it.",
    }
    text = yaml.safe_dump({**told, "options": list(options), **more}, sort_keys=False)
    return {f"{QUESTIONS}/q{place}.yml": text}


def chain(guide: Path, length: int, *, is_ladder: bool) -> None:
    """Put questions before the first one, each behind an answer of the one before, or behind both."""
    files: dict[str, str] = {}
    for place in range(length):
        onward = f"q{place + 1}" if place + 1 < length else "leaves"
        alike = {"same_as": {"option": "yes", "reason": "It is a ladder."}, "next": onward}
        other = alike if is_ladder else {"next": "do-nothing"}
        files |= question(
            place, {"id": "yes", "label": "Yes", "next": onward}, {"id": "no", "label": "No", **other}
        )
    tree = {"start: leaves": "start: q0", "longest: 2": f"longest: {length + 2}", PROMISES: ""}
    nobody = ["decision-tree/people/away-on-weekends.yml"]
    change(guide, {"write": files, "edit": {"decision-tree/tree.yml": tree}, "delete": nobody})


def test_a_tree_of_questions_hung_in_one_another_is_built(small_guide: Path) -> None:
    chain(small_guide, 300, is_ladder=False)

    pages = {page.path: page.html for page in build(small_guide, TEMPLATES)}

    assert "number 299?" in pages["decide.md"]


def test_a_ladder_of_many_questions_is_checked(small_guide: Path) -> None:
    chain(small_guide, 1200, is_ladder=True)

    with pytest.raises(ContentError) as caught:
        read(small_guide)

    # A ladder's questions change nothing, which is told of each; nothing else is.
    assert {str(p).partition(": ")[2].partition(";")[0] for p in caught.value.problems} == {
        "no answer to this question changes anything"
    }


def test_a_way_back_that_nobody_can_walk_is_built(small_guide: Path) -> None:
    change(small_guide, EITHER_ORDER)

    pages = {page.path: page.html for page in build(small_guide, TEMPLATES)}

    for page in ("decide.md", "decide/picture.md"):
        assert Counter(re.findall(r'data-question="(\w+)"', pages[page])) == dict.fromkeys(
            ("first", "leaves", "signs"), 1
        )
    # Two ways from each of the first two, one of them to the other, and three from the last.
    assert pages["decide/picture.md"].count("<path d=") == 8
    assert "There are at most 3 questions on a way through" in pages["decide.md"]
    proof = proven(read(small_guide).book)
    assert (proof.ways, len(proof.longest)) == (12, 3)


def test_the_first_question_is_not_inside_an_answer_that_leads_nobody_back(
    small_guide: Path,
) -> None:
    never = "next:\n  - if: {question: leaves, answer: fine}\n    to: leaves\n"
    change(small_guide, {"edit": {f"{QUESTIONS}/signs.yml": {"next:\n": never}}})

    pages = {page.path: page.html for page in build(small_guide, TEMPLATES)}

    assert pages["decide.md"].count('data-question="leaves"') == 1


def test_conditions_that_cover_every_case_are_no_dead_end(small_guide: Path) -> None:
    change(
        small_guide,
        {"edit": {f"{QUESTIONS}/signs.yml": {"  - to: repot": f"  - if: {{not: {DRY}}}\n    to: repot"}}},
    )

    assert read(small_guide).book.questions["signs"].next[-1].if_
