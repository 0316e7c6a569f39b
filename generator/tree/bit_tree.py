"""A decision tree made ready to be proven: its questions, and what lies ahead of each as they are written."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from guidebook.tree.ahead import Ahead
from guidebook.tree.asked import Asked
from guidebook.tree.fact_bits import FactBits, joined

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from guidebook.content.handbook import Handbook
    from guidebook.content.model.tree import Section
    from guidebook.tree.fact_bits import Bits, Clause
    from guidebook.tree.question_graph import QuestionGraph


Part = tuple["Section", "Clause"]
"""A section with its condition."""


@dataclass(frozen=True)
class BitTree:
    """A tree made ready: what its questions tell and read, and what lies ahead of each as it is written."""

    book: Handbook
    graph: QuestionGraph
    """What each question can lead to, with the ways round that somebody walks."""

    @cached_property
    def facts(self) -> FactBits:
        """The numbers of its facts."""
        return FactBits(self.book)

    @cached_property
    def asked(self) -> dict[str, Asked]:
        """Its questions."""
        return {question.id: Asked(question, self.facts) for question in self.book.questions.values()}

    @cached_property
    def tells(self) -> dict[str, Bits]:
        """For each step the facts that can become known from there on."""
        return self.graph.gathered({asked.id: asked.told for asked in self.asked.values()})

    @cached_property
    def step_bits(self) -> dict[str, int]:
        """A bit for each question and outcome."""
        return {step: 1 << place for place, step in enumerate([*self.book.questions, *self.book.outcomes])}

    @cached_property
    def reach(self) -> dict[str, int]:
        """For each step those that can follow it and itself, by their bits."""
        return self.graph.gathered(self.step_bits)

    @cached_property
    def parts(self) -> dict[str, list[Part]]:
        """For each outcome the sections that it can show, each with its condition."""
        shared = {file.id: self._made_ready(file.sections) for file in self.book.shared.values()}
        return {
            outcome.id: [
                *self._made_ready(outcome.sections),
                *chain.from_iterable(shared[name] for name in outcome.shared),
            ]
            for outcome in self.book.outcomes.values()
        }

    def _made_ready(self, sections: Iterable[Section]) -> list[Part]:
        return [(section, self.facts.clause(section.if_)) for section in sections]

    @cached_property
    def ahead(self) -> Ahead:
        """The outcomes that walks can still come to."""
        return Ahead(self)

    def steps(self, named: Iterable[str]) -> int:
        """Some questions and outcomes, by their bits."""
        return joined(self.step_bits[step] for step in named)

    def can_reach(self, step: str, to: str) -> bool:
        """Whether one step can follow another as the tree is written; each follows itself."""
        return bool(self.reach.get(step, 0) & self.step_bits.get(to, 0))

    def read_from(self, ends: Mapping[str, Bits]) -> dict[str, Bits]:
        """For each step the facts that are read from there on, given those at the ends."""
        return self.graph.gathered({**self._reads, **ends})

    def live_from(self, ends: Mapping[str, Bits]) -> dict[str, Bits]:
        """The same without the facts that nobody can know at the step yet."""
        return self.graph.gathered({**self._reads, **ends}, self._only_from if self.graph.cyclic else None)

    @cached_property
    def _reads(self) -> dict[str, Bits]:
        return {asked.id: asked.reads for asked in self.asked.values()}

    @cached_property
    def _only_from(self) -> dict[str, Bits]:
        """For each question the facts that no other question makes known."""
        told = {asked.id: self.facts.named(asked.told) for asked in self.asked.values()}
        times = Counter(chain.from_iterable(told.values()))
        return {step: self.facts.of(f for f in facts if times[f] == 1) for step, facts in told.items()}
