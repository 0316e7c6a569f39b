"""The guide as a whole: every valid file, by kind and id."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from guidebook.content.kinds import FILE_KINDS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from guidebook.content import model
    from guidebook.content.lines_reader import Line
    from guidebook.content.svg_reader import Drawing
    from guidebook.content.yaml_reader import HandWritten


@dataclass(frozen=True)
class Handbook:
    """All that the content says; each dictionary is keyed by id."""

    guide: model.Guide
    topics: dict[str, model.Topic] = field(default_factory=dict)
    variants: dict[str, model.Variant] = field(default_factory=dict)
    situations: dict[str, model.Situation] = field(default_factory=dict)
    moments: dict[str, model.Moment] = field(default_factory=dict)
    sources: dict[str, model.Source] = field(default_factory=dict)
    countries: dict[str, model.Country] = field(default_factory=dict)
    questions: dict[str, model.Question] = field(default_factory=dict)
    outcomes: dict[str, model.Outcome] = field(default_factory=dict)
    shared: dict[str, model.SharedSections] = field(default_factory=dict)
    people: dict[str, model.Person] = field(default_factory=dict)
    left_out: model.LeftOutList | None = None
    glossary: model.Glossary | None = None
    tree: model.Tree | None = None
    writing: model.Writing | None = None
    search: model.Search | None = None
    others: dict[str, dict[str, model.File]] = field(default_factory=dict)
    """The files of kinds that no stage asks for by name, by the attribute of their kind."""

    def files(self) -> Iterator[model.File]:
        """Every file, kind by kind."""
        for kind in FILE_KINDS:
            yield from kind.of(self).values()

    def advising(self) -> Iterator[model.Advice]:
        """Everything that carries points: topics first, then situations."""
        yield from self.topics.values()
        yield from self.situations.values()

    def planning(self) -> Iterator[model.Outcome | model.SharedSections]:
        """Everything that carries sections of plans: outcomes first, then what they share."""
        yield from self.outcomes.values()
        yield from self.shared.values()

    def speaker_of(self, citation: model.Citation) -> model.Speaker | None:
        """Who speaks in a place that is cited; None if the place or its speaker does not exist."""
        return self._speakers.get((citation.source, citation.place))

    @cached_property
    def _speakers(self) -> dict[tuple[str, str], model.Speaker]:
        speakers = {speaker.id: speaker for speaker in self.guide.speakers}
        usual = {kind.id: kind.speaker for kind in self.guide.source_kinds}
        return {
            (source.id, place.id): speakers[speaks]
            for source in self.sources.values()
            for place in source.places
            if (speaks := place.speaker or usual.get(source.kind)) in speakers
        }


@dataclass(frozen=True)
class Content:
    """A content folder that may be trusted: nothing below checks again."""

    book: Handbook
    by_hand: Mapping[str, HandWritten]
    """The hand-written pages, by path."""
    drawings: Mapping[str, Drawing] = field(default_factory=dict)
    """The drawings, by the id of each page that shows them."""
    typed: Mapping[str, Sequence[Line]] = field(default_factory=dict)
    """What readers typed, by the path of the file that has it."""
    models: Mapping[str, str] = field(default_factory=dict)
    """What was learned from it, as JSON, by path."""
