"""What the pages of the decision tree show."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from guidebook.content import model
from guidebook.content.kinds import has_people
from guidebook.pages.addresses import TREE_FILE
from guidebook.pages.draft import CountryLines, Excerpt, View, flagged, help_lines, point, reminders, script
from guidebook.tree import layout
from guidebook.tree.browser_data import tree_data
from guidebook.tree.people import by_weight
from guidebook.tree.proof import proven, told
from guidebook.tree.state_space import explore
from guidebook.tree.walk import FirstLine, first_of, in_reading_order, outcomes_in_reading_order, sections

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from guidebook.content.handbook import Handbook
    from guidebook.pages.draft import Gathers, Shows
    from guidebook.tree.people import WeightCount
    from guidebook.tree.proof import Proof


@dataclass(frozen=True)
class Step:
    """A question or outcome on the page of the tree."""

    id: str
    title: str
    anchor: str
    number: int = 0
    """The place of a question in reading order; none for an outcome."""
    inside: bool = False
    """Whether it stands inside the one answer that leads to it."""


@dataclass(frozen=True)
class Urgency:
    """How urgent a plan or a section of it is."""

    title: str
    rank: int
    """From 1, the calmest."""
    is_high: bool


@dataclass(frozen=True)
class PlanPart:
    """A section of a plan, with what it takes from other pages."""

    name: str
    """Its place, and before it the file of shared sections if it stands in one: `shared/0`."""
    moves_to: str
    """The time at which the browser puts it into a plan; none where it stands in its plan already."""
    section: model.Section
    urgency: Urgency | None
    first: list[FirstLine]
    """Its first lines that the plan does not begin with, as far as that is known without answers."""
    reminders: list[str]
    advice: list[Excerpt[model.Point]]
    scripts: list[Excerpt[model.Script]]
    links: list[str]

    @property
    def says_more(self) -> bool:
        """Whether anything is left of it besides what the plan begins with."""
        return bool(
            self.first or self.section.do or self.advice or self.scripts or self.reminders or self.links
        )


@dataclass(frozen=True)
class PlanTime:
    """What a plan holds for one time: sections, and shared sections that stand elsewhere on the page."""

    time: model.Kind
    parts: list[PlanPart]
    shared: list[model.SharedSections]


@dataclass(frozen=True)
class Result:
    """An outcome as a page shows it."""

    outcome: model.Outcome
    reminders: list[str]
    urgency: Urgency
    first: list[FirstLine]
    """What its plan begins with, whatever was answered."""
    groups: list[PlanTime]
    countries: list[CountryLines]
    emergency: list[model.Country]
    """Every country, for its emergency number."""
    covers: bool
    """Whether it is covered at once when it is out of sight."""
    offers_copy: bool


@dataclass(frozen=True)
class OutcomeView(View):
    """An outcome as a page of its own, and what its conditions speak of."""

    shown: Result
    questions: Mapping[str, model.Question]
    flagged: Mapping[str, str]


@dataclass(frozen=True)
class TreeInWords(View):
    """The whole tree in words."""

    flagged: Mapping[str, str]
    steps: Mapping[str, Step]
    questions: list[model.Question]
    """In reading order."""
    by_id: Mapping[str, model.Question]


@dataclass(frozen=True)
class SharedPart:
    """A file of shared sections."""

    group: model.SharedSections
    parts: list[PlanPart]


@dataclass(frozen=True)
class DecideView(TreeInWords):
    """The page that is the decision tree."""

    tree: model.Tree
    data: dict[str, Any]
    """What the engine in the browser reads (`tree.browser_data`)."""
    outcomes: list[Result]
    countries: list[CountryLines]
    """The help lines of all outcomes, once; a plan shows those of its kinds."""
    emergency: list[model.Country]
    """Every country, for its emergency number."""
    shared: list[SharedPart]
    longest: int
    """The most questions on one way."""
    has_people: bool
    """Whether there is a page of the people whom the tree is tried on."""


@dataclass(frozen=True)
class PictureView(TreeInWords):
    """The tree as a drawing."""

    picture: layout.Picture


@dataclass(frozen=True)
class AnsweredQuestion:
    """A step of a walk, in words."""

    question: str
    answer: str


@dataclass(frozen=True)
class ProofView(View):
    """What is proven of the tree."""

    tree: model.Tree
    proof: Proof
    tree_file: str
    """The path of the data that the browser's engine reads."""
    ways: str
    """How many ways there are, as people write it."""
    has_sources: bool
    longest: list[AnsweredQuestion]
    has_people: bool
    """Whether there is a page of the people whom the tree is tried on."""


@dataclass(frozen=True)
class PeopleView(View):
    """The people whom the tree is tried on, as numbers: what has happened to some of them is hard to read."""

    weights: list[WeightCount]
    people: int
    walked: int
    said: int
    """How many sentences a good adviser would say to those who are walked."""
    left_out: int
    """How many of these no plan says."""


# Questions inside answers inside questions: more than this, and one of them gets a place of its own.
_DEEPEST = 16


def _result(book: Handbook, outcome: model.Outcome, *, whole: bool) -> Result:
    """What an outcome shows; `whole` with the sections that others have too, else only their names."""
    guide = book.guide
    always = [named for named in sections(book, outcome) if not named[1].if_]
    first = first_of(book, outcome, always)
    return Result(
        outcome=outcome,
        reminders=reminders(book, outcome.flags),
        urgency=_urgency(book, outcome.urgency),
        first=first,
        groups=_plan(book, outcome, first, whole=whole),
        countries=help_lines(book, outcome.lines),
        emergency=[book.countries[country] for country in guide.countries],
        covers=any(
            flag.covers and flag.id in outcome.flags for flag in (book.tree.flags if book.tree else ())
        ),
        offers_copy=not outcome.tab_title,
    )


def _urgency(book: Handbook, urgency_id: str) -> Urgency:
    rank = book.guide.urgency_rank(urgency_id)
    return Urgency(book.guide.urgencies[rank].title, rank + 1, book.guide.is_urgent(urgency_id))


def _plan(book: Handbook, outcome: model.Outcome, first: list[FirstLine], *, whole: bool) -> list[PlanTime]:
    shared = [book.shared[shared_id] for shared_id in outcome.shared]
    parts = [_part(book, name, section, first) for name, section in sections(book, outcome)]
    groups = []
    for time in book.guide.times:
        elsewhere = [group for group in shared if any(s.when == time.id for s in group.sections)]
        at_time = [part for part in parts if part.section.when == time.id]
        # The script looks for each part, also where nothing is left of it.
        here = [part for part in at_time if (part.says_more if whole else "/" not in part.name)]
        if here or elsewhere:
            groups.append(PlanTime(time, here, [] if whole else elsewhere))
    return groups


def _part(book: Handbook, name: str, section: model.Section, taken: Collection[FirstLine] = ()) -> PlanPart:
    """A section; the first lines that are `taken` stand at the head of its plan."""
    own = (FirstLine(name, place, words) for place, words in enumerate(section.first))
    advice = [point(book, named) for named in section.advice]
    return PlanPart(
        name=name,
        # Only what several outcomes share is moved about.
        moves_to=section.when if "/" in name else "",
        section=section,
        urgency=_urgency(book, section.urgency) if section.urgency else None,
        first=[line for line in own if line not in taken],
        reminders=reminders(book, section.flags),
        advice=advice,
        scripts=[script(book, named) for named in section.scripts],
        links=section.read_on,
    )


def _outcome(book: Handbook, outcome: model.Outcome) -> OutcomeView:
    return OutcomeView(_result(book, outcome, whole=True), book.questions, flagged(book))


def _steps(book: Handbook) -> dict[str, Step]:
    """Every question and outcome, by id. A question that only one answer leads to stands inside it."""
    inside = _inside(book)
    return {
        **{
            item.id: Step(item.id, item.question, f"ask-{item.id}", number, inside=item.id in inside)
            for number, item in enumerate(in_reading_order(book), 1)
        },
        **{item.id: Step(item.id, item.title, f"end-{item.id}") for item in book.outcomes.values()},
    }


def _inside(book: Handbook) -> set[str]:
    """The questions that stand inside the one answer that leads to them, as far as anybody can follow."""
    led_to = Counter(to for question in book.questions.values() for to in question.leads_to)
    led_to[book.tree.start if book.tree else ""] += 1  # Where a reader comes in: a place of its own.
    depth: dict[str, int] = {}
    for question in in_reading_order(book):
        for to in question.leads_to:
            if to in book.questions and led_to[to] == 1:
                depth[to] = (depth.get(question.id, 0) + 1) % _DEEPEST
    return {question_id for question_id, deep in depth.items() if deep}


def _shared(book: Handbook, group: model.SharedSections) -> SharedPart:
    parts = [_part(book, f"{group.id}/{place}", section) for place, section in enumerate(group.sections)]
    return SharedPart(group, parts)


def _decide(book: Handbook) -> DecideView:
    assert book.tree  # noqa: S101 (the page is there only then)
    results = [_result(book, outcome, whole=False) for outcome in outcomes_in_reading_order(book)]
    kinds = {kind for outcome in book.outcomes.values() for kind in outcome.lines}
    return DecideView(
        flagged=flagged(book),
        steps=_steps(book),
        questions=in_reading_order(book),
        by_id=book.questions,
        tree=book.tree,
        data=tree_data(book),
        outcomes=results,
        countries=help_lines(book, [kind.id for kind in book.guide.line_kinds if kind.id in kinds]),
        emergency=[book.countries[country] for country in book.guide.countries],
        shared=[_shared(book, group) for group in book.shared.values()],
        longest=len(explore(book).longest()),
        has_people=has_people(book),
    )


def _tree_picture(book: Handbook) -> PictureView:
    steps = _steps(book)
    numbers = {step.id: step.number for step in steps.values() if step.number}
    return PictureView(
        flagged=flagged(book),
        steps=steps,
        questions=in_reading_order(book),
        by_id=book.questions,
        picture=layout.draw(book, numbers),
    )


def _tree_proof(book: Handbook) -> ProofView:
    assert book.tree  # noqa: S101 (the page is there only then)
    proof = proven(book)
    return ProofView(
        tree=book.tree,
        proof=proof,
        tree_file=TREE_FILE,
        ways=f"{proof.ways:,}",
        has_sources=bool(book.sources),
        longest=[AnsweredQuestion(question, answer) for question, answer in told(book, proof.longest)],
        has_people=has_people(book),
    )


def _tree_people(book: Handbook) -> PeopleView:
    walked = [person for person in book.people.values() if person.walks]
    return PeopleView(
        weights=by_weight(book.people.values()),
        people=len(book.people),
        walked=len(walked),
        said=sum(len(person.would) for person in walked),
        left_out=sum(bool(held.left_out) for person in walked for held in person.holds),
    )


SHOWS: dict[type[model.File], Shows] = {model.Outcome: _outcome}
GATHERED: dict[str, Gathers] = {
    "decide": _decide,
    "tree-picture": _tree_picture,
    "tree-proof": _tree_proof,
    "tree-people": _tree_people,
}
