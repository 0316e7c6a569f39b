"""The decision tree as a thing to walk: what an answer leads to, and the same as data.

The browser's engine (`templates/theme/assets/js/engine.js`) does exactly what `walk` does;
a test runs both over the same answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from generator.handbook import Handbook
    from generator.model import Condition, Question

# What is known of the reader: (question, option) for an answer, or ("*", name) for a flag.
Fact = tuple[str, str]
Facts = frozenset[Fact]


@dataclass(frozen=True)
class Walk:
    """How far some answers lead: the questions asked, and the question or outcome reached."""

    path: list[str]
    at: str
    facts: Facts


def holds(condition: Condition | None, facts: Facts) -> bool:
    """Whether a condition is true of what is known; no condition always is."""
    if condition is None:
        return True
    if condition.all is not None:
        return all(holds(part, facts) for part in condition.all)
    if condition.any is not None:
        return any(holds(part, facts) for part in condition.any)
    if condition.not_ is not None:
        return not holds(condition.not_, facts)
    return fact_of(condition) in facts


def fact_of(atom: Condition) -> Fact:
    """The fact that a condition without parts reads."""
    return ("*", atom.flag) if atom.flag else (str(atom.question), str(atom.answer))


def facts_of(question: Question, chosen: Iterable[str]) -> Facts:
    """What becomes known when these options of a question are chosen."""
    picked = set(chosen)
    options = [option for option in question.options if option.id in picked]
    answers = {(question.id, option.id) for option in options}
    return frozenset(answers | {("*", flag) for option in options for flag in option.flags})


def step(question: Question, chosen: Collection[str], facts: Facts) -> str | None:
    """Where these options lead, given what is known with them; nothing if they lead nowhere."""
    if not question.takes_many:
        for option in question.options:
            if option.next and option.id in chosen:
                return option.next
    return next((route.to for route in question.next if holds(route.if_, facts)), None)


def walk(book: Handbook, answers: Mapping[str, Iterable[str]]) -> Walk:
    """Follow answers, by question, from the start to an outcome or the first unanswered question.

    Answers to questions that are not asked on this way are passed over.
    """
    at = book.tree.start if book.tree else ""
    path: list[str] = []
    facts: Facts = frozenset()
    while at in book.questions and at in answers and at not in path:
        question, chosen = book.questions[at], list(answers[at])
        known = facts | facts_of(question, chosen)
        onward = step(question, chosen, known)
        if onward is None:
            break
        path.append(at)
        at, facts = onward, known
    return Walk(path, at, facts)


def tree_data(book: Handbook) -> dict[str, Any]:
    """The tree's ids and logic for the browser; its wording stands in the page."""
    return {
        "start": book.tree.start if book.tree else "",
        "questions": {question.id: _question_data(question) for question in book.questions.values()},
        "outcomes": {
            outcome.id: {"sections": [condition_data(s.if_) for s in outcome.sections]}
            for outcome in book.outcomes.values()
        },
    }


def _question_data(question: Question) -> dict[str, Any]:
    options = [
        _without_nothing({"id": option.id, "flags": option.flags, "next": option.next})
        for option in question.options
    ]
    routes = [_without_nothing({"if": condition_data(route.if_), "to": route.to}) for route in question.next]
    return _without_nothing({"many": question.takes_many, "options": options, "next": routes})


def condition_data(condition: Condition | None) -> dict[str, Any] | None:
    """A condition as the browser's engine reads it."""
    if condition is None:
        return None
    if condition.all:
        return {"all": [condition_data(part) for part in condition.all]}
    if condition.any:
        return {"any": [condition_data(part) for part in condition.any]}
    if condition.not_:
        return {"not": condition_data(condition.not_)}
    return {"fact": "/".join(fact_of(condition))}


def _without_nothing(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value}
