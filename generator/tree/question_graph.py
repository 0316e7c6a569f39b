"""The graph of questions as they are written: which can lead to which, whatever is answered.

Questions may lead to one another in this graph though nobody can come round, because no answers allow both
ways. Whether somebody can is judged on the reachable states (`state_space.py`). This module says of which
questions that has to be judged, and what can follow a question by the ways that somebody walks.
"""

from __future__ import annotations

import sys
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from guidebook.content.handbook import Handbook

Node = TypeVar("Node")
Way = tuple[str, str]
"""From a question to the next step."""


@dataclass(frozen=True)
class QuestionGraph:
    """What each question can lead to; of the ways that can lead round, only those that somebody walks."""

    onward: dict[str, list[str]]
    """For each question the steps that it leads to."""
    left_out: frozenset[Way] = frozenset()
    """Ways that can lead round as they are written and that nobody is known to walk."""
    cyclic: frozenset[str] = frozenset()
    """Questions that can lead back to themselves as they are written."""

    def with_ways(self, walked: Collection[Way]) -> QuestionGraph:
        """The graph with ways that somebody walks."""
        onward = {
            question: [*steps, *(to for asked, to in walked if asked == question)]
            for question, steps in self.onward.items()
        }
        return QuestionGraph(onward, self.left_out.difference(walked), self.cyclic)

    def gathered(self, own: Mapping[str, int], only_from: Mapping[str, int] | None = None) -> dict[str, int]:
        """For each step what it and all that can follow it have, as bits; `own` says what each has by itself.

        What comes `only_from` a question cannot be known on the way to it. (A backward data-flow analysis,
        as compilers do for variables.)
        """
        found: dict[str, int] = {}
        for component in self._components:
            found.update(dict.fromkeys(component, 0))
            lost = (only_from or {}) if len(component) > 1 else {}
            is_settled = False
            while not is_settled:
                is_settled = True
                for step in component:
                    has = own.get(step, 0)
                    for to in self.onward.get(step, ()):
                        has |= found[to] & ~lost.get(to, 0)
                    is_settled = is_settled and (len(component) == 1 or has == found[step])
                    found[step] = has
        return found

    @cached_property
    def _components(self) -> list[list[str]]:
        return list(components(self.onward))


def question_graph(book: Handbook) -> QuestionGraph:
    """The graph of the questions of a tree without missing targets; all ways that can lead round left out."""
    onward = {question.id: question.leads_to for question in book.questions.values()}
    rounds = [set(c) for c in components(onward) if len(c) > 1 or c[0] in onward.get(c[0], ())]
    around = {question: cycle for cycle in rounds for question in cycle}
    left_out = {(asked, to) for asked in around for to in onward[asked] if to in around[asked]}
    straight = {
        question: [to for to in steps if (question, to) not in left_out] for question, steps in onward.items()
    }
    return QuestionGraph(straight if rounds else onward, frozenset(left_out), frozenset(around))


def components(onward: Mapping[Node, Iterable[Node]]) -> Iterator[list[Node]]:
    """The nodes of a graph, those that lead to one another together, each after all that it leads to.

    (Strongly connected components by Tarjan 1972, without recursion, since walks can be long.)
    """
    search = _Search(onward)
    for node in onward:
        yield from search.components_from(node)


class _Search(Generic[Node]):
    """A depth-first search for components; a node is open until its component is found."""

    def __init__(self, onward: Mapping[Node, Iterable[Node]]) -> None:
        self._onward = onward
        self._calls: list[tuple[Node, Iterator[Node]]] = []
        self._open: list[Node] = []
        self._place: dict[Node, int] = {}
        """Where a node stands among the open ones."""
        self._first: dict[Node, int] = {}
        """The first place that a node is known to lead to."""

    def components_from(self, start: Node) -> Iterator[list[Node]]:
        if start not in self._place:
            self._enter(start)
        while self._calls:
            at, rest = self._calls[-1]
            for to in rest:
                if to not in self._place:
                    self._enter(to)
                    break
                self._first[at] = min(self._first[at], self._place[to])
            else:
                self._calls.pop()
                yield from self._leave(at)

    def _enter(self, node: Node) -> None:
        self._place[node] = self._first[node] = len(self._open)
        self._open.append(node)
        self._calls.append((node, iter(self._onward.get(node, ()))))

    def _leave(self, node: Node) -> Iterator[list[Node]]:
        first, place = self._first[node], self._place[node]
        for caller, _ in self._calls[-1:]:
            self._first[caller] = min(self._first[caller], first)
        if first == place:
            component = self._open[place:]
            del self._open[place:]
            self._place.update(dict.fromkeys(component, sys.maxsize))
            yield component
