"""Which facts can still matter on a walk: as the tree is written, and as a walk stands.

As it is written: a backward data-flow analysis, as compilers do for variables. As a walk stands: facts are
only ever added, so a condition that what is known has decided stays decided, and what comes after it is read
no more. Somebody who has told of danger is led to help whatever else they tell: then the rest need not be
remembered. That keeps the states few in which a walk can be.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from guidebook.tree.bit_tree import Bits, BitTree

# Facts decide little that lies further off than this, and a tree can be very deep.
_FURTHEST = 40


class Liveness:
    """The facts that can still matter from a step on."""

    def __init__(self, tree: BitTree, read: Mapping[str, Bits] | None = None) -> None:
        """With the facts that are `read` at outcomes."""
        self.tree = tree
        read = {**dict.fromkeys(tree.book.outcomes, 0), **(read or {})}
        self._read = tree.read_from(read)
        self.written = tree.live_from(read)
        """For each question and outcome the facts that are read from there on, whatever is known."""
        self._kept = {step: tree.facts.with_open(facts) for step, facts in self.written.items()}
        self._known: dict[tuple[str, Bits, Bits], Bits] = {}

    def of(self, at: str, known: Bits) -> Bits:
        """Those of some facts that can still matter from a step on.

        Of a tick that is left open it is not known whether it is set; see `state_space`.
        """
        possible = self.tree.tells.get(at, 0) | self.tree.facts.closed(known)
        return self._still(at, known, possible, 0)

    def _still(self, at: str, facts: Bits, possible: Bits, depth: int) -> Bits:
        """Those that can still matter from a step on, of a walk before it that may still find out others."""
        kept = self._kept[at]
        known = facts & kept
        if at not in self.tree.asked or at in self.tree.graph.cyclic or depth > _FURTHEST or not known:
            return known
        key = (at, known, possible & self._read[at])
        if key not in self._known:
            self._known[key] = self._needed(at, known, possible, depth) & known
        return self._known[key]

    def _needed(self, at: str, known: Bits, possible: Bits, depth: int) -> Bits:
        asked = self.tree.asked[at]
        needed = 0
        targets = dict.fromkeys(asked.leads.values())
        for judge, to in asked.routes:
            holds, facts = judge(known, possible)
            needed |= facts
            if holds is False:
                continue
            targets[to] = None
            if holds:
                break
        for to in targets:
            needed |= self._still(to, known, possible, depth + 1)
        return needed
