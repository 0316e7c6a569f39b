"""Every state that a walk through the decision tree can be in.

Ways through are not listed, since tick-all questions make millions. What is explored instead is
every reachable *state*: a question or outcome together with those known facts that a condition from
there on still reads, and those that the matter at hand is about. Two walks in one state go on alike,
so what holds of all states holds of all walks; ways through are counted over the states, and a state
remembers one of the shortest walks that lead to it as the counter-example. (Breadth-first reachability over
a finite abstraction; the facts dropped are the dead ones of a liveness analysis, as compilers use for
variables.)

A tick that nothing reads yet is left open, and decided either way where a condition first reads it: a
question with nine ticks then makes one state and not 512. (Lazy case splitting, as in model checkers.)

Nobody may be asked a question twice. Where questions lead to one another as they are written, the states tell
whether somebody can come round: no edge may lead to a question that was asked on the way to its state, and no
state to another of its own question. What is explored is thus always a walk without a loop.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from guidebook.tree.bit_tree import BitTree
from guidebook.tree.fact_bits import Bits
from guidebook.tree.liveness import Liveness
from guidebook.tree.question_graph import components, question_graph

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from guidebook.content.handbook import Handbook
    from guidebook.tree.asked import Led
    from guidebook.tree.fact_bits import FactBits
    from guidebook.tree.question_graph import QuestionGraph, Way

State = tuple[str, Bits]
"""A question or outcome, and what is known there."""
Step = tuple[str, tuple[str, ...]]
"""A question and what is chosen there."""


class Edge(NamedTuple):
    """Choosing some options in a state: where it leads and how many choices are alike in that."""

    chosen: tuple[str, ...]
    ways: int
    to: State | None
    decided: Bits = 0
    """Ticks of earlier questions that were left open until now and are taken as set."""


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

    facts: FactBits
    start: State
    edges: dict[State, list[Edge]] = field(default_factory=dict)
    came_from: dict[State, tuple[State, Edge]] = field(default_factory=dict)

    def answers(self, state: State, ticks: Bits = 0) -> list[Step]:
        """One walk to a state, with open ticks set: the questions in order with what was chosen."""
        return self._steps(self._way(state), ticks)

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
        return self._steps(walked)

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
        self._refuse_repeat([*self._way(state), (state[0], edge)])

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
                    self._refuse_repeat([*self._way(state), *self._way_back(state)])
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

    def _refuse_repeat(self, walked: list[tuple[str, Edge]]) -> None:
        """Raise LoopError at the first question of a walk that was asked on it before."""
        asked = set()
        for place, (question, edge) in enumerate(walked, 1):
            asked.add(question)
            if edge.to and edge.to[0] in asked:
                raise LoopError(self._steps(walked[:place]), edge.to[0])

    def _steps(self, walked: list[tuple[str, Edge]], ticks: Bits = 0) -> list[Step]:
        """Questions with what was chosen there, ticks that were decided later included."""
        for _, edge in walked:
            ticks |= edge.decided
        decided = self.facts.named(ticks)
        return [
            (question, (*edge.chosen, *(tick for asked, tick in decided if asked == question)))
            for question, edge in walked
        ]


def explore(book: Handbook) -> Exploration:
    """Every reachable state of a tree without missing targets.

    Raises LoopError if somebody can be asked a question twice.
    """
    return explored(Liveness(BitTree(book, walked_graph(book))))


def explored(liveness: Liveness, is_left: Callable[[State], bool] = lambda _: True) -> Exploration:
    """Every reachable state of a tree whose ways round nobody can walk.

    A state knows the facts that decide where the walk goes, and those that are read at outcomes to come.
    From a state that is not to be left nothing is explored.
    """
    found, _ = _explore(liveness, is_left, is_deep=False)
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
        found, walked = _explore(Liveness(BitTree(book, graph)), lambda _: True, is_deep=True)
        graph = graph.with_ways(walked)
        if not walked:
            found.refuse_loops(graph.cyclic)
    return graph


def _explore(
    liveness: Liveness, is_left: Callable[[State], bool], *, is_deep: bool
) -> tuple[Exploration, frozenset[Way]]:
    """Every state that is reached by the ways of a graph, and the ways left out that somebody could walk.

    From a state that is not to be left nothing is explored. Going deep first finds a loop
    sooner, and breadth first the shortest walk to each state.
    """
    tree = liveness.tree
    assert tree.book.tree is not None  # noqa: S101 (callers ask only of a handbook with a tree)
    graph = tree.graph
    found = Exploration(tree.facts, (tree.book.tree.start, 0))
    walked: set[Way] = set()
    waiting = deque([found.start])
    take = waiting.pop if is_deep else waiting.popleft
    while waiting:
        state = take()
        if state in found.edges:
            continue
        found.edges[state] = _edges(liveness, state) if is_left(state) else []
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


def _edges(liveness: Liveness, state: State) -> list[Edge]:
    """The edges from a state; of ticks, those that lead to the same state become one edge."""
    at, known = state
    asked = liveness.tree.asked.get(at)
    if asked is None:
        return []
    edges: dict[object, Edge] = {}
    for led in asked.led(known, liveness.outlook(at, known).facts):
        edge = _edge(liveness, led)
        key = edge.to if asked.takes_many else (edge.chosen, edge.decided, edge.to)
        first = edges.get(key)
        edges[key] = first._replace(ways=first.ways + edge.ways) if first else edge
    return list(edges.values())


def _edge(liveness: Liveness, led: Led) -> Edge:
    """Where a choice leads, with what need not be known there forgotten."""
    choice, to, known, decided = led
    if to is None:
        return Edge(choice.chosen, choice.ways, None)
    still = liveness.of(to, known)
    # A tick left open that nothing reads any more may have been set or not.
    ways = choice.ways << liveness.tree.facts.closed(known & ~still).bit_count()
    return Edge(choice.chosen, ways, (to, still), decided)
