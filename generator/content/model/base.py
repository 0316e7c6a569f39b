"""What all classes of content share: strict and frozen models, and the types of their fields.

Strict: YAML's surprises become messages. Closed: a misspelt key is refused. Frozen: what is checked once can
be trusted below. Nothing here knows the guide's subject: stages, labels, gates and acts are content.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, HttpUrl, TypeAdapter, ValidationError


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


@dataclass(frozen=True)
class Ref:
    """Marks a field that names something else, by the kind of thing that it names."""

    kind: str


@dataclass(frozen=True)
class Prose:
    """Marks a field whose sentences readers read, so that rules of writing hold for it."""

    reported: bool = False
    """Whether it reports what others say, so that words of theirs may stand in it."""
    passed_on: bool = False
    """Whether readers send it or say it as it stands, so that it has blanks where their own facts go."""


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


SpeakerId = Annotated[Id, Ref("speaker")]


Stance = Literal["supports", "qualifies", "disputes", "counterexample", "answered"]
"""How a place bears on the words that cite it.

A counterexample shows what the words warn of; a claim that is answered is not about their matter. Neither
takes a side.
"""


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


SectionId = Annotated[Id, Ref("section")]


Name = Annotated[str, AfterValidator(_says_something), Verbatim()]
"""Words that are as they are: names, search words."""


Text = Annotated[str, AfterValidator(_says_something), Prose()]


Reported = Annotated[str, AfterValidator(_says_something), Prose(reported=True)]


Sendable = Annotated[str, AfterValidator(_says_something), Prose(passed_on=True)]


Paragraphs = Annotated[list[Text], Field(min_length=1)]


Url = Annotated[str, AfterValidator(_https)]


Seen = Annotated[str, AfterValidator(_web)]
"""The address of a page where somebody read something, which need not be https."""


Answer = Annotated[Text, _at_most(30)]


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
