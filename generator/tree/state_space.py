"""Every state that a walk through the decision tree can be in.

Ways through are not listed, since tick-all questions make millions. What is explored instead is
every reachable *state*: a question or outcome together with those known facts that a condition from
there on still reads, and those that the matter at hand is about. Two walks in one state go on alike,
so what holds of all states holds of all walks; ways through are counted over the states, and a state
remembers one walk that led to it as the counter-example. (Reachability over a finite abstraction; the
facts dropped are the dead ones of a liveness analysis, as compilers use for variables.)

A tick that nothing reads yet is left open, and decided either way where a condition first reads it: a
question with nine ticks then makes one state and not 512. (Lazy case splitting, as in model checkers.)

Nobody may be asked a question twice. Where questions lead to one another as they are written, the states tell
whether somebody can come round: no edge may lead to a question that was asked on the way to its state, and no
state to another of its own question. What is explored is thus always a walk without a loop.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import chain, combinations
from typing import TYPE_CHECKING

from guidebook.tree.question_graph import components, question_graph
from guidebook.tree.walk import Fact, Facts, fact_of, facts_of, sections

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from guidebook.content.handbook import Handbook
    from guidebook.content.model.tree import Condition, Question
    from guidebook.tree.question_graph import QuestionGraph, Way

State = tuple[str, Facts]
Step = tuple[str, tuple[str, ...]]
"""A question and what is chosen there."""
NOTHING: Facts = frozenset()


@dataclass(frozen=True)
class Edge:
    """Choosing some options in a state: where it leads and how many choices are alike in that."""

    chosen: tuple[str, ...]
    ways: int
    to: State | None
    decided: Facts = NOTHING
    """Ticks of earlier questions that were left open until now and are taken as set."""


@dataclass(frozen=True)
class Choice:
    """Some options chosen together: how many choices are alike, and what becomes known."""

    chosen: tuple[str, ...]
    ways: int
    facts: Facts


class LoopError(Exception):
    """Somebody can be asked a question twice."""

    def __init__(self, steps: list[Step], again: str) -> None:
        super().__init__(f"'{again}' can be asked again")
        self.steps = steps
        """A walk until just before."""
        self.again = again


@dataclass
class Exploration:
    """Every reachable state, the edges between them, and for each state one way to it."""

    start: State
    edges: dict[State, list[Edge]] = field(default_factory=dict)
    came_from: dict[State, tuple[State, Edge]] = field(default_factory=dict)

    def answers(self, state: State) -> list[Step]:
        """One walk to a state: the questions in order with what was chosen."""
        return _steps(self._way(state))

    def _way(self, state: State) -> list[tuple[str, Edge]]:
        walked = []
        while state in self.came_from:
            state, edge = self.came_from[state]
            walked.append((state[0], edge))
        return walked[::-1]

    def ends(self) -> Iterator[State]:
        """The reachable states that are outcomes."""
        return (state for state, edges in self.edges.items() if not edges)

    def paths(self) -> int:
        """How many different ways lead from the start to an outcome."""
        counts: dict[State, int] = {}
        for state in self._leaves_first():
            edges = self.edges[state]
            counts[state] = sum(edge.ways * counts[edge.to] for edge in edges if edge.to) or 1
        return counts[self.start]

    def longest(self) -> list[Step]:
        """A walk with the most questions, to the state before which it ends."""
        depths = self._depths()
        walked, state = [], self.start
        while edge := depths[state][1]:
            walked.append((state[0], edge))
            state = edge.to or state
        return _steps(walked)

    def most_from(self) -> dict[str, int]:
        """For each question the most that anybody is asked from there on, itself included."""
        most: dict[str, int] = {}
        for (at, _), (depth, _) in self._depths().items():
            most[at] = max(depth, most.get(at, 0))
        return most

    def _depths(self) -> dict[State, tuple[int, Edge | None]]:
        """How many questions can follow in each state, this one included, and by which edge."""
        depths: dict[State, tuple[int, Edge | None]] = {}
        for state in self._leaves_first():
            onward = [(depths[edge.to][0] + 1, edge) for edge in self.edges[state] if edge.to]
            depths[state] = max(onward, key=lambda found: found[0], default=(0, None))
        return depths

    def ends_after(self) -> dict[State, frozenset[str]]:
        """For each state the outcomes that walks reach from there."""
        ends: dict[State, frozenset[str]] = {}
        for state in self._leaves_first():
            onward = [ends[edge.to] for edge in self.edges[state] if edge.to]
            ends[state] = frozenset().union(*onward) if onward else frozenset([state[0]])
        return ends

    def refuse_return(self, state: State, edge: Edge) -> None:
        """Raise LoopError if an edge leads to a question that was asked on the way to its state."""
        _refuse_repeat([*self._way(state), (state[0], edge)])

    def refuse_loops(self, questions: Collection[str]) -> None:
        """Raise LoopError if one of these questions can be asked again on any way."""
        onward = {state: [edge.to for edge in edges if edge.to] for state, edges in self.edges.items()}
        bits = {question: 1 << place for place, question in enumerate(questions)}
        asked: dict[State, int] = {}
        """The questions that are asked from a state on, as bits."""
        for component in components(onward):
            after = 0
            for to in chain.from_iterable(onward[state] for state in component):
                after |= asked.get(to, 0)
            for state in component:
                bit = bits.get(state[0], 0)
                if len(component) > 1 or after & bit:
                    _refuse_repeat([*self._way(state), *self._way_back(state)])
                asked[state] = after | bit

    def _way_back(self, start: State) -> tuple[tuple[str, Edge], ...]:
        """The shortest way from a state to one of the same question, which there is."""
        seen = set()
        waiting: list[tuple[State, tuple[tuple[str, Edge], ...]]] = [(start, ())]
        for state, way in waiting:
            for edge in self.edges[state]:
                walked = (*way, (state[0], edge))
                if edge.to and edge.to[0] == start[0]:
                    return walked
                if edge.to and edge.to not in seen:
                    seen.add(edge.to)
                    waiting.append((edge.to, walked))
        return ()

    def _leaves_first(self) -> list[State]:
        """States so that each comes after all that it leads to."""
        done: dict[State, None] = {}
        stack = [(self.start, False)]
        while stack:
            state, entered = stack.pop()
            if entered:
                done[state] = None
            elif state not in done:
                stack.append((state, True))
                stack.extend((edge.to, False) for edge in self.edges[state] if edge.to)
        return list(done)


def _refuse_repeat(walked: list[tuple[str, Edge]]) -> None:
    """Raise LoopError at the first question of a walk that was asked on it before."""
    asked = set()
    for place, (question, edge) in enumerate(walked, 1):
        asked.add(question)
        if edge.to and edge.to[0] in asked:
            raise LoopError(_steps(walked[:place]), edge.to[0])


def _steps(walked: list[tuple[str, Edge]]) -> list[Step]:
    """Questions with what was chosen there, ticks that were decided later included."""
    decided = frozenset().union(*(edge.decided for _, edge in walked))
    return [
        (question, (*edge.chosen, *sorted(tick for asked, tick in decided if asked == question)))
        for question, edge in walked
    ]


def explore(
    book: Handbook, read: Mapping[str, Facts] | None = None, graph: QuestionGraph | None = None
) -> Exploration:
    """Every reachable state of a tree without missing targets.

    A state knows the facts that decide where the walk goes, and those that are `read` at outcomes to come.
    Whoever explores often has the `walked_graph`. Raises LoopError if somebody can be asked a question twice.
    """
    found, _ = _explore(book, read or {}, graph or walked_graph(book))
    return found


def walked_graph(book: Handbook) -> QuestionGraph:
    """The graph of the questions of a tree without missing targets, with the ways that somebody walks.

    A way that can lead round is left out until a state shows that somebody walks it. (Guess and verify: what
    only such ways would read need not be known until then.)
    Raises LoopError if somebody can be asked a question twice.
    """
    graph = question_graph(book)
    walked = graph.left_out
    while walked:
        found, walked = _explore(book, {}, graph)
        graph = graph.with_ways(walked)
        if not walked:
            found.refuse_loops(graph.cyclic)
    return graph


def _explore(
    book: Handbook, read: Mapping[str, Facts], graph: QuestionGraph
) -> tuple[Exploration, frozenset[Way]]:
    """Every state that is reached by the ways of a graph, and the ways left out that somebody could walk."""
    assert book.tree is not None  # noqa: S101 (callers ask only of a handbook with a tree)
    onward = _Onward(book, graph, {**dict.fromkeys(book.outcomes, NOTHING), **read})
    found = Exploration((book.tree.start, NOTHING))
    walked: set[Way] = set()
    waiting = [found.start]
    while waiting:
        state = waiting.pop()
        if state in found.edges:
            continue
        found.edges[state] = onward.edges(state)
        for edge in found.edges[state]:
            if graph.cyclic and edge.to and edge.to[0] in graph.cyclic:
                found.refuse_return(state, edge)
                if (state[0], edge.to[0]) in graph.left_out:
                    walked.add((state[0], edge.to[0]))
                    continue
            if edge.to and edge.to not in found.edges:
                found.came_from.setdefault(edge.to, (state, edge))
                waiting.append(edge.to)
    return found, frozenset(walked)


class _Onward:
    """Where walks go from a state."""

    def __init__(self, book: Handbook, graph: QuestionGraph, read: dict[str, Facts]) -> None:
        self._questions = book.questions
        self._read = read
        self._live = live_from(book, graph, read)
        self._choices = {
            question.id: choices_of(question, self._live[question.id], atoms(r.if_ for r in question.next))
            for question in book.questions.values()
        }

    def edges(self, state: State) -> list[Edge]:
        """The edges from a state; of ticks, those that lead to the same state become one edge."""
        at, facts = state
        several = at in self._questions and self._questions[at].takes_many
        edges: dict[object, Edge] = {}
        for choice in self._choices.get(at, ()):
            for edge in self._led(at, choice, facts | choice.facts):
                key = edge.to if several else (edge.chosen, edge.decided, edge.to)
                first = edges.get(key, edge)
                ways = first.ways + edge.ways if key in edges else edge.ways
                edges[key] = Edge(first.chosen, ways, edge.to, first.decided)
        return list(edges.values())

    def _led(self, at: str, choice: Choice, known: Facts) -> Iterator[Edge]:
        for onward, after, decided in _onward(self._questions[at], choice, known):
            if onward is None:
                yield Edge(choice.chosen, choice.ways, None)
                continue
            live = self._live[onward]
            still = frozenset(fact for fact in after if _opened(fact) in live)
            # A tick left open that nothing reads any more may have been set or not.
            ways = choice.ways * 2 ** sum(1 for fact in after - still if _is_open(fact))
            for end, set_now in _decided(still, self._read.get(onward, NOTHING)):
                yield Edge(choice.chosen, ways, (onward, end), decided | set_now)


def _onward(question: Question, choice: Choice, known: Facts) -> Iterator[tuple[str | None, Facts, Facts]]:
    """Where a choice leads, for each way of setting the open ticks that decide it, and which are set."""
    own = {option.id: option.next for option in question.options if not question.takes_many}
    direct = next((own[option] for option in choice.chosen if own.get(option)), None)
    if direct:
        yield direct, known, NOTHING
        return
    waiting: list[tuple[Facts, Facts]] = [(known, NOTHING)]
    while waiting:
        facts, decided = waiting.pop()
        found = _route(question, facts)
        if isinstance(found, tuple):
            tick = _opened(found)
            waiting.append((facts - {found}, decided))
            waiting.append((facts - {found} | {tick}, decided | {tick}))
        else:
            yield found, facts, decided


def _route(question: Question, facts: Facts) -> str | Fact | None:
    """Where the routes lead, or the open tick on which that depends first."""
    for route in question.next:
        truth = _truth(route.if_, facts) if route.if_ else True
        if isinstance(truth, tuple):
            return truth
        if truth:
            return route.to
    return None


def _truth(condition: Condition, facts: Facts) -> bool | Fact:
    """Whether a condition holds, or an open tick on which that depends."""
    if not condition.parts:
        fact = fact_of(condition)
        tick = _open(fact)
        return tick if tick in facts else fact in facts
    truths = [_truth(part, facts) for part in condition.parts]
    if condition.not_:
        return truths[0] if isinstance(truths[0], tuple) else not truths[0]
    decisive = condition.any is not None
    if decisive in truths:
        return decisive
    return next((truth for truth in truths if isinstance(truth, tuple)), not decisive)


def _open(tick: Fact) -> Fact:
    """That a tick has been offered and nothing has asked yet if it was set."""
    return (f"?{tick[0]}", tick[1])


def _is_open(fact: Fact) -> bool:
    return fact[0].startswith("?")


def _opened(fact: Fact) -> Fact:
    return (fact[0].removeprefix("?"), fact[1])


def _decided(facts: Facts, reads: Facts) -> Iterator[tuple[Facts, Facts]]:
    """The facts with each open tick that is read now set or not set, and the ticks that are set."""
    asked = [fact for fact in facts if _is_open(fact) and _opened(fact) in reads]
    known = facts.difference(asked)
    for count in range(len(asked) + 1):
        for ticks in combinations(asked, count):
            decided = frozenset(map(_opened, ticks))
            yield known | decided, decided


def settled(facts: Facts) -> Iterator[Facts]:
    """The facts with every open tick set or not set."""
    return (known for known, _ in _decided(facts, frozenset(map(_opened, facts))))


def choices_of(question: Question, live: Facts, reads: Facts | None = None) -> list[Choice]:
    """The choices that could differ in what follows, and how many real choices each stands for.

    With what the question itself `reads`, ticks that only later questions read are left open.
    """
    if not question.takes_many:
        return [Choice((o.id,), 1, facts_of(question, [o.id])) for o in question.options]
    telling = {option.id: facts_of(question, [option.id]) & live for option in question.options}
    waits = [
        option
        for option, tells in telling.items()
        if reads is not None and tells == {(question.id, option)} and not tells & reads
    ]
    now = [option for option, tells in telling.items() if tells and option not in waits]
    still_open = frozenset(_open((question.id, option)) for option in waits)
    subsets = chain.from_iterable(combinations(now, count) for count in range(len(now) + 1))
    ways = 2 ** (len(question.options) - len(now) - len(waits))
    merged: dict[Facts, Choice] = {}
    for chosen in subsets:
        told = frozenset().union(*(telling[option] for option in chosen)) | still_open
        before = merged.get(told, Choice(chosen, 0, told))
        merged[told] = Choice(before.chosen, before.ways + ways, told)
    return list(merged.values())


def live_from(book: Handbook, graph: QuestionGraph, ends: dict[str, Facts]) -> dict[str, Facts]:
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
