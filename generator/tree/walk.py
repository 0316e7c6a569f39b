"""The decision tree as a thing to walk: what an answer leads to, and the same as data.

The browser's engine (`templates/theme/assets/js/engine.js`) does exactly what `walk`, `answer`,
`sections_of`, `first_lines`, `urgency_of` and `changes` do; a test runs both over the same answers.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator, Mapping

    from guidebook.content.handbook import Handbook
    from guidebook.content.model.tree import Condition, Outcome, Question, Section


# What is known of the reader: (question, option) for an answer, or ("*", name) for a flag.
Fact = tuple[str, str]


Facts = frozenset[Fact]


Answers = dict[str, list[str]]


# More than three things are not done at once.
MOST_FIRST_LINES = 3


@dataclass(frozen=True)
class Walk:
    """How far some answers lead: the questions asked, and the question or outcome reached."""

    path: list[str]
    at: str
    facts: Facts


@dataclass(frozen=True)
class FirstLine:
    """A line that a plan can begin with."""

    section: str
    """The name of the section that it is from."""
    place: int
    """Its place among the first lines there."""
    words: str


@dataclass(frozen=True)
class Change:
    """One answer given otherwise: the question, what is chosen instead, and where the walk ends then."""

    question: str
    chosen: list[str]
    to: str
    """An outcome, or nothing if more would be asked first."""


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


class Walker:
    """Walks through one tree, its conditions made ready once."""

    def __init__(self, book: Handbook) -> None:
        self._book = book
        self._start = book.tree.start if book.tree else ""
        self._steps = {question.id: (question, stepper(question)) for question in book.questions.values()}

    def walk(self, answers: Mapping[str, Iterable[str]]) -> Walk:
        """Follow answers, by question, from the start to an outcome or the first unanswered question.

        Answers to questions that are not asked on this way are passed over.
        """
        at = self._start
        path: list[str] = []
        facts: Facts = frozenset()
        while at in self._steps and at in answers and at not in path:
            question, step = self._steps[at]
            chosen = list(answers[at])
            known = facts | facts_of(question, chosen)
            onward = step(chosen, known)
            if onward is None:
                break
            path.append(at)
            at, facts = onward, known
        return Walk(path, at, facts)

    def answer(self, answers: Answers, question: str, chosen: list[str]) -> tuple[Answers, list[str]]:
        """Give or change one answer: the answers that still apply, and the questions of those that do not."""
        given = {**answers, question: chosen}
        kept = {asked: given[asked] for asked in self.walk(given).path}
        return kept, [asked for asked in given if asked not in kept]

    def changes(self, answers: Answers) -> Iterator[Change]:
        """Every single answer of a finished walk given otherwise, the others as they are.

        The last question comes first. Where several may be ticked, each tick is set or taken away by itself.
        """
        for question_id in reversed(self.walk(answers).path):
            question = self._book.questions[question_id]
            given = answers[question_id]
            for option in question.options:
                if question.takes_many:
                    ticked = set(given) ^ {option.id}
                    chosen = [other.id for other in question.options if other.id in ticked]
                elif option.id in given:
                    continue
                else:
                    chosen = [option.id]
                at = self.walk({**answers, question_id: chosen}).at
                yield Change(question_id, chosen, at if at in self._book.outcomes else "")


def walk(book: Handbook, answers: Mapping[str, Iterable[str]]) -> Walk:
    """Follow answers once; see `Walker.walk`."""
    return Walker(book).walk(answers)


def answer(book: Handbook, answers: Answers, question: str, chosen: list[str]) -> tuple[Answers, list[str]]:
    """Give or change one answer; see `Walker.answer`."""
    return Walker(book).answer(answers, question, chosen)


def sections(book: Handbook, outcome: Outcome) -> Iterator[tuple[str, Section]]:
    """The sections that an outcome can show, its own first, each with the name that the page gives it."""
    yield from ((str(place), section) for place, section in enumerate(outcome.sections))
    for shared in outcome.shared:
        for place, section in enumerate(book.shared[shared].sections):
            yield f"{shared}/{place}", section


def sections_of(book: Handbook, walked: Walk) -> list[str]:
    """The names of the sections that the plan has at the end of a walk."""
    return [name for name, _ in _shown(book, book.outcomes[walked.at], walked)]


def first_lines(book: Handbook, walked: Walk) -> list[FirstLine]:
    """What the plan at the end of a walk begins with, at most three lines."""
    outcome = book.outcomes[walked.at]
    return first_of(book, outcome, _shown(book, outcome, walked))


def first_of(book: Handbook, outcome: Outcome, shown: Iterable[tuple[str, Section]]) -> list[FirstLine]:
    """What a plan with these sections of an outcome begins with, at most three lines.

    Lines of more urgent sections come first. Among those as urgent, the line that the plan has for everybody
    leads, then come those that the answers have chosen, and then the rest.
    """
    rank = book.guide.urgency_rank
    lines = [
        (section, FirstLine(name, place, words))
        for name, section in shown
        for place, words in enumerate(section.first)
    ]
    leads = next((line for section, line in lines if not section.if_), None)

    def weight(named: tuple[Section, FirstLine]) -> tuple[int, int]:
        section, line = named
        chosen = 1 if section.if_ else 2
        return -rank(section.urgency or outcome.urgency), 0 if line is leads else chosen

    return [line for _, line in sorted(lines, key=weight)[:MOST_FIRST_LINES]]


def urgency_of(book: Handbook, walked: Walk) -> str:
    """How urgent the plan at the end of a walk is: as its outcome, or more if one of its sections is."""
    outcome = book.outcomes[walked.at]
    raised = (section.urgency for _, section in _shown(book, outcome, walked) if section.urgency)
    return max([outcome.urgency, *raised], key=book.guide.urgency_rank)


def _shown(book: Handbook, outcome: Outcome, walked: Walk) -> Iterator[tuple[str, Section]]:
    return ((name, part) for name, part in sections(book, outcome) if holds(part.if_, walked.facts))


def changes(book: Handbook, answers: Answers) -> Iterator[Change]:
    """What else would have been answered; see `Walker.changes`."""
    return Walker(book).changes(answers)


def outcomes_in_reading_order(book: Handbook) -> list[Outcome]:
    """The outcomes that can be reached, as a reader of the whole tree meets them."""
    ends = dict.fromkeys(to for question in in_reading_order(book) for to in question.leads_to)
    return [book.outcomes[to] for to in ends if to in book.outcomes]


def in_reading_order(book: Handbook) -> list[Question]:
    """The questions that can be reached, as a reader of the whole tree meets them."""
    ordered: dict[str, Question] = {}
    waiting = [book.tree.start if book.tree else ""]
    while waiting:
        question = book.questions.get(waiting.pop(0))
        if question and question.id not in ordered:
            ordered[question.id] = question
            waiting.extend(question.leads_to)
    return list(ordered.values())
