"""Which facts can still matter on a walk: as the tree is written, and as a walk stands.

As it is written: a backward data-flow analysis, as compilers do for variables. As a walk stands: facts are
only ever added, so a condition that what is known has decided stays decided, and what comes after it is read
no more. Somebody who has told of danger is led to help whatever else they tell: then the rest need not be
remembered. That keeps the states few in which a walk can be.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from guidebook.tree.walk import Facts, fact_of, facts_of, sections

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guidebook.content.handbook import Handbook
    from guidebook.content.model.tree import Condition, Question
    from guidebook.tree.question_graph import QuestionGraph
    from guidebook.tree.walk import Fact

NOTHING: Facts = frozenset()
Judged = tuple[bool | None, Facts]
"""Whether a condition holds whatever becomes known (none: that is open), and the facts that matter for it."""
# Facts decide little that lies further off than this, and a tree can be very deep.
_FURTHEST = 40


Judge = Callable[[Facts, Facts], Judged]
"""A condition as a function of what is known, and of what may still become known."""


class Liveness:
    """The facts that can still matter from a step on."""

    def __init__(self, book: Handbook, graph: QuestionGraph, read: Mapping[str, Facts]) -> None:
        """With the facts that are `read` at outcomes."""
        self.written = live_from(book, graph, {**dict.fromkeys(book.outcomes, NOTHING), **read})
        """For each question and outcome the facts that are read from there on, whatever is known."""
        self._kept = {step: facts | {opened(fact) for fact in facts} for step, facts in self.written.items()}
        self._cyclic = graph.cyclic
        self._tells = Ahead(book, graph).tells
        self._ways = {question.id: _ways(question) for question in book.questions.values()}
        self._known: dict[tuple[str, str, Facts], Facts] = {}

    def of(self, at: str, facts: Facts) -> Facts:
        """Those of some facts that can still matter from a step on.

        Of a tick that is left open it is not known whether it is set; see `state_space`.
        """
        return self._still(at, at, facts, 0)

    def _still(self, start: str, at: str, facts: Facts, depth: int) -> Facts:
        """Those that can still matter from a step on, for a walk that is at a step before it."""
        known = facts & self._kept[at]
        if at not in self._ways or at in self._cyclic or depth > _FURTHEST or not known:
            return known
        if (start, at, known) not in self._known:
            self._known[start, at, known] = self._needed(start, at, known, depth) & known
        return self._known[start, at, known]

    def _needed(self, start: str, at: str, known: Facts, depth: int) -> Facts:
        directly, routes = self._ways[at]
        possible = self._tells[start]
        needed: list[Facts] = []
        targets = dict.fromkeys(directly)
        for judge, to in routes:
            holds, facts = judge(known, possible)
            needed.append(facts)
            if holds is False:
                continue
            targets[to] = None
            if holds:
                break
        return NOTHING.union(*needed, *(self._still(start, to, known, depth + 1) for to in targets))


def _ways(question: Question) -> tuple[list[str], list[tuple[Judge, str]]]:
    """Where a question can lead: by an answer alone, and by its routes in turn."""
    directly = [option.next for option in question.options if option.next and not question.takes_many]
    return directly, [(judge_of(route.if_), route.to) for route in question.next]


def judge_of(condition: Condition | None) -> Judge:
    """A condition as a function that says as early as it can be said whether it holds."""
    if condition is None:
        return lambda _known, _possible: (True, NOTHING)
    if not condition.parts:
        return _judge_of_fact(fact_of(condition))
    parts = [judge_of(part) for part in condition.parts]
    if condition.not_:
        return lambda known, possible: _opposite(parts[0](known, possible))
    decisive = condition.any is not None
    return lambda known, possible: _joined([part(known, possible) for part in parts], decisive=decisive)


def _judge_of_fact(fact: Fact) -> Judge:
    alone = frozenset([fact])
    still_open = opened(fact)
    waits = frozenset([fact, still_open])

    def judge(known: Facts, possible: Facts) -> Judged:
        if fact in known:
            return True, alone
        if fact in possible or still_open in known:
            return None, waits
        return False, NOTHING

    return judge


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
