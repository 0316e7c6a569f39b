"""What the pages of the decision tree show."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guidebook.content import model
from guidebook.pages.draft import flagged, help_lines, placed, reminders
from guidebook.tree import layout
from guidebook.tree.browser_data import tree_data
from guidebook.tree.proof import proven, told
from guidebook.tree.state_space import explore
from guidebook.tree.walk import in_reading_order, sections

if TYPE_CHECKING:
    from guidebook.content.handbook import Handbook
    from guidebook.pages.draft import Gathers, Shows


@dataclass(frozen=True)
class Step:
    """A question or outcome on the page of the tree."""

    id: str
    title: str
    anchor: str
    number: int = 0
    """The place of a question in reading order; none for an outcome."""
    inside: bool = False
    """Whether it stands inside the one answer that leads to it."""


# Questions inside answers inside questions: more than this, and one of them gets a place of its own.
_DEEPEST = 16


def _outcome_shows(book: Handbook, outcome: model.Outcome, *, whole: bool) -> dict[str, Any]:
    """What an outcome shows; `whole` with the sections that others have too, else only their names."""
    guide = book.guide
    shared = [book.shared[shared_id] for shared_id in outcome.shared]
    items = [_section(book, name, section) for name, section in sections(book, outcome)]
    groups = []
    for time in guide.times:
        elsewhere = [group for group in shared if any(s.when == time.id for s in group.sections)]
        at_time = [item for item in items if item["section"].when == time.id]
        here = [item for item in at_time if whole or "/" not in item["name"]]
        if here or elsewhere:
            groups.append({"time": time, "parts": here, "shared": [] if whole else elsewhere})
    return {
        "outcome": outcome,
        "reminders": reminders(book, outcome.flags),
        "urgency": next(item for item in guide.urgencies if item.id == outcome.urgency),
        "is_urgent": guide.is_urgent(outcome.urgency),
        "groups": groups,
        "countries": help_lines(book, outcome.lines),
        "help": "-".join(["help", *outcome.lines]) if outcome.lines else "",
        "offers_copy": not outcome.tab_title,
    }


def _section(book: Handbook, name: str, section: model.Section) -> dict[str, Any]:
    advice = [placed(book, named) for named in section.advice]
    return {
        "name": name,
        # Only what several outcomes share is moved about.
        "moves_to": section.when if "/" in name else "",
        "section": section,
        "reminders": reminders(book, section.flags),
        "advice": advice,
        "scripts": [placed(book, named) for named in section.scripts],
        "links": list(dict.fromkeys([*(told.home.id for told in advice), *section.links])),
    }


def _outcome(book: Handbook, outcome: model.Outcome) -> dict[str, Any]:
    return {
        "shown": _outcome_shows(book, outcome, whole=True),
        "questions": book.questions,
        "flagged": flagged(book),
    }


def _steps(book: Handbook) -> dict[str, Step]:
    """Every question and outcome, by id. A question that only one answer leads to stands inside it."""
    inside = _inside(book)
    return {
        **{
            item.id: Step(item.id, item.question, f"ask-{item.id}", number, inside=item.id in inside)
            for number, item in enumerate(in_reading_order(book), 1)
        },
        **{item.id: Step(item.id, item.title, f"end-{item.id}") for item in book.outcomes.values()},
    }


def _inside(book: Handbook) -> set[str]:
    """The questions that stand inside the one answer that leads to them, as far as anybody can follow."""
    led_to = Counter(to for question in book.questions.values() for to in question.leads_to)
    depth: dict[str, int] = {}
    for question in in_reading_order(book):
        for to in question.leads_to:
            if to in book.questions and led_to[to] == 1:
                depth[to] = (depth.get(question.id, 0) + 1) % _DEEPEST
    return {question_id for question_id, deep in depth.items() if deep}


def _tree_in_words(book: Handbook) -> dict[str, Any]:
    """What a page needs that tells the whole tree in words."""
    return {
        "flagged": flagged(book),
        "steps": _steps(book),
        "questions": in_reading_order(book),
        "by_id": book.questions,
    }


def _shared(book: Handbook, group: model.SharedSections) -> dict[str, Any]:
    parts = [_section(book, f"{group.id}/{place}", section) for place, section in enumerate(group.sections)]
    return {"group": group, "parts": parts}


def _decide(book: Handbook) -> dict[str, Any]:
    outcomes = [_outcome_shows(book, outcome, whole=False) for outcome in book.outcomes.values()]
    return {
        **_tree_in_words(book),
        "tree": book.tree,
        "data": tree_data(book),
        "outcomes": outcomes,
        "help_boxes": list({shown["help"]: shown for shown in outcomes if shown["help"]}.values()),
        "shared": [_shared(book, group) for group in book.shared.values()],
        "longest": len(explore(book).longest()),
    }


def _tree_picture(book: Handbook) -> dict[str, Any]:
    shown = _tree_in_words(book)
    numbers = {step.id: step.number for step in shown["steps"].values() if step.number}
    return {
        **shown,
        "picture": layout.draw(book, numbers),
        "box_width": layout.WIDTH,
        "box_height": layout.HEIGHT,
    }


def _tree_proof(book: Handbook) -> dict[str, Any]:
    proof = proven(book)
    return {
        "tree": book.tree,
        "proof": proof,
        "has_sources": bool(book.sources),
        "longest": [
            {"question": question, "answer": answer} for question, answer in told(book, proof.longest)
        ],
    }


SHOWS: dict[type[model.File], Shows] = {model.Outcome: _outcome}
GATHERED: dict[str, Gathers] = {"decide": _decide, "tree-picture": _tree_picture, "tree-proof": _tree_proof}
