"""What counts as being in somebody's plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from kit import change

from guidebook.build import read_people
from guidebook.tree.people import people_found

if TYPE_CHECKING:
    from pathlib import Path

    from guidebook.tree.people import Plan

OUTCOMES = "decision-tree/outcomes"
# A plan with everything that a plan can hold.
FULL = {
    "edit": {
        "decision-tree/tree.yml": {
            "flags: [{id: wilting, title: it wilts}]": "flags:\n"
            "  - {id: wilting, title: it wilts}\n"
            "  - {id: wet, title: it gets wet, reminder: Put a cloth below.}\n"
            "  - {id: slow, title: it takes a week, reminder: Wait a week.}"
        },
        f"{OUTCOMES}/give-water.yml": {
            "urgency: soon": "urgency: soon\nflags: [wet]",
            "related: [water]": "related: [water, by-hand]",
            "    first: [Do it in the sink.]": "    first: [Take your time.]\n"
            '    do: ["Do **it** in the [[cats|big sink]]."]',
            "    title: Before": "    first: [Look at it.]\n    flags: [slow]\n"
            "    folded: true\n    title: Before",
        },
        f"{OUTCOMES}/do-nothing.yml": {"    first: [Do it in the sink.]": "    first: [Sit down.]"},
        "topics/keeping/water.yml": {"    why:": "    unless: It stands in water.\n    why:"},
    }
}


def plans(guide: Path) -> list[Plan]:
    """The plans of the person in the small guide: as it is, and played down."""
    change(guide, FULL)
    return [walk.plan for walk in people_found(read_people(guide))[0].walks if walk.plan]


def test_a_plan_has_the_ids_of_all_that_is_shown(small_guide: Path) -> None:
    plan, _ = plans(small_guide)

    assert {kind: sorted(ids) for kind, ids in plan.ids.items()} == {
        "sections": ["next-time"],
        "points": ["water/feel-the-soil", "water/no-calendar"],
        "scripts": ["water/holiday-note"],
        "pages": ["by-hand", "cats", "light", "water"],
        "lines": ["garden"],
        "flags": ["slow", "wet"],
    }


def test_a_plan_has_the_words_that_readers_see(small_guide: Path) -> None:
    plan, _ = plans(small_guide)
    unopened = [
        "give it water",
        "this is what helps most.",
        "put a cloth below.",
        "ask at a garden centre.",
        "do it in the big sink.",
        "before the next time",
        "look at it.",
    ]
    folded = [
        "feel the soil first.",
        "it stands in water.",
        "wait a week.",
        "a note for the neighbour",
    ]

    assert set(unopened) <= set(plan.seen.split("\n"))
    assert not set(folded) & set(plan.seen.split("\n"))
    assert {*unopened, *folded} <= set(plan.words.split("\n"))


def test_each_plan_has_sections_of_its_own(small_guide: Path) -> None:
    one, other = plans(small_guide)

    assert "do it in the big sink." in one.words
    assert "sit down." not in one.words
    assert "sit down." in other.words


def test_what_nobody_must_say_is_found_where_it_is_folded(small_guide: Path) -> None:
    never = {"    pages: [cats]\n    flags: [wilting]": "    words: wait a week"}
    change(small_guide, {"edit": {"decision-tree/people/away-on-weekends.yml": never}})
    change(small_guide, FULL)

    found = people_found(read_people(small_guide))[0]

    assert [message for sentence in found.must_not for _, _, message in sentence.problems] == [
        "'wait a week' is in 'give-water', where 'As it is' leads; keep it from them there"
    ]
