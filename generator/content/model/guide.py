"""What content may say: one strict, frozen class for each kind of file and each part of one.

Strict: YAML's surprises become messages. Closed: a misspelt key is refused. Frozen: what is checked
once can be trusted below. Nothing here knows the guide's subject; stages, variants, labels, gates
and acts are themselves content.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date  # noqa: TC003 (pydantic reads annotations at run time)
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, TypeAdapter, ValidationError

if TYPE_CHECKING:
    from collections.abc import Iterator


def _says_something(text: str) -> str:
    if not text.strip():
        raise ValueError("is empty; write it or take the line out")
    return text


def _at_most(words: int) -> AfterValidator:
    def check(text: str) -> str:
        count = len(text.split())
        if count > words:
            raise ValueError(f"has {count} words; say it in at most {words}")
        return text

    return AfterValidator(check)


def _web(url: str) -> str:
    """RFC 3986, read as browsers do; a host without a dot is no address that readers can reach."""
    try:
        host = _ADDRESS.validate_python(url).host or ""
    except ValidationError:
        host = ""
    if "." not in host.strip(".") or not url.isascii() or " " in url:
        raise ValueError("is no address of a page; write it as the browser shows it, without spaces")
    return url


def _https(url: str) -> str:
    if not url.startswith("https://"):
        raise ValueError("must be an address that begins with https://")
    return _web(url)


_ADDRESS = TypeAdapter(HttpUrl)

# One number as people write it: groups of digits with one sign between them.
_GROUPS = re.compile(r"\+?\d+(?:[ .-]\d+)*", re.ASCII)
# ITU-T E.164: the longest number has fifteen digits. The shortest emergency numbers have two.
_LONGEST = 15
_SHORTEST = 2
# A day, or one digit again and again, stands in for a number that somebody meant to look up.
_NO_NUMBER = re.compile(r"\d{4}-\d\d-\d\d|(\d)(\W*\1){4,}")


def dialled(number: str) -> str:
    """A number as a telephone takes it: digits, after a plus if it has one, without its (0)."""
    international = number.startswith("+")
    digits = re.sub(r"\(0\)|\D" if international else r"\D", "", number)
    return f"+{digits}" if international else digits


def _rings(number: str) -> str:
    # Brackets, or a slash, may set the area code apart.
    groups = re.sub(r"\((\d+)\)|(?<=\d{3})/(?=\d{3})", r" \1 ", number)
    is_number = _GROUPS.fullmatch(" ".join(groups.split())) and not _NO_NUMBER.fullmatch(number)
    if not is_number or not _SHORTEST <= len(dialled(number).lstrip("+")) <= _LONGEST:
        raise ValueError("must be one number that can be rung, such as '0808 200 0247', and nothing else")
    return number


@dataclass(frozen=True)
class Ref:
    """Marks a field that names something else, by the kind of thing that it names."""

    kind: str


@dataclass(frozen=True)
class Prose:
    """Marks a field whose sentences readers read, so that rules of writing hold for it."""

    reported: bool = False
    """Whether it reports what others say, so that words of theirs may stand in it."""


@dataclass(frozen=True)
class Verbatim:
    """Marks a field whose words stand as they are, such as a name, and are no sentences."""


Id = Annotated[str, Field(pattern=r"^[a-z][a-z0-9]*(-[a-z0-9]+)*$")]
TopicId = Annotated[Id, Ref("topic")]
VariantId = Annotated[Id, Ref("variant")]
SituationId = Annotated[Id, Ref("situation")]
MomentId = Annotated[Id, Ref("moment")]
CountryId = Annotated[Id, Ref("country")]
SourceId = Annotated[Id, Ref("source")]
TimeId = Annotated[Id, Ref("time")]
EvidenceId = Annotated[Id, Ref("evidence label")]
GateId = Annotated[Id, Ref("gate")]
ActId = Annotated[Id, Ref("act")]
SourceKindId = Annotated[Id, Ref("kind of source")]
LineKindId = Annotated[Id, Ref("kind of help line")]
UrgencyId = Annotated[Id, Ref("urgency")]
FlagId = Annotated[Id, Ref("flag")]
QuestionId = Annotated[Id, Ref("question")]
OutcomeId = Annotated[Id, Ref("outcome")]
StepId = Annotated[Id, Ref("question or outcome")]
PageId = Annotated[Id, Ref("page")]
ByHandId = Annotated[Id, Ref("hand-written page")]
ScriptId = Annotated[str, Ref("script")]
PointId = Annotated[str, Ref("point")]
DisagreementId = Annotated[Id, Ref("disagreement")]
SharedId = Annotated[Id, Ref("file of shared sections")]
Name = Annotated[str, AfterValidator(_says_something), Verbatim()]
"""Words that are as they are: names, search words."""
Number = Annotated[str, AfterValidator(_rings), Verbatim()]
"""One telephone number."""
Text = Annotated[str, AfterValidator(_says_something), Prose()]
Reported = Annotated[str, AfterValidator(_says_something), Prose(reported=True)]
Paragraphs = Annotated[list[Text], Field(min_length=1)]
Url = Annotated[str, AfterValidator(_https)]
Seen = Annotated[str, AfterValidator(_web)]
"""The address of a page where somebody read something, which need not be https."""
Answer = Annotated[Text, _at_most(30)]
Stance = Literal["supports", "qualifies", "disputes", "counterexample"]
"""How a place bears on a point. A counterexample shows what the point warns of, and takes no side."""


class Model(BaseModel):
    """The base of every class here."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True)


class File(Model):
    """A part of the content that is a file of its own; the file's name is its id."""

    id: Id
    file: str


class Kind(Model):
    """A word of a closed vocabulary and how it is shown."""

    id: Id
    title: Text


# --- handbook.yml -------------------------------------------------------------------------------


class Home(Model):
    """The words of the home page."""

    question: Text
    intro: Paragraphs
    now: list[PageId] = []
    """Moments and situations that the page offers first."""
    also: Text | None = None
    """Words before the moments that it does not offer first."""
    tree: Text
    """The words of the button that leads to the decision tree."""
    urge: Text
    """What the menu calls the first of the moments."""
    about: Paragraphs


class Part(Model):
    """A heading on a stage's page with its topics in reading order."""

    title: Text
    topics: Annotated[list[TopicId], Field(min_length=1)]


class Stage(Kind):
    """Where a reader is; topics lie in the folder of the same name."""

    question: Text
    summary: Text
    parts: Annotated[list[Part], Field(min_length=1)]

    @property
    def topic_ids(self) -> list[str]:
        """Its topics in reading order."""
        return [topic_id for part in self.parts for topic_id in part.topics]


class Axis(Kind):
    """One way in which the variants differ; a plan takes one variant from each axis."""

    question: Text
    variants: Annotated[list[VariantId], Field(min_length=1)]


class Evidence(Kind):
    """A label that says what a point rests on, never how sure it sounds."""

    meaning: Text
    mark: Name
    """A sign of its own, for whoever sees no colour."""
    rests_on: list[SourceKindId] = []
    """Kinds of source of which at least one must be cited; none if the label needs no source."""
    figures: bool = False
    """Whether a point with this label may give a percentage."""


class SourceKind(Kind):
    """A kind of source, or of a place in one."""

    findings: bool = False
    """Whether its sources are research, shown with what they found and what it bears on."""


class Gate(Kind):
    """A question that stands before certain acts."""

    question: Text
    if_yes: Text


class SituationGroup(Model):
    """Situations that are alike, in display order."""

    title: Text
    situations: Annotated[list[SituationId], Field(min_length=1)]


class Act(Kind):
    """Something a reader can do or leave; points and scripts that speak of it name it."""

    gates: list[GateId] = []


class PageWords(Model):
    """The title and first lines of a page that gathers things."""

    title: Text
    intro: Text
    tab_title: Text | None = None
    keywords: list[Name] = []


class Notice(Model):
    """A short question with a link for whoever says yes to it."""

    text: Text
    page: PageId
    words: Text


class Guide(File):
    """`handbook.yml`: the guide's name, wording of its own, and its vocabularies in display order."""

    title: Text
    description: Text
    edition: Text
    leave_url: Url
    notices: Annotated[list[Notice], Field(min_length=1)]
    """Lines about safety that stand on every page."""
    home: Home
    pages: dict[Id, PageWords]
    """The pages that gather things, by id: help, scripts, sources and so on."""
    by_hand: list[ByHandId] = []
    """The hand-written pages (`<id>.md`), in the order of the menu; no other is published."""
    stages: Annotated[list[Stage], Field(min_length=1)]
    axes: list[Axis] = []
    situations: list[SituationGroup] = []
    moments: list[MomentId] = []
    times: Annotated[list[Kind], Field(min_length=1)]
    evidence: Annotated[list[Evidence], Field(min_length=1)]
    gates: list[Gate] = []
    acts: list[Act] = []
    source_kinds: Annotated[list[SourceKind], Field(min_length=1)]
    line_kinds: list[Kind] = []
    urgencies: Annotated[list[Kind], Field(min_length=1)]
    """From the calmest to the most urgent."""
    countries: list[CountryId] = []

    def is_urgent(self, urgency_id: str) -> bool:
        """Whether an urgency stands in the upper half of the list."""
        ranks = [urgency.id for urgency in self.urgencies]
        return ranks.index(urgency_id) >= len(ranks) / 2

    @property
    def situation_ids(self) -> list[str]:
        """The situations in display order."""
        return [situation_id for group in self.situations for situation_id in group.situations]


# --- advice -------------------------------------------------------------------------------------


class Citation(Model):
    """Where a source says something that bears on a point."""

    source: SourceId
    place: Id
    stance: Stance = "supports"


class Facets(Model):
    """Whom something is for; an empty list means everybody."""

    variants: list[VariantId] = []
    situations: list[SituationId] = []


class Point(Facets):
    """One piece of advice: something to do or to avoid, why, and what that rests on."""

    id: Id
    do: Text | None = None
    avoid: Text | None = None
    act: ActId | None = None
    why: Text
    unless: Text | None = None
    when: TimeId | None = None
    evidence: EvidenceId
    sources: list[Citation] = []

    @property
    def is_do(self) -> bool:
        """Whether it says what to do, not what to avoid."""
        return self.do is not None

    @property
    def says(self) -> str:
        """The advice itself."""
        return self.do or self.avoid or ""


class Script(Facets):
    """Exact words to send or say."""

    id: Id
    title: Text
    words: Paragraphs
    use: Text
    avoid: Text
    act: ActId | None = None
    when: TimeId | None = None


class Position(Model):
    """What one side of a disagreement holds."""

    says: Reported
    sources: Annotated[list[Citation], Field(min_length=1)]


class Disagreement(Model):
    """A question on which guides differ."""

    id: Id
    question: Text
    acts: list[ActId] = []
    """Acts that guides both advise and advise against; this disagreement explains it."""
    positions: Annotated[list[Position], Field(min_length=2)]
    turns_on: Text
    evidence: Text
    suggestion: Text
    why: Text


class Advice(File):
    """What topics and situations have in common."""

    title: Text
    answer: Answer
    tab_title: Text | None = None
    keywords: list[Name] = []
    gates: list[GateId] = []
    advice: Annotated[list[Point], Field(min_length=1)]
    scripts: list[Script] = []
    related: list[PageId] = []
    reviewed: date
    review_by: date


class Topic(Advice):
    """`topics/<stage>/<id>.yml`: one question that a reader has, answered on about one screen."""

    stage: Id
    question: Text
    explanation: list[Text] = []
    variants: list[VariantId] = []
    situations: list[SituationId] = []
    disagreements: list[Disagreement] = []


class Situation(Advice):
    """`situations/<id>.yml`: a case in which the advice changes."""

    summary: Text
    changes: Paragraphs
    stays: Paragraphs
    channel: Paragraphs
    lines: list[LineKindId] = []
    """Kinds of help line that the page shows."""
    urgent: bool = False


class Week(Model):
    """What a stretch of time is like."""

    time: Text
    text: Text


class Variant(File):
    """`variants/<id>.yml`: one form that the guide's rule can take."""

    title: Text
    summary: Text
    kind_of: VariantId | None = None
    asks: Text
    suits: list[Text] = []
    suits_not: list[Text] = []
    instead: Text | None = None
    """For a form that is described and not recommended: what helps more."""
    weeks: Annotated[list[Week], Field(min_length=1)]
    ends: Text
    moving: Text
    evidence: EvidenceId
    sources: list[Citation] = []
    keywords: list[Name] = []
    related: list[PageId] = []
    reviewed: date
    review_by: date


class Step(Model):
    """One thing to do now."""

    do: Text
    why: Text


class VariantReasons(Model):
    """Reasons that hold for whoever follows one variant."""

    variant: VariantId
    reasons: Annotated[list[Text], Field(min_length=1, max_length=3)]


class Pause(Model):
    """A wait that readers ask of themselves, with a note that nobody gets and reasons to hold on to."""

    lead: Text
    reasons: Annotated[list[Text], Field(min_length=3, max_length=3)]
    variants: list[VariantReasons] = []


class Moment(File):
    """`moments/<id>.yml`: what to do right now, on one screen."""

    title: Text
    summary: Text
    tab_title: Text | None = None
    keywords: list[Name] = []
    urgent: bool = False
    intro: Text
    steps: Annotated[list[Step], Field(min_length=3, max_length=3)]
    pause: Pause | None = None
    lines: list[LineKindId] = []
    related: Annotated[list[PageId], Field(min_length=1)]
    reviewed: date
    review_by: date


# --- what advice rests on, and who helps --------------------------------------------------------


class Place(Model):
    """A place in a source and what it says, in our own words."""

    id: Id
    gist: Reported
    kind: SourceKindId | None = None
    """Given where the place is of another kind than its source, such as a reader's comment."""


class Source(File):
    """`sources/<id>.yml`: an article, a study or published guidance that advice cites."""

    title: Name
    short: Name
    """What points call it, in a few words."""
    by: Name
    kind: SourceKindId
    year: int | None = None
    published: Name | None = None
    url: Url | None = None
    about: Text | None = None
    lacks: Text | None = None
    sample: Text | None = None
    limits: Text | None = None
    places: Annotated[list[Place], Field(min_length=1)]

    def kind_of(self, place_id: str) -> str:
        """The kind of one of its places."""
        return next((p.kind for p in self.places if p.id == place_id and p.kind), self.kind)


class LeftOut(Model):
    """Something that a source says and the guide does not repeat as advice."""

    id: Id
    said: Reported
    reason: Text
    instead: Text
    sources: Annotated[list[Citation], Field(min_length=1)]


class LeftOutGroup(Kind):
    """Things left out for a like reason."""

    entries: Annotated[list[LeftOut], Field(min_length=1)]


class LeftOutList(File):
    """`left-out.yml`."""

    intro: Paragraphs
    groups: Annotated[list[LeftOutGroup], Field(min_length=1)]

    @property
    def entries(self) -> list[LeftOut]:
        """Everything that is left out."""
        return [entry for group in self.groups for entry in group.entries]


class Term(Model):
    """A word and what it means here."""

    id: Id
    term: Name
    meaning: Text
    also: list[Name] = []
    auto: bool = True
    """Whether the first use on a page links here by itself."""


class Glossary(File):
    """`glossary.yml`."""

    terms: Annotated[list[Term], Field(min_length=1)]


class Emergency(Model):
    """The number to ring when life is in danger."""

    number: Number
    say: Text | None = None


class Line(Model):
    """A service that helps, and when its details were last checked."""

    id: Id
    name: Name
    kind: LineKindId
    helps: Text
    call: Number | None = None
    text_to: Number | None = None
    text_say: Name | None = None
    web: Url | None = None
    hours: Text | None = None
    cost: Text | None = None
    checked: date
    due: date
    own_page: bool
    seen_at: Seen

    @property
    def dials(self) -> str:
        """The number as a telephone takes it."""
        return dialled(self.call or "")

    @property
    def texts(self) -> str:
        """The number for text messages as a telephone takes it."""
        return dialled(self.text_to or "")


class Country(File):
    """`support/<id>.yml`: where to ring in one country."""

    country: Name
    emergency: Emergency | None = None
    lines: Annotated[list[Line], Field(min_length=1)]


class Banned(Model):
    """Words that the guide does not use, and why."""

    words: Annotated[list[Name], Field(min_length=1)]
    why: Name
    urgent: bool = False
    """Whether this holds in urgent text only."""


class Waiver(Model):
    """Leave to break a rule of writing in one file, for a reason and until a day."""

    file: Name
    words: Name
    reason: Name
    until: date


class Writing(File):
    """`writing.yml`: the rules of writing that can be counted."""

    sentence: Annotated[int, Field(ge=1)]
    """The most words of a sentence."""
    urgent_first_sentence: Annotated[int, Field(ge=1)]
    """The most words of the first sentence of a moment."""
    urgent_before_action: Annotated[int, Field(ge=1)]
    """The most words of a moment before the first thing to do."""
    banned: list[Banned] = []
    names: list[Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]] = []
    """People who must not be named, as SHA-256 of the name in small letters: the list names nobody."""
    waivers: list[Waiver] = []


# --- search -------------------------------------------------------------------------------------


class SearchWords(Model):
    """What the search says of itself."""

    hint: Text
    """Before anything is typed."""
    loading: Text
    failed: Text
    one: Text
    many: Text
    """With `{n}` for how many answers were found."""
    best: Text
    """Above the answers that fit best."""
    none: Text
    """When nothing was found."""
    begin: Text
    """Above the pages to begin with, then."""
    danger: Text
    """Above a page that is pinned."""
    urgent: Text
    """The link to the help lines on a pinned page."""
    clear: Text
    moment: Text
    """What the results call a moment."""
    page: Text
    """What the results call a page of no kind."""


class Danger(Model):
    """Words that bring a page to the top, whatever else was found."""

    page: PageId
    says: Text
    """What is said first, in place of the page's own answer."""
    phrases: Annotated[list[Name], Field(min_length=1)]
    """Found where their words stand in this order with at most two others between."""
    harmless: list[Name] = []
    """What only sounds alike; taken out before the phrases are looked for."""


class Search(File):
    """`search.yml`: how the search understands its readers."""

    words: SearchWords
    begin: Annotated[list[PageId], Field(min_length=1)]
    """Where readers may begin for whose words nothing was found."""
    little: Name
    """Words that say little by themselves, with spaces between."""
    reader: Name
    """Words by which readers mean themselves; with spaces between."""
    other: Name
    """Words by which they mean the other person."""
    parting: Name | None = None
    """Words that part what stands before them from what stands after: no phrase of danger spans one."""
    alike: list[Annotated[list[Name], Field(min_length=2)]] = []
    """Words for the same thing, first what the guide says."""
    danger: list[Danger] = []


# --- decision tree ------------------------------------------------------------------------------


class Condition(Model):
    """Says something of earlier answers. Exactly one form is used at a time."""

    question: QuestionId | None = None
    answer: Id | None = None
    flag: FlagId | None = None
    all: Annotated[list[Condition], Field(min_length=1)] | None = None
    any: Annotated[list[Condition], Field(min_length=1)] | None = None
    not_: Annotated[Condition | None, Field(alias="not")] = None

    @property
    def form(self) -> str:
        """Which form it has, or nothing if it mixes several."""
        given = [name for name in ("answer", "flag", "all", "any", "not_") if getattr(self, name) is not None]
        if len(given) != 1 or (given[0] == "answer") != (self.question is not None):
            return ""
        return given[0]

    @property
    def parts(self) -> list[Condition]:
        """The conditions that this one is made of."""
        return self.all or self.any or ([self.not_] if self.not_ else [])

    def atoms(self) -> Iterator[Condition]:
        """The answers and flags that it reads."""
        if self.parts:
            for part in self.parts:
                yield from part.atoms()
        else:
            yield self


class SameAs(Model):
    """Why two answers lead alike."""

    option: Id
    reason: Text


class Option(Model):
    """An answer that can be chosen."""

    id: Id
    label: Text
    hint: Text | None = None
    flags: list[FlagId] = []
    next: StepId | None = None
    same_as: SameAs | None = None


class Route(Model):
    """Where the walk goes on if the condition holds; without one, always."""

    if_: Annotated[Condition | None, Field(alias="if")] = None
    to: StepId


class Question(File):
    """`decision-tree/questions/<id>.yml`: one step of the walk."""

    question: Text
    why: Text
    hint: Text | None = None
    choose: Literal["one", "any"] = "one"
    """One answer, or all that apply (none of them too)."""
    options: Annotated[list[Option], Field(min_length=2)]
    next: list[Route] = []
    """Tried in order when the chosen option has no `next` of its own."""
    not_sure: Id | None = None
    """The option that says "I'm not sure"."""
    no_not_sure: Text | None = None
    """Why the question has no such option."""

    @property
    def takes_many(self) -> bool:
        """Whether several answers may be ticked."""
        return self.choose == "any"

    @property
    def leads_to(self) -> list[str]:
        """The steps that it can lead to, one for each option and route that does."""
        own = [option.next for option in self.options if option.next]
        return [*own, *(route.to for route in self.next)]


class Section(Model):
    """A part of an outcome's plan."""

    when: TimeId
    if_: Annotated[Condition | None, Field(alias="if")] = None
    title: Text | None = None
    do: list[Text] = []
    """Lines of its own."""
    advice: list[PointId] = []
    """Points that stand in topics or situations, as `topic/point`."""
    scripts: list[ScriptId] = []
    """Scripts as `topic/script`."""
    links: list[PageId] = []
    flags: list[FlagId] = []
    """Marks that the outcome carries only where this section is shown."""


class SharedSections(File):
    """`decision-tree/shared/<id>.yml`: sections that several outcomes have alike."""

    title: Text
    sections: Annotated[list[Section], Field(min_length=1)]


class Outcome(File):
    """`decision-tree/outcomes/<id>.yml`: where a walk ends."""

    title: Text
    tab_title: Text | None = None
    urgency: UrgencyId
    flags: list[FlagId] = []
    why: Paragraphs
    sections: Annotated[list[Section], Field(min_length=1)]
    shared: list[SharedId] = []
    """Files of sections that it has besides its own."""
    disagreements: list[DisagreementId] = []
    """Questions on which guides differ and that this outcome decides in one way."""
    worse: Text
    """What to do if things get worse."""
    lines: list[LineKindId] = []
    related: Annotated[list[PageId], Field(min_length=1)]
    reviewed: date
    review_by: date


class Flag(Kind):
    """A mark on answers and outcomes, for conditions and properties to read."""

    acts: list[ActId] = []
    """What advises one of these acts carries the mark: an outcome, or the one section that does."""
    reminder: Text | None = None
    """What every outcome that carries the mark says after its reasons, and every section that carries it."""
    not_offered: bool = False
    """Whether no result tells which other answers would have led to the outcomes that carry it."""


class Rising(Model):
    """Answers of which a later one never ends less urgently than an earlier one, all else being equal.

    Where several may be ticked: a tick more never ends less urgently.
    """

    question: QuestionId
    answers: Annotated[list[Id], Field(min_length=1)]


class Property(Model):
    """Something that must hold on every way through the tree."""

    id: Id
    says: Text
    if_: Annotated[Condition | None, Field(alias="if")] = None
    ends_flagged: FlagId | None = None
    never_flagged: FlagId | None = None
    urgency_at_least: UrgencyId | None = None
    rising: Rising | None = None


class WalkTest(Model):
    """Given these answers, the walk reaches this outcome."""

    says: Text
    answers: dict[str, str | list[str]]
    outcome: OutcomeId

    @property
    def given(self) -> dict[str, list[str]]:
        """What is chosen for each question, as a list everywhere."""
        return {
            question: [given] if isinstance(given, str) else given for question, given in self.answers.items()
        }


class Tree(File):
    """`decision-tree/tree.yml`: where the walk starts and what must hold on it."""

    title: Text
    description: Text
    intro: Paragraphs
    start: QuestionId
    longest: Annotated[int, Field(ge=1)]
    flags: list[Flag] = []
    properties: list[Property] = []
    tests: list[WalkTest] = []
