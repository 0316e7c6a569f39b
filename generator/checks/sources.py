"""Rules on what advice rests on: who speaks, how it bears on the words that cite it, and where it is told."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from guidebook.checks.context import points_of
from guidebook.content.field_walk import called, citations
from guidebook.content.problems import did_you_mean

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidebook.checks.context import Rule, RuleContext
    from guidebook.content import model
    from guidebook.content.handbook import Handbook
    from guidebook.content.problems import Problem
    from guidebook.content.yaml_reader import Where


def _labels_rest_on_who_supports(checked: RuleContext) -> Iterator[Problem]:
    book = checked.book
    labels = {label.id: label for label in book.guide.evidence}
    for advice, where, point in points_of(checked):
        label = labels.get(point.evidence)
        if not label or not label.rests_on:
            continue
        speakers = [(c, book.speaker_of(c)) for c in point.sources]
        supporting = {speaker.id for c, speaker in speakers if speaker and c.stance == "supports"}
        if all(speaker for _, speaker in speakers) and not supporting & set(label.rests_on):
            wanted = " or ".join(label.rests_on)
            message = f"'{label.id}' needs the support of {wanted}; cite one or change the label"
            yield checked.problem(advice.file, (*where, "evidence"), message)


def _studied_points_say_what_was_studied(checked: RuleContext) -> Iterator[Problem]:
    studied = {label.id for label in checked.book.guide.evidence if label.studied}
    for advice, where, point in points_of(checked):
        if point.evidence in studied and not point.bears_on:
            message = f"'{point.evidence}' needs 'bears_on': what was studied, and in whom"
            yield checked.problem(advice.file, (*where, "evidence"), message)
        if point.bears_on and point.evidence not in studied:
            message = f"'{point.evidence}' claims no study, so it has nothing that bears on it; take it out"
            yield checked.problem(advice.file, (*where, "bears_on"), message)


def _speakers_can_take_the_stance(checked: RuleContext) -> Iterator[Problem]:
    for file in checked.files():
        for where, _, citation in citations(file):
            speaker = checked.book.speaker_of(citation)
            if speaker and citation.stance not in speaker.stances:
                can = " or ".join(f"'{stance}'" for stance in speaker.stances)
                message = f"{speaker.title} cannot be cited as '{citation.stance}', only as {can}"
                yield checked.problem(file.file, (*where, "stance"), message)


def _named_speakers_are_named(checked: RuleContext) -> Iterator[Problem]:
    named = {speaker.id for speaker in checked.book.guide.speakers if speaker.has_name}
    for source in checked.book.sources.values():
        for i, place in enumerate(source.places):
            if place.speaker in named and not place.name:
                message = "needs 'name': who speaks, and what makes them an expert"
                yield checked.problem(source.file, ("places", i, "speaker"), message)


def _claims_are_told_where_they_say(checked: RuleContext) -> Iterator[Problem]:
    cited: dict[tuple[str, str], set[str]] = defaultdict(set)
    for file in checked.files():
        for _, owner, citation in citations(file):
            if not checked.book.speaker_of(citation):
                return  # Told by the rule on places; a name that is misspelt there would be missed here too.
            cited[citation.source, citation.place].add(called(file, owner))
    for source in checked.book.sources.values():
        for where, place_id, name in _told(source):
            here = cited[source.id, place_id]
            if name not in here:
                message = f"'{name}' does not cite this place{did_you_mean(name, sorted(here))}"
                yield checked.problem(source.file, where, message)


def _told(source: model.Source) -> Iterator[tuple[Where, str, str]]:
    """Where each claim of a source is said to be told: where that stands, its place, and the name."""
    for i, place in enumerate(source.places):
        for j, claim in enumerate(place.claims):
            for k, name in enumerate(claim.told):
                yield ("places", i, "claims", j, "told", k), place.id, name


def _both_sides_are_explained(checked: RuleContext) -> Iterator[Problem]:
    for topic in checked.book.topics.values():
        for i, question in enumerate(topic.disagreements):
            if not question.both_sides and (twice := _on_two_sides(checked.book, question)):
                message = f"'{twice}' stands on two sides; say why in 'both_sides'"
                yield checked.problem(topic.file, ("disagreements", i, "positions"), message)


def _on_two_sides(book: Handbook, question: model.Disagreement) -> str:
    """A source in which one and the same speaker supports two positions; empty if none does."""
    seen: dict[tuple[str, str, str | None], int] = {}
    for side, position in enumerate(question.positions):
        for citation in position.sources:
            speaker = book.speaker_of(citation)
            if citation.stance != "supports" or not speaker or speaker.are_many:
                continue
            place = book.sources[citation.source].place(citation.place)
            if seen.setdefault((citation.source, speaker.id, place.name if place else None), side) != side:
                return citation.source
    return ""


RULES: tuple[Rule, ...] = (
    _labels_rest_on_who_supports,
    _studied_points_say_what_was_studied,
    _speakers_can_take_the_stance,
    _named_speakers_are_named,
    _both_sides_are_explained,
)

# A file that is not valid cites nothing yet, so its claims would seem untold.
WHOLE_RULES: tuple[Rule, ...] = (_claims_are_told_where_they_say,)
