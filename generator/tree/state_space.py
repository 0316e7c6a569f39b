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

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import chain, combinations
from typing import TYPE_CHECKING, TypeVar

from guidebook.tree.liveness import NOTHING, Liveness, opened
from guidebook.tree.question_graph import components, question_graph
from guidebook.tree.walk import Fact, Facts, fact_of, facts_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from guidebook.content.handbook import Handbook
    from guidebook.content.model.tree import Condition, Question
    from guidebook.tree.question_graph import QuestionGraph, Way

Judged = TypeVar("Judged", str | None, bool)
State = tuple[str, Facts]
Step = tuple[str, tuple[str, ...]]
"""A question and what is chosen there."""


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

    def answers(self, state: State, ticks: Facts = NOTHING) -> list[Step]:
        """One walk to a state, with open ticks set: the questions in order with what was chosen."""
        return _steps(self._way(state), ticks)

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


def _steps(walked: list[tuple[str, Edge]], ticks: Facts = NOTHING) -> list[Step]:
    """Questions with what was chosen there, ticks that were decided later included."""
    decided = ticks.union(*(edge.decided for _, edge in walked))
    return [
        (question, (*edge.chosen, *sorted(tick for asked, tick in decided if asked == question)))
        for question, edge in walked
    ]


def explore(
    book: Handbook,
    read: Mapping[str, Facts] | None = None,
    graph: QuestionGraph | None = None,
    liveness: Liveness | None = None,
    is_left: Callable[[State], bool] = lambda _: True,
) -> Exploration:
    """Every reachable state of a tree without missing targets.

    A state knows the facts that decide where the walk goes, and those that are `read` at outcomes to come.
    Whoever explores often has the `walked_graph`, and for the same facts read the `liveness`. From a state
    that is not to be left nothing is explored.
    Raises LoopError if somebody can be asked a question twice.
    """
    graph = graph or walked_graph(book)
    found, _ = _explore(book, graph, liveness or Liveness(book, graph, read or {}), is_left)
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
        found, walked = _explore(book, graph, Liveness(book, graph, {}), lambda _: True)
        graph = graph.with_ways(walked)
        if not walked:
            found.refuse_loops(graph.cyclic)
    return graph


def _explore(
    book: Handbook, graph: QuestionGraph, liveness: Liveness, is_left: Callable[[State], bool]
) -> tuple[Exploration, frozenset[Way]]:
    """Every state that is reached by the ways of a graph, and the ways left out that somebody could walk.

    From a state that is not to be left nothing is explored.
    """
    assert book.tree is not None  # noqa: S101 (callers ask only of a handbook with a tree)
    onward = _Onward(book, liveness)
    found = Exploration((book.tree.start, NOTHING))
    walked: set[Way] = set()
    waiting = [found.start]
    while waiting:
        state = waiting.pop()
        if state in found.edges:
            continue
        found.edges[state] = onward.edges(state) if is_left(state) else []
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

    def __init__(self, book: Handbook, liveness: Liveness) -> None:
        self._questions = book.questions
        self._steps = {question.id: _Steps(question) for question in book.questions.values()}
        self._liveness = liveness
        live = liveness.written
        self._choices = {
            question.id: choices_of(question, live[question.id], lazy=True)
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
        for onward, after, decided in self._steps[at].onward(choice, known):
            if onward is None:
                yield Edge(choice.chosen, choice.ways, None)
                continue
            still = self._liveness.of(onward, after)
            # A tick left open that nothing reads any more may have been set or not.
            ways = choice.ways * 2 ** sum(1 for fact in after - still if _is_open(fact))
            yield Edge(choice.chosen, ways, (onward, still), decided)


Truth = Callable[[Facts], "bool | Fact"]
"""Whether a condition holds of what is known, or an open tick on which that depends."""


class _Steps:
    """Where one question leads."""

    def __init__(self, question: Question) -> None:
        self._own = {o.id: o.next for o in question.options if o.next and not question.takes_many}
        self._routes = [(truth_of(route.if_), route.to) for route in question.next]

    def onward(self, choice: Choice, known: Facts) -> Iterator[tuple[str | None, Facts, Facts]]:
        """Where a choice leads, for each way of setting the open ticks that decide it, and which are set."""
        direct = next((self._own[option] for option in choice.chosen if option in self._own), None)
        if direct:
            yield direct, known, NOTHING
            return
        yield from _split(self._route, known)

    def _route(self, facts: Facts) -> str | Fact | None:
        for truth, to in self._routes:
            found = truth(facts)
            if isinstance(found, tuple):
                return found
            if found:
                return to
        return None


def _split(judge: Callable[[Facts], Judged | Fact], known: Facts) -> Iterator[tuple[Judged, Facts, Facts]]:
    """What is judged, for each way of setting the open ticks on which it depends, and which are set."""
    waiting: list[tuple[Facts, Facts]] = [(known, NOTHING)]
    while waiting:
        facts, decided = waiting.pop()
        found = judge(facts)
        if isinstance(found, tuple):
            tick = _closed(found)
            waiting.append((facts - {found} | {tick}, decided | {tick}))
            waiting.append((facts - {found}, decided))
        else:
            yield found, facts, decided


def ticks_with(conditions: Iterable[Condition | None], known: Facts) -> Facts | None:
    """Open ticks of a state that, taken as set, make conditions hold together; nothing if none do."""
    truth = _joined([truth_of(condition) for condition in conditions], decisive=False)
    return next((decided for holds, _, decided in _split(truth, known) if holds), None)


def truth_of(condition: Condition | None) -> Truth:
    """A condition as a function, which is quick to ask many times."""
    if condition is None:
        return lambda _: True
    if not condition.parts:
        fact = fact_of(condition)
        tick = opened(fact)
        return lambda facts: tick if tick in facts else fact in facts
    parts = [truth_of(part) for part in condition.parts]
    if condition.not_:
        return lambda facts: found if isinstance(found := parts[0](facts), tuple) else not found
    return _joined(parts, decisive=condition.any is not None)


def _joined(parts: list[Truth], *, decisive: bool) -> Truth:
    """Several conditions as one, which is `decisive` as soon as one of them is."""

    def truth(facts: Facts) -> bool | Fact:
        waits: Fact | None = None
        for part in parts:
            found = part(facts)
            if found is decisive:
                return decisive
            if waits is None and isinstance(found, tuple):
                waits = found
        return not decisive if waits is None else waits

    return truth


def _is_open(fact: Fact) -> bool:
    return fact[0].startswith("?")


def _closed(fact: Fact) -> Fact:
    return (fact[0].removeprefix("?"), fact[1])


def settled(facts: Facts) -> Iterator[Facts]:
    """The facts with every open tick set or not set."""
    ticks = [fact for fact in facts if _is_open(fact)]
    for count in range(len(ticks) + 1):
        for some in combinations(ticks, count):
            yield facts.difference(ticks) | frozenset(map(_closed, some))


def choices_of(question: Question, live: Facts, *, lazy: bool = False) -> list[Choice]:
    """The choices that could differ in what follows, and how many real choices each stands for.

    If `lazy`, ticks that tell nothing but themselves are left open.
    """
    if not question.takes_many:
        return [Choice((o.id,), 1, facts_of(question, [o.id])) for o in question.options]
    telling = {option.id: facts_of(question, [option.id]) & live for option in question.options}
    waits = [option for option, tells in telling.items() if lazy and tells == {(question.id, option)}]
    now = [option for option, tells in telling.items() if tells and option not in waits]
    still_open = frozenset(opened((question.id, option)) for option in waits)
    ways = 2 ** (len(question.options) - len(now) - len(waits))
    merged = {still_open: Choice((), ways, still_open)}
    for option in now:
        for before in list(merged.values()):
            more = Choice((*before.chosen, option), before.ways, before.facts | telling[option])
            merged[more.facts] = _alike(more, merged.get(more.facts))
    return sorted(
        merged.values(), key=lambda choice: (len(choice.chosen), [now.index(o) for o in choice.chosen])
    )


def _alike(choice: Choice, other: Choice | None) -> Choice:
    """Choices that tell the same as one: that with the fewest ticks, for as many ways as both."""
    if not other:
        return choice
    fewest = min(other, choice, key=lambda found: len(found.chosen))
    return Choice(fewest.chosen, choice.ways + other.ways, fewest.facts)
