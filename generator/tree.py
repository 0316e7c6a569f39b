"""The decision tree as a thing to walk: what an answer leads to, and the same as data.

The browser's engine (`templates/theme/assets/js/engine.js`) does exactly what `walk` does;
a test runs both over the same answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

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
    return _test(condition)(facts)


def _test(condition: Condition | None) -> Callable[[Facts], bool]:
    """A condition as a function, which is quick to ask many times."""
    if condition is None:
        return lambda _: True
    tests = [_test(part) for part in condition.parts]
    if condition.all is not None:
        return lambda facts: all(test(facts) for test in tests)
    if condition.any is not None:
        return lambda facts: any(test(facts) for test in tests)
    if condition.not_ is not None:
        return lambda facts: not tests[0](facts)
    fact = fact_of(condition)
    return lambda facts: fact in facts


def fact_of(atom: Condition) -> Fact:
    """The fact that a condition without parts reads."""
    return ("*", atom.flag) if atom.flag else (str(atom.question), str(atom.answer))


def facts_of(question: Question, chosen: Iterable[str]) -> Facts:
    """What becomes known when these options of a question are chosen."""
    picked = set(chosen)
    options = [option for option in question.options if option.id in picked]
    answers = {(question.id, option.id) for option in options}
    return frozenset(answers | {("*", flag) for option in options for flag in option.flags})


def stepper(question: Question) -> Callable[[Collection[str], Facts], str | None]:
    """Where chosen options lead, given what is known with them; nothing if they lead nowhere."""
    own = {o.id: o.next for o in question.options if o.next and not question.takes_many}
    routes = [(_test(route.if_), route.to) for route in question.next]

    def step(chosen: Collection[str], facts: Facts) -> str | None:
        for option in chosen:
            if option in own:
                return own[option]
        return next((to for test, to in routes if test(facts)), None)

    return step


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
        onward = stepper(question)(chosen, known)
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
