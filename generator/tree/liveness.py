"""Which facts can still matter on a walk: as the tree is written, and as a walk stands.

As it is written: a backward data-flow analysis, as compilers do for variables. As a walk stands: with the
outcomes that it can still come to (`ahead`), and what is looked for at these. Somebody who has told of danger
is led to help whatever else they tell: then the rest need not be remembered, nor is it worth telling apart
what else they answer. That keeps the states few in which a walk can be, and the choices few that have to be
tried there.

With that comes what can be found at the ends to which a walk can still lead: if nothing that a proof looks
for, the walk need not be followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidebook.tree.bit_tree import BitTree
    from guidebook.tree.fact_bits import Bits


class Outlook(NamedTuple):
    """What walks can find at their ends, and what matters for where they go and for that."""

    values: int
    """A bit for each value that an end can have; what values there are is up to who asks."""
    facts: Bits
    """Of what is known and of what may become known; of a tick that is left open, both bits."""


class Ends(Protocol):
    """What is looked for at the ends of walks."""

    @property
    def read(self) -> Mapping[str, Bits]:
        """The facts that are read at outcomes, of those where any are."""

    def outlook(self, outcomes: int, known: Bits, possible: Bits) -> Outlook:
        """The values that some outcomes can have, given what is known and what may become known."""


class _Anything:
    """Ends of which nothing is asked: all have the same value."""

    read: Mapping[str, Bits] = {}

    def outlook(self, _outcomes: int, _known: Bits, _possible: Bits) -> Outlook:
        return Outlook(1, 0)


class Liveness:
    """What can still matter from a step on: for where walks go, and for what is looked for at their ends."""

    def __init__(self, tree: BitTree, ends: Ends | None = None) -> None:
        self.tree = tree
        self._ends = ends or _Anything()
        self.written = tree.live_from(self._ends.read)
        """For each question and outcome the facts that are read from there on, whatever is known."""
        self._kept = {step: tree.facts.with_open(facts) for step, facts in self.written.items()}
        self._outlooks: dict[tuple[str, Bits], Outlook] = {}

    def of(self, at: str, known: Bits) -> Bits:
        """Those of some facts that can still matter from a step on."""
        return known & self.outlook(at, known).facts

    def outlook(self, at: str, known: Bits) -> Outlook:
        """What can still be found and what can still matter from a step on, if this is known there.

        Of a tick that is left open it is not known whether it is set; see `state_space`.
        """
        kept = self._kept[at]
        known &= kept
        found = self._outlooks.get((at, known))
        if found is None:
            possible = self.tree.tells[at] | self.tree.facts.closed(known)
            outcomes, for_ways = self.tree.ahead.of(at, known, possible)
            values, for_ends = self._ends.outlook(outcomes, known, possible)
            found = self._outlooks[at, known] = Outlook(values, (for_ways | for_ends) & kept)
        return found
