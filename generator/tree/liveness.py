"""Which facts can still matter on a walk: as the tree is written, and as a walk stands.

As it is written: a backward data-flow analysis, as compilers do for variables. As a walk stands: facts are
only ever added, so a condition that what is known has decided stays decided, and what comes after it is read
no more. Somebody who has told of danger is led to help whatever else they tell: then the rest need not be
remembered, nor is it worth telling apart what else they answer. That keeps the states few in which a walk can
be, and the choices few that have to be tried there.

With that comes what can be found at the ends to which a walk can still lead: if nothing that a proof looks
for, the walk need not be followed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from guidebook.tree.bit_tree import Bits, joined

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidebook.tree.bit_tree import BitTree

# Facts decide little that lies further off than this, and a tree can be very deep.
_FURTHEST = 40


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

    def outlook(self, outcome: str, known: Bits, possible: Bits) -> Outlook:
        """The values that an outcome can have, given what is known and what may become known."""


class _Anything:
    """Ends of which nothing is asked: all have the same value."""

    read: Mapping[str, Bits] = {}

    def outlook(self, _outcome: str, _known: Bits, _possible: Bits) -> Outlook:
        return Outlook(1, 0)


class Liveness:
    """What can still matter from a step on: for where walks go, and for what is looked for at their ends."""

    def __init__(self, tree: BitTree, ends: Ends | None = None) -> None:
        self.tree = tree
        self._ends = ends or _Anything()
        read = {**dict.fromkeys(tree.book.outcomes, 0), **self._ends.read}
        # More than `written` where questions lead to one another: what nobody knows yet may become known.
        self._read = tree.read_from(read)
        self.written = tree.live_from(read)
        """For each question and outcome the facts that are read from there on, whatever is known."""
        self._kept = {step: tree.facts.with_open(facts) for step, facts in self.written.items()}
        self._judged = tree.asked.keys() - tree.graph.cyclic
        self._outlooks: dict[tuple[str, Bits], Outlook] = {}
        self._found: dict[tuple[str, Bits, Bits], Outlook] = {}

    def of(self, at: str, known: Bits) -> Bits:
        """Those of some facts that can still matter from a step on."""
        return known & self.outlook(at, known).facts

    def outlook(self, at: str, known: Bits) -> Outlook:
        """What can still be found and what can still matter from a step on, if this is known there.

        Of a tick that is left open it is not known whether it is set; see `state_space`.
        """
        known &= self._kept[at]
        found = self._outlooks.get((at, known))
        if found is None:
            possible = self.tree.tells[at] | self.tree.facts.closed(known)
            found = self._outlooks[at, known] = self._from(at, known, possible, 0)
        return found

    def _from(self, at: str, known: Bits, possible: Bits, depth: int) -> Outlook:
        """The same for a walk that is at a step before and may find out what is possible."""
        kept = self._kept[at]
        key = (at, known & kept, possible & self._read[at])
        found = self._found.get(key)
        if found is None:
            is_judged = at in self._judged and depth < _FURTHEST
            values, facts = self._ahead(*key, depth) if is_judged else self._at_ends(*key)
            found = self._found[key] = Outlook(values, facts & kept)
        return found

    def _ahead(self, at: str, known: Bits, possible: Bits, depth: int) -> Outlook:
        """What lies behind the ways from a question that what is known has not ruled out."""
        asked = self.tree.asked[at]
        targets = dict.fromkeys(asked.leads.values())
        values = facts = 0
        for judge, to in asked.routes:
            holds, matter = judge(known, possible)
            facts |= matter
            if holds is False:
                continue
            targets[to] = None
            if holds:
                break
        for to in targets:
            found, matter = self._from(to, known, possible, depth + 1)
            values, facts = values | found, facts | matter
        return Outlook(values, facts)

    def _at_ends(self, at: str, known: Bits, possible: Bits) -> Outlook:
        """What lies behind all ways from a step as they are written."""
        found = [self._ends.outlook(end, known, possible) for end in self.tree.ends[at]]
        facts = self._kept[at] if at in self.tree.asked else found[0].facts
        return Outlook(joined(outlook.values for outlook in found), facts)
