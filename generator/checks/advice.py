"""Advice says what it rests on, stands behind its gates, and does not contradict itself.

Each rule is a generator of problems; its name is a sentence that is true of good content.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from guidebook.checks.context import RuleContext, points_of
from guidebook.content import inline_markup, model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidebook.checks.context import Rule
    from guidebook.content.problems import Problem
    from guidebook.content.yaml_reader import Where


def _points_say_do_or_avoid(checked: RuleContext) -> Iterator[Problem]:
    for advice, where, point in points_of(checked):
        if (point.do is None) == (point.avoid is None):
            yield checked.problem(advice.file, where, "needs either 'do' or 'avoid'")


_FIGURE = re.compile(r"\d\s*(%|per ?cent\b)|\b(nine|eight|seven|six) (in|out of) ten\b", re.IGNORECASE)


def _percentages_come_from_studies(checked: RuleContext) -> Iterator[Problem]:
    allowed = {label.id for label in checked.book.guide.evidence if label.figures}
    for advice, where, point in points_of(checked):
        for name in ("do", "avoid", "why", "unless"):
            if point.evidence not in allowed and _FIGURE.search(getattr(point, name) or ""):
                message = f"gives a figure, which the label '{point.evidence}' may not; take it out"
                yield checked.problem(advice.file, (*where, name), message)


def _gates_stand_before_acts(checked: RuleContext) -> Iterator[Problem]:
    needs = {act.id: act.gates for act in checked.book.guide.acts}
    for advice in checked.book.advising():
        points = [("advice", i, p.act) for i, p in enumerate(advice.advice) if p.is_do]
        scripts = [("scripts", i, s.act) for i, s in enumerate(advice.scripts)]
        for part, i, act in (*points, *scripts):
            missing = [gate for gate in needs.get(act or "", ()) if gate not in advice.gates]
            if missing:
                gates = " and ".join(f"'{gate}'" for gate in missing)
                message = f"'{act}' needs the gate {gates} before it; add it to 'gates'"
                yield checked.problem(advice.file, (part, i, "act"), message)


@dataclass(frozen=True)
class _Statement:
    """That somebody is told to do an act, or to avoid it."""

    act: str
    is_do: bool
    variants: frozenset[str]
    situations: frozenset[str]
    advice: model.Advice
    where: Where

    def meets(self, other: _Statement) -> bool:
        """Whether somebody could be told both."""
        return all(
            not mine or not theirs or mine & theirs
            for mine, theirs in (
                (self.variants, other.variants),
                (self.situations, other.situations),
            )
        )


_Said = tuple["Where", "model.Point | model.Script", bool]


def _said(checked: RuleContext) -> Iterator[_Statement]:
    """What points advise, and what scripts do in the reader's place."""
    for advice in checked.book.advising():
        points: list[_Said] = [(("advice", i), point, point.is_do) for i, point in enumerate(advice.advice)]
        scripts: list[_Said] = [(("scripts", i), script, True) for i, script in enumerate(advice.scripts)]
        own = [advice.id] if isinstance(advice, model.Situation) else []
        wide = advice if isinstance(advice, model.Topic) else model.Facets(situations=own)
        for where, thing, is_do in (*points, *scripts):
            if thing.act:
                yield _Statement(
                    thing.act,
                    is_do,
                    frozenset(thing.variants or wide.variants),
                    frozenset(thing.situations or wide.situations),
                    advice,
                    (*where, "act"),
                )


def _advice_does_not_contradict_itself(checked: RuleContext) -> Iterator[Problem]:
    explained = {
        act
        for topic in checked.book.topics.values()
        for disagreement in topic.disagreements
        for act in disagreement.acts
    }
    by_act: dict[str, list[_Statement]] = defaultdict(list)
    for statement in _said(checked):
        by_act[statement.act].append(statement)
    pairs = (pair for act, said in by_act.items() if act not in explained for pair in combinations(said, 2))
    for one, other in pairs:
        if one.is_do != other.is_do and one.meets(other):
            line = checked.problem(one.advice.file, one.where, "").line
            message = (
                f"'{one.act}' is something to {'avoid' if one.is_do else 'do'} here and to "
                f"{'do' if one.is_do else 'avoid'} in {one.advice.file}:{line} for the same readers; "
                "narrow one of them or explain it in a disagreement ('acts')"
            )
            yield checked.problem(other.advice.file, other.where, message)


def _sections_say_something(checked: RuleContext) -> Iterator[Problem]:
    for file in checked.book.planning():
        for i, section in enumerate(file.sections):
            if not section.first and not section.do and not section.advice:
                message = "says nothing to do; give it 'first', 'do' or 'advice'"
                yield checked.problem(file.file, ("sections", i), message)


def _plans_begin_with_something_to_do(checked: RuleContext) -> Iterator[Problem]:
    for outcome in checked.book.outcomes.values():
        shared = [checked.book.shared[name] for name in outcome.shared if name in checked.book.shared]
        parts = [*outcome.sections, *(part for file in shared for part in file.sections)]
        if not any(part.first for part in parts if not part.if_):
            message = "a plan begins with something to do; give a section that all see a line under 'first'"
            yield checked.problem(outcome.file, ("sections",), message)


def _first_lines_are_done_and_not_read(checked: RuleContext) -> Iterator[Problem]:
    for file in checked.book.planning():
        for i, section in enumerate(file.sections):
            for j, line in enumerate(section.first):
                if inline_markup.links(line):
                    message = "leads away from what is to be done first; take the link out"
                    yield checked.problem(file.file, ("sections", i, "first", j), message)


def _folded_sections_say_whom_they_are_for(checked: RuleContext) -> Iterator[Problem]:
    for file in checked.book.planning():
        for i, section in enumerate(file.sections):
            if section.folded and not section.title:
                message = "is folded, so nobody could tell what is in it; give it a 'title'"
                yield checked.problem(file.file, ("sections", i, "folded"), message)


def _sections_carry_the_flags_of_what_they_advise(checked: RuleContext) -> Iterator[Problem]:
    book = checked.book
    flags = [flag for flag in (book.tree.flags if book.tree else ()) if flag.acts]
    acts = {
        f"{advice.id}/{thing_id}": act
        for advice in book.advising()
        for thing_id, act in (
            *((point.id, point.act) for point in advice.advice if point.is_do),
            *((script.id, script.act) for script in advice.scripts),
        )
    }
    for file in book.planning():
        for i, section in enumerate(file.sections):
            carried = {*section.flags, *(file.flags if isinstance(file, model.Outcome) else ())}
            for part, flag in product(("advice", "scripts"), flags):
                for j, name in enumerate(getattr(section, part)):
                    if acts.get(name) in flag.acts and flag.id not in carried:
                        message = f"advises '{acts[name]}'; give the section or outcome the flag '{flag.id}'"
                        yield checked.problem(file.file, ("sections", i, part, j), message)


def _shared_sections_are_used(checked: RuleContext) -> Iterator[Problem]:
    used = {shared for outcome in checked.book.outcomes.values() for shared in outcome.shared}
    for file in checked.book.shared.values():
        if file.id not in used:
            message = "no outcome has these sections; name it in 'shared' or delete it"
            yield checked.problem(file.file, (), message)


RULES: tuple[Rule, ...] = (
    _points_say_do_or_avoid,
    _percentages_come_from_studies,
    _gates_stand_before_acts,
    _advice_does_not_contradict_itself,
    _sections_say_something,
    _plans_begin_with_something_to_do,
    _first_lines_are_done_and_not_read,
    _folded_sections_say_whom_they_are_for,
    _sections_carry_the_flags_of_what_they_advise,
)
WHOLE_RULES: tuple[Rule, ...] = (_shared_sections_are_used,)
