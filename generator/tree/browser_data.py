"""The tree as data for the browser: ids and logic only, kept small."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from guidebook.content.model.tree import Outcome
from guidebook.tree.question_graph import question_graph
from guidebook.tree.state_space import explore
from guidebook.tree.walk import Fact, fact_of, in_reading_order

if TYPE_CHECKING:
    from collections.abc import Iterable

    from guidebook.content.handbook import Handbook
    from guidebook.content.model.guide import Guide
    from guidebook.content.model.tree import Condition, Question, Section, SharedSections


def tree_data(book: Handbook) -> dict[str, Any]:
    """The tree's ids and logic for the browser; its wording stands in the page.

    Kept small, since each visit carries it: a step is its place among questions and then outcomes (the
    walk starts at the first), a
    fact its place among flags and then the options of all questions in order. A condition is the
    number of a fact, negative if it must not be so, or a list of conditions that all hold, with a "|"
    before them if one is enough and a "!" if the one must not hold; 0 in its place is no condition.
    `urgency` has of each outcome, and then of each file of shared sections, its own urgency and those of its
    sections: places in the guide's list, from 1; 0 is none. `first` has in the same order how many first
    lines each section has. Noughts at the end are left out. `longest` is the most questions on one way. Where
    questions lead to one another as they are written, `most` says of each how many can follow it at most,
    itself included. `engine.js` says the same of what it reads.

    Raises LoopError if somebody can be asked a question twice.
    """
    numbers = _Numbers(book)
    return {
        "flags": len(numbers.flags),
        "questions": [_question_data(question, numbers) for question in numbers.questions],
        "many": [numbers.steps[question.id] for question in numbers.questions if question.takes_many],
        "outcomes": [[o.id, _conditions(o.sections, numbers), *o.shared] for o in book.outcomes.values()],
        "unoffered": [numbers.steps[o.id] for o in book.outcomes.values() if not numbers.is_offered(o)],
        "shared": {s.id: _conditions(s.sections, numbers) for s in book.shared.values()},
        "urgency": [_urgencies(file, book.guide) for file in book.planning()],
        "first": [_without_end([len(part.first) for part in file.sections]) for file in book.planning()],
        "longest": len(explore(book).longest()),
        **_most(book, numbers),
    }


def tree_json(book: Handbook) -> str:
    """The same as text, as the site publishes it. Raises LoopError as `tree_data` does."""
    return json.dumps(tree_data(book), separators=(",", ":"))


class _Numbers:
    """The short names of steps and facts in the data."""

    def __init__(self, book: Handbook) -> None:
        tree_flags = book.tree.flags if book.tree else []
        self.flags = {flag.id: number for number, flag in enumerate(tree_flags, 1)}
        self.questions = in_reading_order(book)
        steps = [*(question.id for question in self.questions), *book.outcomes]
        self.steps = {step: number for number, step in enumerate(steps)}
        options = [(q.id, option.id) for q in self.questions for option in q.options]
        flags: list[Fact] = [("*", flag) for flag in self.flags]
        self.facts = {fact: number for number, fact in enumerate([*flags, *options], 1)}
        self._not_offered = {flag.id for flag in tree_flags if flag.not_offered}

    def is_offered(self, outcome: Outcome) -> bool:
        """Whether a result may say that other answers would have led here."""
        return not self._not_offered & set(outcome.flags)


def _most(book: Handbook, numbers: _Numbers) -> dict[str, dict[str, int]]:
    """The most questions that can follow each of those that lead to one another, if there are any."""
    cyclic = question_graph(book).cyclic
    if not cyclic:
        return {}
    most = explore(book).most_from()
    asked = [question.id for question in numbers.questions if question.id in cyclic]
    return {"most": {question: most.get(question, 0) for question in asked}}


def _question_data(question: Question, numbers: _Numbers) -> list[Any]:
    options = [[option.id, *_where(option.next, option.flags, numbers)] for option in question.options]
    routes = [[_condition_data(route.if_, numbers), numbers.steps[route.to]] for route in question.next]
    return [question.id, options, *routes]


def _where(step: str | None, flags: list[str], numbers: _Numbers) -> list[int]:
    if not step and not flags:
        return []
    return [numbers.steps[step] if step else -1, *(numbers.flags[flag] for flag in flags)]


def _conditions(found: Iterable[Section], numbers: _Numbers) -> list[Any]:
    return [_condition_data(section.if_, numbers) for section in found]


def _urgencies(file: Outcome | SharedSections, guide: Guide) -> list[int]:
    own = [file.urgency] if isinstance(file, Outcome) else [None]
    return _without_end(
        [guide.urgency_rank(found) + 1 for found in (*own, *(p.urgency for p in file.sections))]
    )


def _without_end(given: list[int]) -> list[int]:
    """The same without the noughts at the end, which most sections have."""
    while given and given[-1] == 0:
        given = given[:-1]
    return given


def _condition_data(condition: Condition | None, numbers: _Numbers) -> Any:  # noqa: ANN401 (a nested list)
    if condition is None:
        return 0
    if condition.not_ and not condition.not_.parts:
        return -numbers.facts[fact_of(condition.not_)]
    if condition.parts:
        kind = ["|"] if condition.any else ["!"] if condition.not_ else []
        return [*kind, *(_condition_data(part, numbers) for part in condition.parts)]
    return numbers.facts[fact_of(condition)]
