"""Which facts can still matter on a walk: as the tree is written, and as a walk stands.

As it is written: a backward data-flow analysis, as compilers do for variables. As a walk stands: facts are
only ever added, so a condition that what is known has decided stays decided, and what comes after it is read
no more. Somebody who has told of danger is led to help whatever else they tell: then the rest need not be
remembered. That keeps the states few in which a walk can be.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from guidebook.tree.walk import Facts, fact_of, facts_of, sections

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from guidebook.content.handbook import Handbook
    from guidebook.content.model.tree import Condition, Question
    from guidebook.tree.question_graph import QuestionGraph
    from guidebook.tree.walk import Fact

NOTHING: Facts = frozenset()
Judged = tuple[bool | None, Facts]
"""Whether a condition holds whatever else becomes known (none: it is open), and the facts that decide it."""
# Facts decide little that lies further off than this, and a tree can be very deep.
_FURTHEST = 40


class Liveness:
    """The facts that can still matter from a step on."""

    def __init__(self, book: Handbook, graph: QuestionGraph, read: Mapping[str, Facts]) -> None:
        """With the facts that are `read` at outcomes."""
        self.written = live_from(book, graph, {**dict.fromkeys(book.outcomes, NOTHING), **read})
        """For each question and outcome the facts that are read from there on, whatever is known."""
        self._kept = {step: facts | {opened(fact) for fact in facts} for step, facts in self.written.items()}
        self._cyclic = graph.cyclic
        single = frozenset(question.id for question in book.questions.values() if not question.takes_many)
        self._ways = {question.id: _ways(question, single) for question in book.questions.values()}
        self._known: dict[tuple[str, Facts], Facts] = {}

    def of(self, at: str, facts: Facts, depth: int = 0) -> Facts:
        """Those of some facts that can still matter from a step on.

        Of a tick that is left open it is not known whether it is set; see `state_space`.
        """
        known = facts & self._kept[at]
        if at not in self._ways or at in self._cyclic or depth > _FURTHEST or not known:
            return known
        if (at, known) not in self._known:
            self._known[at, known] = self._needed(at, known, depth) & known
        return self._known[at, known]

    def _needed(self, at: str, known: Facts, depth: int) -> Facts:
        directly, routes = self._ways[at]
        needed: list[Facts] = []
        targets = list(directly)
        for judge, to in routes:
            holds, facts = judge(known)
            needed.append(facts)
            if holds is False:
                continue
            targets.append(to)
            if holds:
                break
        return NOTHING.union(*needed, *(self.of(to, known, depth + 1) for to in dict.fromkeys(targets)))


def _ways(
    question: Question, single: frozenset[str]
) -> tuple[list[str], list[tuple[Callable[[Facts], Judged], str]]]:
    """Where a question can lead: by an answer alone, and by its routes in turn."""
    directly = [option.next for option in question.options if option.next and not question.takes_many]
    return directly, [(_judge(route.if_, single), route.to) for route in question.next]


def _judge(condition: Condition | None, single: frozenset[str]) -> Callable[[Facts], Judged]:
    """A condition as a function of what is known; `single` are the questions with one answer only."""
    if condition is None:
        return lambda _: (True, NOTHING)
    if not condition.parts:
        fact = fact_of(condition)
        return lambda known: _judged_fact(fact, known, is_single=fact[0] in single)
    parts = [_judge(part, single) for part in condition.parts]
    if condition.not_:
        return lambda known: _opposite(parts[0](known))
    decisive = condition.any is not None
    return lambda known: _joined([part(known) for part in parts], decisive=decisive)


def _judged_fact(fact: Fact, known: Facts, *, is_single: bool) -> Judged:
    if fact in known:
        return True, frozenset([fact])
    other = next((given for given in known if given[0] == fact[0]), None) if is_single else None
    if other:
        return False, frozenset([other])
    return None, frozenset([fact, opened(fact)])


def _opposite(judged: Judged) -> Judged:
    holds, facts = judged
    return (None if holds is None else not holds), facts


def _joined(judged: list[Judged], *, decisive: bool) -> Judged:
    """Several conditions as one, which is `decisive` as soon as one of them is."""
    for holds, facts in judged:
        if holds is decisive:
            return holds, facts
    undecided = any(holds is None for holds, _ in judged)
    return (None if undecided else not decisive), NOTHING.union(*(facts for _, facts in judged))


def opened(tick: Fact) -> Fact:
    """That a tick has been offered and nothing has asked yet if it was set."""
    return (f"?{tick[0]}", tick[1])


def live_from(book: Handbook, graph: QuestionGraph, ends: Mapping[str, Facts]) -> dict[str, Facts]:
    """For each question and outcome the facts that are read from there on, given those at the ends."""
    own = {question.id: atoms(route.if_ for route in question.next) for question in book.questions.values()}
    return graph.gathered({**own, **ends}, _only_from(book) if graph.cyclic else None)


def _only_from(book: Handbook) -> dict[str, Facts]:
    """For each question the facts that no other question makes known."""
    telling = {
        question.id: facts_of(question, [option.id for option in question.options])
        for question in book.questions.values()
    }
    times = Counter(chain.from_iterable(telling.values()))
    return {asked: frozenset(f for f in facts if times[f] == 1) for asked, facts in telling.items()}


def shown_facts(book: Handbook, graph: QuestionGraph) -> dict[str, Facts]:
    """The facts that a reader can notice from each question on: by the way taken or by what is shown."""
    read = {
        outcome.id: atoms(section.if_ for _, section in sections(book, outcome))
        for outcome in book.outcomes.values()
    }
    return live_from(book, graph, read)


def atoms(conditions: Iterable[Condition | None]) -> Facts:
    """The facts that conditions read."""
    return frozenset(fact_of(atom) for condition in conditions if condition for atom in condition.atoms())


def foregone(condition: Condition | None, known: Facts, possible: Facts) -> bool | None:
    """Whether a condition holds, whatever of the possible facts becomes known; nothing if that decides it."""
    if condition is None:
        return True
    if not condition.parts:
        fact = fact_of(condition)
        return True if fact in known else None if fact in possible or opened(fact) in known else False
    parts = [foregone(part, known, possible) for part in condition.parts]
    if condition.not_:
        return None if parts[0] is None else not parts[0]
    decisive = condition.any is not None
    if decisive in parts:
        return decisive
    return None if None in parts else not decisive


@dataclass(frozen=True)
class Ahead:
    """What lies ahead of each question as the tree is written."""

    book: Handbook
    graph: QuestionGraph

    @cached_property
    def ends(self) -> dict[str, frozenset[str]]:
        """The outcomes to which it can lead; of an outcome itself."""
        return self.graph.gathered({outcome: frozenset([outcome]) for outcome in self.book.outcomes})

    @cached_property
    def tells(self) -> dict[str, Facts]:
        """The facts that can become known from there on."""
        own = {q.id: facts_of(q, [option.id for option in q.options]) for q in self.book.questions.values()}
        return self.graph.gathered(own)
