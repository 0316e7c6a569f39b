"""Whether people get what they need: for each of `decision-tree/people/`, what their plans hold and must not.

Proofs go over every way, and know only what the tree says of itself. These people were written by somebody
who had not seen it, so they find what no promise thought of.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

from guidebook.content import inline_markup
from guidebook.content.model.people import WEIGHTS
from guidebook.content.problems import did_you_mean
from guidebook.tree.proof import walk_problems
from guidebook.tree.walk import Walker, holds, sections, urgency_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from guidebook.content.handbook import Handbook
    from guidebook.content.model import Held, Outcome, Person, PersonWalk, PlanParts, Refused, Section
    from guidebook.content.yaml_reader import Where
    from guidebook.tree.proof import Finding
    from guidebook.tree.walk import Walk

# What a file can name of a plan, by the fields of `PlanParts` and `Refused`.
KINDS = {
    "sections": "section",
    "points": "point",
    "scripts": "script",
    "pages": "page",
    "lines": "help line",
    "flags": "flag",
    "words": "words",
}
Named = tuple["Where", str, str]
"""One thing that a person's file names: its place there, the field, and the id or the words."""


@dataclass(frozen=True)
class Plan:
    """What somebody has before them at the end of a walk."""

    outcome: str
    urgency: str
    ids: Mapping[str, Collection[str]]
    """The ids of what is in it, by the field that names them."""
    seen: str
    """Its words, in small letters, but for those in folded sections."""
    words: str
    """All its words, in small letters."""


@dataclass(frozen=True)
class WalkFound:
    """A walk of somebody, the plan that it reaches if nothing is wrong with the walk, and what is wrong."""

    walk: PersonWalk
    plan: Plan | None
    problems: list[Finding]


@dataclass(frozen=True)
class SentenceFound:
    """A sentence that was written of somebody, what their plans are looked at for, and what is wrong."""

    says: str
    by: list[tuple[str, str]]
    """What is looked for: the field that names it, and the id or words."""
    left_out: list[str]
    """Why no plan says it, if none does."""
    problems: list[Finding]


@dataclass(frozen=True)
class PersonFound:
    """Somebody, and what the tree does for them."""

    person: Person
    walks: list[WalkFound]
    would: list[SentenceFound]
    must_not: list[SentenceFound]
    others: list[Finding]
    """What is wrong with the file, and belongs to no walk and no sentence."""

    @property
    def problems(self) -> list[Finding]:
        """Everything that is wrong; whoever has any is failed."""
        parts = [self.others, *(walk.problems for walk in self.walks)]
        parts += [sentence.problems for sentence in (*self.would, *self.must_not)]
        return [problem for part in parts for problem in part]


def named(kind: str, name: str) -> str:
    """What a file names of a plan, in words; the kind is the field that names it."""
    return f"'{name}'" if kind == "words" else f"the {KINDS[kind]} '{name}'"


@dataclass(frozen=True)
class WeightCount:
    """How many people of one weight there are, and how many of them have walks."""

    weight: str
    people: int
    walked: int


def by_weight(people: Iterable[Person]) -> list[WeightCount]:
    """The people counted, those first who can be hurt; a weight that nobody has is left out."""
    groups: dict[str, list[Person]] = {weight: [] for weight in WEIGHTS}
    for person in people:
        groups[person.weight].append(person)
    return [
        WeightCount(weight, len(group), sum(bool(person.walks) for person in group))
        for weight, group in groups.items()
        if group
    ]


def people_problems(book: Handbook) -> list[Finding]:
    """Every way in which the tree fails somebody, as file, place and message; all names must exist."""
    return [problem for found in people_found(book) for problem in found.problems]


def people_found(book: Handbook) -> list[PersonFound]:
    """What the tree does for each person, in the order of their ids; all names must exist."""
    plans = _Plans(book)
    return [_person(book, plans, book.people[person_id]) for person_id in sorted(book.people)]


def _person(book: Handbook, plans: _Plans, person: Person) -> PersonFound:
    if not person.walks:
        # Nobody has said yet how they answer. To make that a problem, tell it here: at (person.file, ()).
        return PersonFound(person, [], [], [], [])
    walks = [_walk(book, plans, person, i) for i in range(len(person.walks))]
    would = [_would(person, place, walks) for place in range(len(person.would))]
    must_not = [_must_not(person, place, walks) for place in range(len(person.must_not))]
    return PersonFound(person, walks, would, must_not, list(_other_problems(person)))


# --- plans --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Part:
    """A part of a plan, made ready once: the ids in it, its title and its text."""

    ids: dict[str, set[str]]
    head: str
    body: str
    folded: bool


class _Plans:
    """The plans of one guide."""

    def __init__(self, book: Handbook) -> None:
        self._book = book
        self._walker = Walker(book)
        self._points = {f"{home.id}/{point.id}": point for home in book.advising() for point in home.advice}
        self._scripts = {f"{home.id}/{s.id}": s for home in book.advising() for s in home.scripts}
        self._reminders = {flag.id: flag.reminder or "" for flag in (book.tree.flags if book.tree else ())}
        self._parts: dict[tuple[str, str], _Part] = {}

    def walk(self, walk: PersonWalk) -> Walk:
        """Where answers lead."""
        return self._walker.walk(walk.given)

    def plan(self, walked: Walk) -> Plan:
        """The plan at the end of a walk that reaches an outcome."""
        outcome = self._book.outcomes[walked.at]
        shown = [(n, s) for n, s in sections(self._book, outcome) if holds(s.if_, walked.facts)]
        parts = [self._frame(outcome), *(self._section(outcome, name, section) for name, section in shown)]
        ids: dict[str, set[str]] = defaultdict(set)
        for part in parts:
            for kind, own in part.ids.items():
                ids[kind] |= own
        seen = [words for part in parts for words in (part.head, "" if part.folded else part.body)]
        words = [words for part in parts for words in (part.head, part.body)]
        return Plan(outcome.id, urgency_of(self._book, walked), ids, "\n".join(seen), "\n".join(words))

    def _frame(self, outcome: Outcome) -> _Part:
        """What is shown of an outcome whatever was answered."""
        if (outcome.id, "") not in self._parts:
            lines = [outcome.title, *outcome.why, *self._said_of(outcome.flags), outcome.worse]
            ids = {
                "lines": {*outcome.lines},
                "flags": {*outcome.flags},
                "pages": {*outcome.related, *_linked(lines)},
            }
            self._parts[outcome.id, ""] = _Part(ids, "", _words(lines), folded=False)
        return self._parts[outcome.id, ""]

    def _section(self, outcome: Outcome, name: str, section: Section) -> _Part:
        key = ("" if "/" in name else outcome.id, name)
        if key not in self._parts:
            lines = [*section.do, *self._advised(section), *self._said_of(section.flags)]
            head = [section.title or "", *section.first]
            ids = {
                "sections": {section.id} if section.id else set(),
                "points": {*section.advice},
                "scripts": {*section.scripts},
                "flags": {*section.flags},
                "pages": {*section.read_on, *_linked([*head, *lines])},
            }
            self._parts[key] = _Part(ids, _words(head), _words(lines), section.folded)
        return self._parts[key]

    def _advised(self, section: Section) -> Iterator[str]:
        """The text that a section takes from other pages."""
        for point in (self._points[name] for name in section.advice):
            yield point.says
            yield point.unless or ""
        for script in (self._scripts[name] for name in section.scripts):
            yield from (script.title, *script.words, script.avoid)

    def _said_of(self, flags: Iterable[str]) -> list[str]:
        return [self._reminders[flag] for flag in flags]


def _words(texts: Iterable[str]) -> str:
    """Texts as readers see them, a line each, in small letters."""
    return "\n".join(inline_markup.plain(text).lower() for text in texts)


def _linked(texts: Iterable[str]) -> set[str]:
    return {target for text in texts for target in inline_markup.links(text)}


def _is_in(plan: Plan, kind: str, name: str, *, folded: bool) -> bool:
    """Whether something is in a plan; `folded` says whether words count that must be opened to be seen."""
    if kind == "words":
        return _words([name]) in (plan.words if folded else plan.seen)
    return name in plan.ids.get(kind, ())


# --- walks --------------------------------------------------------------------------------------


def _walk(book: Handbook, plans: _Plans, person: Person, place: int) -> WalkFound:
    walk = person.walks[place]
    where: Where = ("walks", place)
    walked = plans.walk(walk)
    wrong = list(walk_problems(book, walked, (person.file, where), walk))
    if wrong:
        return WalkFound(walk, None, wrong)
    plan = plans.plan(walked)
    judge = _played_down_problems if walk.played_down else _urgency_problems
    return WalkFound(walk, plan, list(judge(book, person, where, plan)))


def _urgency_problems(book: Handbook, person: Person, where: Where, plan: Plan) -> Iterator[Finding]:
    more = book.guide.urgency_rank(plan.urgency) - book.guide.urgency_rank(person.urgency)
    if more < 0:
        message = (
            f"reaches '{plan.outcome}', which is '{plan.urgency}'; they need '{person.urgency}' at least"
        )
        yield person.file, where, message
    elif more > 1:
        message = (
            f"reaches '{plan.outcome}', which is '{plan.urgency}'; "
            f"that is more than a step above '{person.urgency}', and would alarm them"
        )
        yield person.file, where, message


def _played_down_problems(_: Handbook, person: Person, where: Where, plan: Plan) -> Iterator[Finding]:
    recognise = person.walks[int(where[1])].recognise
    for inner, kind, name in _named(recognise) if recognise else ():
        if not _is_in(plan, kind, name, folded=False):
            message = (
                f"{named(kind, name)} is not in '{plan.outcome}', so they could not see themselves there"
            )
            yield person.file, (*where, "recognise", *inner), message


def _other_problems(person: Person) -> Iterator[Finding]:
    if all(walk.played_down for walk in person.walks):
        yield person.file, ("walks",), "every walk plays it down; add one that tells it as it is"
    for i, walk in enumerate(person.walks):
        if walk.recognise and not walk.played_down:
            message = "only a walk with 'played_down: true' has this; take it out"
            yield person.file, ("walks", i, "recognise"), message
        elif walk.played_down and not (walk.recognise and _named(walk.recognise)):
            message = "plays it down, so it needs 'recognise': where in that plan they could see themselves"
            yield person.file, ("walks", i), message
    yield from _entry_problems(person, "holds", person.would, person.holds)
    yield from _entry_problems(person, "never", person.must_not, person.never)


# --- sentences ----------------------------------------------------------------------------------


def _entry_problems(
    person: Person, field: str, sentences: list[str], entries: Sequence[Held | Refused]
) -> Iterator[Finding]:
    """What is wrong with entries themselves, whatever the plans are."""
    taken: set[int] = set()
    source = "would" if field == "holds" else "must_not"
    for i, entry in enumerate(entries):
        meant = _meant(entry.says, sentences)
        if not meant:
            starts = [sentence[: len(entry.says)] for sentence in sentences]
            hint = did_you_mean(entry.says, starts)
            yield person.file, (field, i, "says"), f"no sentence of '{source}' begins like this{hint}"
        elif len(meant) > 1:
            message = f"{len(meant)} sentences of '{source}' begin like this; write more of the one you mean"
            yield person.file, (field, i, "says"), message
        elif taken & {*meant}:
            message = f"this sentence stands in '{field}' above; put both entries together"
            yield person.file, (field, i, "says"), message
        taken |= {*meant}
        if bool(_named(entry)) == bool(getattr(entry, "left_out", None)):
            yield person.file, (field, i), _NAMES_NOTHING[field]


_NAMES_NOTHING = {
    "holds": "needs either what says it in the plan, or 'left_out' (why no plan says it)",
    "never": "names nothing that a plan could hold; name it or take the entry out",
}


def _would(person: Person, place: int, walks: list[WalkFound]) -> SentenceFound:
    """A sentence of `would`, and where it is missing."""
    entries = [(i, e) for i, e in enumerate(person.holds) if _meant(e.says, person.would) == [place]]
    problems = [] if entries else list(_unanswered_problems(person, place))
    for i, entry in entries:
        problems += _held_problems(person, ("holds", i), entry, walks)
    left_out = [entry.left_out for _, entry in entries if entry.left_out]
    return SentenceFound(person.would[place], _by(entry for _, entry in entries), left_out, problems)


def _unanswered_problems(person: Person, place: int) -> Iterator[Finding]:
    # An entry that fits no sentence, which is told by itself, may be meant for this one.
    if all(_meant(entry.says, person.would) for entry in person.holds):
        yield person.file, ("would", place), "nothing says yet what in the plan says this; add it to 'holds'"


def _held_problems(person: Person, where: Where, entry: Held, walks: list[WalkFound]) -> Iterator[Finding]:
    for found, (inner, kind, name) in product(walks, _named(entry)):
        plan = found.plan
        if plan and not found.walk.played_down and not _is_in(plan, kind, name, folded=False):
            how = "stands only folded" if _is_in(plan, kind, name, folded=True) else "is not"
            message = (
                f"{named(kind, name)} {how} in '{plan.outcome}', where '{found.walk.says}' leads; "
                "mend the plan, or name what says it there"
            )
            yield person.file, (*where, *inner), message


def _must_not(person: Person, place: int, walks: list[WalkFound]) -> SentenceFound:
    """A sentence of `must_not`, and where a plan says it, whether they play it down or not."""
    entries = [(i, e) for i, e in enumerate(person.never) if _meant(e.says, person.must_not) == [place]]
    problems: list[Finding] = []
    for i, entry in entries:
        problems += _refused_problems(person, ("never", i), entry, walks)
    return SentenceFound(person.must_not[place], _by(entry for _, entry in entries), [], problems)


def _refused_problems(
    person: Person, where: Where, entry: Refused, walks: list[WalkFound]
) -> Iterator[Finding]:
    for found, (inner, kind, name) in product(walks, _named(entry)):
        if found.plan and _is_in(found.plan, kind, name, folded=True):
            message = (
                f"{named(kind, name)} is in '{found.plan.outcome}', where '{found.walk.says}' leads; "
                "keep it from them there"
            )
            yield person.file, (*where, *inner), message


def _meant(said: str, sentences: list[str]) -> list[int]:
    """The places of the sentences that begin with these words."""
    return [place for place, sentence in enumerate(sentences) if sentence.startswith(said)]


def _named(parts: PlanParts) -> list[Named]:
    found: list[Named] = [
        ((kind, i), kind, name)
        for kind in KINDS
        if kind != "words"
        for i, name in enumerate(getattr(parts, kind, ()))
    ]
    return [*found, (("words",), "words", parts.words)] if parts.words else found


def _by(entries: Iterable[PlanParts]) -> list[tuple[str, str]]:
    return [(kind, name) for entry in entries for _, kind, name in _named(entry)]
