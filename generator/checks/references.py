"""What must hold between the parts of the content.

Each rule is a generator of problems; its name is a sentence that is true of good content.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING

from generator import model, text
from generator.addresses import HOME_ID, Address, address, addresses, gathered, id_by_hand
from generator.drawings import PICTURES
from generator.errors import Problem, did_you_mean
from generator.handbook import class_of
from generator.kinds import FILE_KINDS, GATHERING_PAGES, PAGE_KINDS
from generator.proof import tree_problems
from generator.search import findable
from generator.search import problems as search_problems
from generator.values import fields, values
from generator.writing import writing_problems

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from generator.handbook import Handbook
    from generator.load import Document, Loaded, Where
    from generator.values import Value


@dataclass(frozen=True)
class Checked:
    """What the rules read: the handbook, the files it came from, and the names that exist."""

    book: Handbook
    loaded: Loaded
    names: Mapping[str, frozenset[str]]
    """The ids that exist, by kind; those of files that are not valid included."""

    def problem(self, file: str, where: Where, message: str) -> Problem:
        """A problem at a value of a file."""
        return self.document(file).problem(where, message)

    def document(self, file: str) -> Document:
        """The document that a file was read as."""
        return self.loaded.documents[file.partition("/")[2]]

    def files(self) -> Iterator[model.File]:
        """Every file that is valid."""
        return self.book.files()


def check(book: Handbook, loaded: Loaded, *, whole: bool) -> list[Problem]:
    """Every problem between the files that are valid.

    `whole` says that all files are; what only a whole handbook can be blamed for waits until then.
    """
    checked = Checked(book, loaded, _names(book, loaded))
    rules = _RULES + (_WHOLE_RULES if whole else ())
    return [problem for rule in rules for problem in rule(checked)]


def _names(book: Handbook, loaded: Loaded) -> dict[str, frozenset[str]]:
    stems: dict[type[model.File] | None, set[str]] = defaultdict(set)
    for name in loaded.names:
        stems[class_of(name)].add(name.rpartition("/")[2].removesuffix(".yml"))
    guide = book.guide
    questions, outcomes = stems[model.Question], stems[model.Outcome]
    kinds: dict[str, Iterable[str]] = {
        **{kind.name: stems[kind.cls] for kind in FILE_KINDS if kind.name},
        "question or outcome": questions | outcomes,
        "time": _ids(guide.times),
        "evidence label": _ids(guide.evidence),
        "gate": _ids(guide.gates),
        "act": _ids(guide.acts),
        "kind of source": _ids(guide.source_kinds),
        "kind of help line": _ids(guide.line_kinds),
        "urgency": _ids(guide.urgencies),
        "flag": _ids(book.tree.flags) if book.tree else (),
        "script": [f"{item.id}/{script.id}" for item in book.advising() for script in item.scripts],
        "point": [f"{item.id}/{point.id}" for item in book.advising() for point in item.advice],
        "disagreement": [item.id for topic in book.topics.values() for item in topic.disagreements],
        "hand-written page": map(id_by_hand, loaded.by_hand),
    }
    files = set().union(*(stems[kind.cls] for kind in PAGE_KINDS), stems[model.Source])
    pages = files | {address.id for address in addresses(book, loaded.by_hand)}
    return {kind: frozenset(ids) for kind, ids in kinds.items()} | {"page": frozenset(pages)}


def _ids(things: Iterable[model.Kind]) -> list[str]:
    return [thing.id for thing in things]


# --- one walk over every value ------------------------------------------------------------------


def _names_exist(checked: Checked) -> Iterator[Problem]:
    for file in checked.files():
        for value in values(file):
            kind = value.field.names
            if kind and value.text not in checked.names[kind] and not _in_a_broken_file(checked, value):
                hint = did_you_mean(value.text, checked.names[kind])
                yield checked.problem(file.file, value.where, f"there is no {kind} '{value.text}'{hint}")


def _in_a_broken_file(checked: Checked, value: Value) -> bool:
    """Whether what is named may stand in a file that is not valid, so that its own mistake comes first."""
    book, names = checked.book, checked.names
    broken = (names["topic"] - set(book.topics)) | (names["situation"] - set(book.situations))
    if value.field.names in {"script", "point"}:
        return value.text.partition("/")[0] in broken
    return value.field.names == "disagreement" and bool(broken)


def _links_in_text_lead_somewhere(checked: Checked) -> Iterator[Problem]:
    pages = checked.names["page"]
    for file in checked.files():
        for value in values(file):
            for target in text.links(value.text) if value.field.is_prose else ():
                if target not in pages:
                    hint = did_you_mean(target, pages)
                    message = f"[[{target}]] leads nowhere: there is no page '{target}'{hint}"
                    yield checked.problem(file.file, value.where, message)


def _no_comment_takes_text_away(checked: Checked) -> Iterator[Problem]:
    for file in checked.files():
        cut = checked.document(file.file).cut
        for value in values(file) if cut else ():
            if value.where in cut and value.field.is_read:
                message = (
                    f"the text ends at '{_last_words(value.text)}', since # after a space begins a comment; "
                    "put the whole text in quotes, or the comment on a line of its own"
                )
                yield checked.problem(file.file, value.where, message)


def _last_words(words: str) -> str:
    return " ".join(words.split()[-2:])


def _ids_in_a_list_differ(checked: Checked) -> Iterator[Problem]:
    for file in checked.files():
        yield from _repeated(checked, file.file, file, ())


def _repeated(checked: Checked, file: str, thing: model.Model, where: Where) -> Iterator[Problem]:
    for field in fields(type(thing)):
        value = getattr(thing, field.name)
        if not isinstance(value, list):
            continue
        seen: set[str] = set()
        for place, item in enumerate(value):
            here = (*where, field.key, place)
            if isinstance(item, model.Model):
                yield from _repeated(checked, file, item, here)
            own = item if isinstance(item, str) and field.names else getattr(item, "id", None)
            if isinstance(own, str) and own in seen:
                at = (*here, "id") if isinstance(item, model.Model) else here
                yield checked.problem(file, at, f"'{own}' stands in this list twice; take one out")
            seen.add(str(own))


# --- pages --------------------------------------------------------------------------------------


def _ids_of_pages_differ(checked: Checked) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for found in addresses(checked.book, checked.loaded.by_hand):
        other = first.setdefault(found.id, found.file)
        if other != found.file and found.file.endswith(".yml"):
            message = f"the id '{found.id}' is taken by {other}; give one of them another name"
            yield checked.problem(found.file, (), message)
        elif other != found.file:
            message = f"the name '{found.id}' is taken by {other}; rename this file"
            yield Problem(found.file, 1, 1, message)


def _stages_take_no_address_of_another_page(checked: Checked) -> Iterator[Problem]:
    paths = [page.path for page in GATHERING_PAGES.values()]
    paths += [kind.page.path for kind in PAGE_KINDS if kind.page]
    taken = {HOME_ID, *GATHERING_PAGES, *(path.partition("/")[0].removesuffix(".md") for path in paths)}
    guide = checked.book.guide
    for i, stage in enumerate(guide.stages):
        if stage.id in taken:
            message = f"'{stage.id}' is the address of another page; give the stage another id"
            yield checked.problem(guide.file, ("stages", i, "id"), message)


def _disagreements_have_ids_of_their_own(checked: Checked) -> Iterator[Problem]:
    first: dict[str, str] = {}
    for topic in checked.book.topics.values():
        for i, disagreement in enumerate(topic.disagreements):
            other = first.setdefault(disagreement.id, topic.file)
            if other != topic.file:
                message = f"the id '{disagreement.id}' is taken by {other}; give one of them another name"
                yield checked.problem(topic.file, ("disagreements", i, "id"), message)


def _paths_of_pages_differ(checked: Checked) -> Iterator[Problem]:
    first: dict[str, Address] = {}
    for found in addresses(checked.book, checked.loaded.by_hand):
        path, _, anchor = found.path.partition("#")
        other = first.setdefault(f"{address(path)}#{anchor}", found)
        # The same name twice is told by the rule before.
        if other.file != found.file and other.id != found.id:
            message = f"the page {found.path} is made from {other.file} too; rename one of the files"
            yield Problem(found.file, 1, 1, message)


def _gathering_pages_have_words(checked: Checked) -> Iterator[Problem]:
    guide = checked.book.guide
    for page_id in guide.pages:
        if page_id not in GATHERING_PAGES:
            message = f"there is no page '{page_id}'{did_you_mean(page_id, GATHERING_PAGES)}"
            yield checked.problem(guide.file, ("pages", page_id), message)
    for page in gathered(checked.book):
        if page.id not in guide.pages:
            message = f"the page '{page.id}' has no title yet; write it here"
            yield checked.problem(guide.file, ("pages",), message)


def _drawings_belong_to_pages(checked: Checked) -> Iterator[Problem]:
    guide = checked.book.guide
    pages = {HOME_ID, *_ids(guide.stages), *guide.moments}
    for page_id in checked.loaded.drawings:
        if page_id not in pages:
            hint = did_you_mean(page_id, pages)
            message = f"no stage or moment is called '{page_id}', and only they show a drawing{hint}"
            yield Problem(f"content/{PICTURES}/{page_id}.svg", 1, 1, message)


def _files_are_listed(checked: Checked) -> Iterator[Problem]:
    guide = checked.book.guide
    stages = {stage.id: stage.topic_ids for stage in guide.stages}
    for topic in checked.book.topics.values():
        if topic.stage not in stages:
            message = f"there is no stage '{topic.stage}'{did_you_mean(topic.stage, stages)}"
            yield checked.problem(topic.file, (), f"{message}; move the file or add the stage")
    for kind in FILE_KINDS:
        for file in kind.of(checked.book).values() if kind.listing else ():
            has_list = not isinstance(file, model.Topic) or file.stage in stages
            if kind.listing and has_list and file.id not in kind.listing.ids(guide, file):
                yield checked.problem(file.file, (), _unlisted(kind.listing.place(file)))


def _pages_by_hand_are_listed(checked: Checked) -> Iterator[Problem]:
    for path in checked.loaded.by_hand:
        if id_by_hand(path) not in checked.book.guide.by_hand:
            listed = _unlisted("'by_hand'")
            message = f"{listed}, or move the file out of the folder"
            yield Problem(f"content/{path}", 1, 1, message)


def _unlisted(place: str) -> str:
    return f"no page leads here yet; add its id to {place} in handbook.yml"


def _topics_stand_under_their_stage(checked: Checked) -> Iterator[Problem]:
    guide = checked.book.guide
    for i, stage in enumerate(guide.stages):
        for j, part in enumerate(stage.parts):
            for k, topic_id in enumerate(part.topics):
                topic = checked.book.topics.get(topic_id)
                if topic and topic.stage != stage.id:
                    message = f"'{topic_id}' lies in topics/{topic.stage}/; list it there"
                    yield checked.problem(guide.file, ("stages", i, "parts", j, "topics", k), message)


def _home_offers_moments_and_situations(checked: Checked) -> Iterator[Problem]:
    guide = checked.book.guide
    offered = checked.names["moment"] | checked.names["situation"]
    for i, page_id in enumerate(guide.home.now):
        if page_id in checked.names["page"] and page_id not in offered:
            message = f"'{page_id}' is neither a moment nor a situation; take it out"
            yield checked.problem(guide.file, ("home", "now", i), message)


def _urgent_pages_have_a_neutral_tab_title(checked: Checked) -> Iterator[Problem]:
    book = checked.book
    files: list[model.Situation | model.Moment] = [*book.situations.values(), *book.moments.values()]
    for file in files:
        if file.urgent and not file.tab_title:
            message = "is urgent, so it needs a 'tab_title' that tells nothing to who sees the tab"
            yield checked.problem(file.file, ("urgent",), message)
        if file.urgent and not file.lines:
            message = "is urgent, so it needs 'lines': the kinds of help line to show"
            yield checked.problem(file.file, ("urgent",), message)


def _dates_are_in_order(checked: Checked) -> Iterator[Problem]:
    for file in checked.files():
        reviewed, review_by = getattr(file, "reviewed", None), getattr(file, "review_by", None)
        if reviewed and review_by and review_by <= reviewed:
            yield checked.problem(file.file, ("review_by",), "must be later than 'reviewed'")
    for country in checked.book.countries.values():
        for i, line in enumerate(country.lines):
            if line.due <= line.checked:
                message = "must be later than 'checked'"
                yield checked.problem(country.file, ("lines", i, "due"), message)


def _help_lines_can_be_reached(checked: Checked) -> Iterator[Problem]:
    for country in checked.book.countries.values():
        for i, line in enumerate(country.lines):
            if not (line.call or line.text_to or line.web):
                message = "has no way to reach it; give 'call', 'text_to' or 'web'"
                yield checked.problem(country.file, ("lines", i), message)


def _help_reaches_every_country(checked: Checked) -> Iterator[Problem]:
    book = checked.book
    offered = {country.country: {line.kind for line in country.lines} for country in book.countries.values()}
    for file in checked.files():
        kinds = set(getattr(file, "lines", ())) if not isinstance(file, model.Country) else set()
        without = [country for country, has in offered.items() if kinds and not kinds & has]
        if without:
            message = f"shows no line in {', '.join(without)}; add a kind of line that these have too"
            yield checked.problem(file.file, ("lines",), message)


# --- advice -------------------------------------------------------------------------------------


def _points(checked: Checked) -> Iterator[tuple[model.Advice, Where, model.Point]]:
    for advice in checked.book.advising():
        for i, point in enumerate(advice.advice):
            yield advice, ("advice", i), point


def _points_say_do_or_avoid(checked: Checked) -> Iterator[Problem]:
    for advice, where, point in _points(checked):
        if (point.do is None) == (point.avoid is None):
            yield checked.problem(advice.file, where, "needs either 'do' or 'avoid'")


def _citations(checked: Checked) -> Iterator[tuple[str, Where, model.Citation]]:
    """Every citation with its file and place."""
    for file in checked.files():
        yield from _citations_in(file.file, file, ())


def _citations_in(file: str, thing: object, where: Where) -> Iterator[tuple[str, Where, model.Citation]]:
    if isinstance(thing, model.Citation):
        yield file, where, thing
    elif isinstance(thing, list):
        for place, item in enumerate(thing):
            yield from _citations_in(file, item, (*where, place))
    elif isinstance(thing, model.Model):
        for field in fields(type(thing)):
            yield from _citations_in(file, getattr(thing, field.name), (*where, field.key))


def _cited_places_exist(checked: Checked) -> Iterator[Problem]:
    for file, where, citation in _citations(checked):
        source = checked.book.sources.get(citation.source)
        if not source:
            continue
        places = [place.id for place in source.places]
        if citation.place not in places:
            hint = did_you_mean(citation.place, places)
            message = f"{source.id}.yml has no place '{citation.place}'{hint}"
            yield checked.problem(file, (*where, "place"), message)


def _labels_rest_on_what_is_cited(checked: Checked) -> Iterator[Problem]:
    book = checked.book
    labels = {label.id: label for label in book.guide.evidence}
    for advice, where, point in _points(checked):
        label = labels.get(point.evidence)
        if not label or not label.rests_on:
            continue
        cited = [book.sources[c.source] for c in point.sources if c.source in book.sources]
        kinds = {s.kind_of(c.place) for s, c in zip(cited, point.sources, strict=False)}
        if len(cited) == len(point.sources) and not kinds & set(label.rests_on):
            wanted = " or ".join(label.rests_on)
            message = f"'{label.id}' needs a source of the kind {wanted}; cite one or change the label"
            yield checked.problem(advice.file, (*where, "evidence"), message)


_FIGURE = re.compile(r"\d\s*(%|per ?cent\b)|\b(nine|eight|seven|six) (in|out of) ten\b", re.IGNORECASE)


def _percentages_come_from_studies(checked: Checked) -> Iterator[Problem]:
    allowed = {label.id for label in checked.book.guide.evidence if label.figures}
    for advice, where, point in _points(checked):
        for name in ("do", "avoid", "why", "unless"):
            if point.evidence not in allowed and _FIGURE.search(getattr(point, name) or ""):
                message = f"gives a figure, which the label '{point.evidence}' may not; take it out"
                yield checked.problem(advice.file, (*where, name), message)


def _gates_stand_before_acts(checked: Checked) -> Iterator[Problem]:
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
class _Said:
    """That somebody is told to do an act, or to avoid it."""

    act: str
    is_do: bool
    variants: frozenset[str]
    situations: frozenset[str]
    advice: model.Advice
    where: Where

    def meets(self, other: _Said) -> bool:
        """Whether somebody could be told both."""
        return all(
            not mine or not theirs or mine & theirs
            for mine, theirs in (
                (self.variants, other.variants),
                (self.situations, other.situations),
            )
        )


def _said(checked: Checked) -> Iterator[_Said]:
    for advice, where, point in _points(checked):
        if not point.act:
            continue
        own = [advice.id] if isinstance(advice, model.Situation) else []
        wide = advice if isinstance(advice, model.Topic) else model.Facets(situations=own)
        yield _Said(
            point.act,
            point.is_do,
            frozenset(point.variants or wide.variants),
            frozenset(point.situations or wide.situations),
            advice,
            (*where, "act"),
        )


def _advice_does_not_contradict_itself(checked: Checked) -> Iterator[Problem]:
    explained = {
        act
        for topic in checked.book.topics.values()
        for disagreement in topic.disagreements
        for act in disagreement.acts
    }
    for one, other in combinations(_said(checked), 2):
        if one.act != other.act or one.is_do == other.is_do or one.act in explained:
            continue
        if one.meets(other):
            line = checked.problem(one.advice.file, one.where, "").line
            message = (
                f"'{one.act}' is something to {'avoid' if one.is_do else 'do'} here and to "
                f"{'do' if one.is_do else 'avoid'} in {one.advice.file}:{line} for the same readers; "
                "narrow one of them or explain it in a disagreement ('acts')"
            )
            yield checked.problem(other.advice.file, other.where, message)


def _sections_say_something(checked: Checked) -> Iterator[Problem]:
    for file in checked.book.planning():
        for i, section in enumerate(file.sections):
            if not section.do and not section.advice:
                message = "says nothing to do; give it 'do' or 'advice'"
                yield checked.problem(file.file, ("sections", i), message)


def _sections_carry_the_flags_of_what_they_advise(checked: Checked) -> Iterator[Problem]:
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


def _shared_sections_are_used(checked: Checked) -> Iterator[Problem]:
    used = {shared for outcome in checked.book.outcomes.values() for shared in outcome.shared}
    for file in checked.book.shared.values():
        if file.id not in used:
            message = "no outcome has these sections; name it in 'shared' or delete it"
            yield checked.problem(file.file, (), message)


def _text_follows_the_rules_of_writing(checked: Checked) -> Iterator[Problem]:
    for file, where, message in writing_problems(checked.book, checked.files()):
        yield checked.problem(file, where, message)
    writing = checked.book.writing
    for i, waiver in enumerate(writing.waivers if writing else ()):
        if writing and waiver.file.partition("/")[2] not in checked.loaded.names:
            message = f"there is no file '{waiver.file}'; take the waiver out"
            yield checked.problem(writing.file, ("waivers", i, "file"), message)


def _the_tree_keeps_its_promises(checked: Checked) -> Iterator[Problem]:
    for file, where, message in tree_problems(checked.book):
        yield checked.problem(file, where, message)


def _the_search_can_do_what_it_is_told(checked: Checked) -> Iterator[Problem]:
    search = checked.book.search
    if search:
        never_shown = checked.names["page"] - findable(checked.book, checked.loaded.by_hand)
        for where, message in search_problems(search, never_shown):
            yield checked.problem(search.file, where, message)


_RULES: tuple[Callable[[Checked], Iterator[Problem]], ...] = (
    _names_exist,
    _links_in_text_lead_somewhere,
    _no_comment_takes_text_away,
    _ids_in_a_list_differ,
    _ids_of_pages_differ,
    _stages_take_no_address_of_another_page,
    _disagreements_have_ids_of_their_own,
    _paths_of_pages_differ,
    _gathering_pages_have_words,
    _drawings_belong_to_pages,
    _files_are_listed,
    _pages_by_hand_are_listed,
    _topics_stand_under_their_stage,
    _home_offers_moments_and_situations,
    _urgent_pages_have_a_neutral_tab_title,
    _dates_are_in_order,
    _help_lines_can_be_reached,
    _help_reaches_every_country,
    _points_say_do_or_avoid,
    _cited_places_exist,
    _labels_rest_on_what_is_cited,
    _percentages_come_from_studies,
    _gates_stand_before_acts,
    _advice_does_not_contradict_itself,
    _sections_say_something,
    _sections_carry_the_flags_of_what_they_advise,
    _text_follows_the_rules_of_writing,
    _the_search_can_do_what_it_is_told,
)
_WHOLE_RULES = (_shared_sections_are_used, _the_tree_keeps_its_promises)
