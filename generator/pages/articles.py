"""Which pages the site has, and what each of them shows.

Everything a template needs is worked out here, so that templates hold wording and order only.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from generator import model, picture, text
from generator.addresses import HOME, addresses, gathered, stage_path
from generator.kinds import PAGE_KINDS, research
from generator.proof import proven, told
from generator.states import explore
from generator.tree import in_reading_order, sections, tree_data

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from generator.handbook import Content, Handbook
    from generator.kinds import FileKind, GatheringPage


@dataclass(frozen=True)
class Draft:
    """A page before it is rendered: where it goes, what it is made from, and what it shows."""

    path: str
    template: str
    title: str
    description: str
    source: str
    """The file that its text comes from, relative to the content folder."""
    shows: dict[str, Any]
    tab_title: str | None = None
    reviewed: Any = None
    review_by: Any = None
    script: str = ""
    """The script that only this page needs besides those of every page."""
    style: str = ""
    """The stylesheet likewise."""
    frame: str = "main"
    """The theme's template around it."""
    repeats: bool = False
    """Whether it says only what other pages say, so that search engines leave it out."""


@dataclass(frozen=True)
class Link:
    """An entry of a menu: a title and the Markdown path of a page."""

    title: str
    path: str


@dataclass(frozen=True)
class Menus:
    """The links that stand on every page."""

    main: list[Link]
    more: list[Link]
    notices: list[tuple[str, Link]]
    """A question and the page for whoever says yes."""
    help: str
    urge: str
    urge_title: str


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
class Told:
    """A point or script together with the page it belongs to."""

    thing: Any
    home: model.Advice


def drafts(content: Content) -> Iterator[Draft]:
    """Every page of the site but the hand-written ones."""
    book = content.book
    yield _home(book)
    for stage in book.guide.stages:
        yield _stage(book, stage)
    for kind in PAGE_KINDS:
        yield from (_file(book, kind, file) for file in kind.of(book).values())
    yield from (_gathering(book, page) for page in gathered(book))


def menus(content: Content) -> Menus:
    """The links for the top and the foot of every page."""
    book = content.book
    guide = book.guide
    main = [Link(stage.title, stage_path(stage)) for stage in guide.stages]
    there = gathered(book)
    known = targets(content)
    by_hand = [known[page_id] for page_id in guide.by_hand]
    return Menus(
        main=main,
        notices=[(notice.text, Link(notice.words, known[notice.page].path)) for notice in guide.notices],
        more=[*(Link(guide.pages[page.id].title, page.path) for page in there), *by_hand],
        help=next((page.path for page in there if page.id == "help"), ""),
        urge=known[guide.moments[0]].path if guide.moments else "",
        urge_title=guide.home.urge,
    )


def targets(content: Content) -> dict[str, Link]:
    """For each id that text may link to, the title and path of what it leads to."""
    return {
        address.id: Link(text.plain(address.title), address.path)
        for address in addresses(content.book, content.by_hand)
    }


def terms(content: Content) -> dict[str, str]:
    """The words, in small letters, whose first use on a page links to the glossary, with their ids."""
    glossary = content.book.glossary
    return {term.term.lower(): term.id for term in (glossary.terms if glossary else []) if term.auto}


def _home(book: Handbook) -> Draft:
    guide = book.guide
    cards: dict[str, model.Moment | model.Situation] = {**book.moments, **book.situations}
    return Draft(
        path=HOME,
        template="home",
        title=guide.title,
        description=guide.description,
        source="handbook.yml",
        shows={
            "now": [cards[card_id] for card_id in guide.home.now],
            "also": [moment_id for moment_id in guide.moments if moment_id not in guide.home.now],
            "groups": _situations(book)["groups"],
            "has_tree": book.tree is not None,
        },
    )


def _stage(book: Handbook, stage: model.Stage) -> Draft:
    parts = [
        {"title": part.title, "topics": [book.topics[topic_id] for topic_id in part.topics]}
        for part in stage.parts
    ]
    return Draft(
        path=stage_path(stage),
        template="stage",
        title=stage.title,
        description=stage.summary,
        source="handbook.yml",
        shows={"stage": stage, "parts": parts},
    )


def _advice(book: Handbook, advice: model.Advice) -> dict[str, Any]:
    labels = {label.id: label for label in book.guide.evidence}
    return {
        "gates": [gate for gate in book.guide.gates if gate.id in advice.gates],
        "labels": labels,
        "sources": book.sources,
        "home": advice,
    }


def _file(book: Handbook, kind: FileKind, file: model.File) -> Draft:
    """The page of a content file; what it shows beside the file itself depends on the file's class."""
    page = kind.page
    assert page  # noqa: S101 (only kinds with pages come here)
    shows = _SHOWS.get(kind.cls)
    return Draft(
        path=kind.path(file),
        template=page.template,
        title=page.title(file),
        description=page.description(file),
        source=_below_content(file),
        shows={kind.name: file, **(shows(book, file) if shows else {})},
        tab_title=getattr(file, "tab_title", None),
        reviewed=getattr(file, "reviewed", None),
        review_by=getattr(file, "review_by", None),
        script=page.script(file),
        style=page.style,
    )


def _topic(book: Handbook, topic: model.Topic) -> dict[str, Any]:
    stage = next(stage for stage in book.guide.stages if stage.id == topic.stage)
    facets = [
        *(book.variants[variant_id] for variant_id in topic.variants),
        *(book.situations[situation_id] for situation_id in topic.situations),
    ]
    return {"stage": stage, "facets": facets, **_advice(book, topic)}


def _below_content(file: model.File) -> str:
    return file.file.partition("/")[2]


def _meant_for(book: Handbook, *, variant: str = "", situation: str = "") -> list[Told]:
    """The points that name a variant or situation, or stand in a topic that does."""
    return [
        Told(point, topic)
        for topic in book.topics.values()
        for point in topic.advice
        if variant in (point.variants or topic.variants)
        or situation in (point.situations or topic.situations)
    ]


def _variant(book: Handbook, variant: model.Variant) -> dict[str, Any]:
    axis = next(axis for axis in book.guide.axes if variant.id in axis.variants)
    return {
        "axis": axis,
        "others": [book.variants[item] for item in axis.variants if item != variant.id],
        "points": _meant_for(book, variant=variant.id),
        "labels": {label.id: label for label in book.guide.evidence},
        "sources": book.sources,
    }


def _situation(book: Handbook, situation: model.Situation) -> dict[str, Any]:
    return {
        "points": _meant_for(book, situation=situation.id),
        "countries": _lines(book, situation.lines),
        **_advice(book, situation),
    }


def _lines(book: Handbook, kinds: Iterable[str]) -> list[dict[str, Any]]:
    """The countries with the help lines of these kinds; countries without one are left out."""
    wanted = set(kinds)
    shown = []
    for country_id in book.guide.countries:
        country = book.countries[country_id]
        lines = [line for line in country.lines if line.kind in wanted]
        if lines:
            shown.append({"country": country, "lines": lines})
    return shown


def _moment(book: Handbook, moment: model.Moment) -> dict[str, Any]:
    return {"countries": _lines(book, moment.lines), "variants": book.variants}


def _outcome_shows(book: Handbook, outcome: model.Outcome, *, whole: bool) -> dict[str, Any]:
    """What an outcome shows; `whole` with the sections that others have too, else only their names."""
    guide = book.guide
    shared = [book.shared[shared_id] for shared_id in outcome.shared]
    items = [_section(book, name, section) for name, section in sections(book, outcome)]
    groups = []
    for time in guide.times:
        elsewhere = [group for group in shared if any(s.when == time.id for s in group.sections)]
        at_time = [item for item in items if item["section"].when == time.id]
        here = [item for item in at_time if whole or "/" not in item["name"]]
        if here or elsewhere:
            groups.append({"time": time, "parts": here, "shared": [] if whole else elsewhere})
    return {
        "outcome": outcome,
        "reminders": _reminders(book, outcome.flags),
        "urgency": next(item for item in guide.urgencies if item.id == outcome.urgency),
        "is_urgent": guide.is_urgent(outcome.urgency),
        "groups": groups,
        "countries": _lines(book, outcome.lines),
        "help": "-".join(["help", *outcome.lines]) if outcome.lines else "",
        "offers_copy": not outcome.tab_title,
    }


def _section(book: Handbook, name: str, section: model.Section) -> dict[str, Any]:
    advice = [_told(book, named) for named in section.advice]
    return {
        "name": name,
        # Only what several outcomes share is moved about.
        "moves_to": section.when if "/" in name else "",
        "section": section,
        "reminders": _reminders(book, section.flags),
        "advice": advice,
        "scripts": [_told(book, named) for named in section.scripts],
        "links": list(dict.fromkeys([*(told.home.id for told in advice), *section.links])),
    }


def _reminders(book: Handbook, flags: Iterable[str]) -> list[str]:
    """What must be said wherever one of these flags is carried."""
    declared = book.tree.flags if book.tree else []
    return [flag.reminder for flag in declared if flag.reminder and flag.id in flags]


def _told(book: Handbook, name: str) -> Told:
    """The point or script that is called `topic/id`."""
    home_id, _, own_id = name.partition("/")
    home = book.topics.get(home_id) or book.situations[home_id]
    things: list[model.Point | model.Script] = [*home.advice, *home.scripts]
    return Told(next(thing for thing in things if thing.id == own_id), home)


def _outcome(book: Handbook, outcome: model.Outcome) -> dict[str, Any]:
    return {
        "shown": _outcome_shows(book, outcome, whole=True),
        "questions": book.questions,
        "flagged": _flagged(book),
    }


_SHOWS: dict[type[model.File], Callable[[Handbook, Any], dict[str, Any]]] = {
    model.Topic: _topic,
    model.Variant: _variant,
    model.Situation: _situation,
    model.Moment: _moment,
    model.Outcome: _outcome,
}


# --- pages that gather what stands elsewhere ----------------------------------------------------


def _gathering(book: Handbook, page: GatheringPage) -> Draft:
    words = book.guide.pages[page.id]
    return Draft(
        path=page.path,
        template=page.id,
        title=words.title,
        description=words.intro,
        source=page.source,
        shows={"intro": words.intro, **_GATHERED[page.id](book)},
        tab_title=words.tab_title,
        script=page.script,
        frame=page.frame,
        repeats=page.repeats,
        style=page.style,
    )


def _compare(book: Handbook) -> dict[str, Any]:
    axes = [
        {"axis": axis, "variants": [book.variants[item] for item in axis.variants]}
        for axis in book.guide.axes
    ]
    return {"axes": axes}


def _situations(book: Handbook) -> dict[str, Any]:
    groups = [
        {"title": group.title, "situations": [book.situations[item] for item in group.situations]}
        for group in book.guide.situations
    ]
    return {"groups": groups}


def _scripts(book: Handbook) -> dict[str, Any]:
    groups = [
        {"title": stage.title, "scripts": _scripts_of(book.topics[i] for i in stage.topic_ids)}
        for stage in book.guide.stages
    ]
    groups += [
        {"title": situation.title, "scripts": _scripts_of([situation])}
        for situation in (book.situations[item] for item in book.guide.situation_ids)
    ]
    return {"groups": [group for group in groups if group["scripts"]], "gates": book.guide.gates}


def _scripts_of(homes: Iterable[model.Advice]) -> list[Told]:
    return [Told(script, home) for home in homes for script in home.scripts]


def _in_order(book: Handbook) -> list[model.Topic]:
    return [book.topics[item] for stage in book.guide.stages for item in stage.topic_ids]


def _disagreements(book: Handbook) -> dict[str, Any]:
    return {
        "told": [Told(item, topic) for topic in _in_order(book) for item in topic.disagreements],
        "sources": book.sources,
    }


def _left_out(book: Handbook) -> dict[str, Any]:
    return {"left_out": book.left_out, "sources": book.sources}


def _sources(book: Handbook) -> dict[str, Any]:
    cited: dict[str, list[model.Advice]] = {source_id: [] for source_id in book.sources}
    for home in (*_in_order(book), *book.situations.values()):
        for source_id in {c.source for point in home.advice for c in point.sources}:
            cited[source_id].append(home)
    groups = [
        {"kind": kind, "sources": [s for s in book.sources.values() if s.kind == kind.id]}
        for kind in book.guide.source_kinds
    ]
    return {
        "groups": [group for group in groups if group["sources"]],
        "cited": cited,
        "labels": book.guide.evidence,
    }


def _research(book: Handbook) -> dict[str, Any]:
    studies = []
    for source in sorted(research(book), key=lambda found: found.short):
        bears_on = {
            (home.id, citation.stance): (home, citation.stance)
            for home in (*_in_order(book), *book.situations.values())
            for point in home.advice
            for citation in point.sources
            if citation.source == source.id
        }
        studies.append({"source": source, "bears_on": list(bears_on.values())})
    return {"studies": studies}


def _help(book: Handbook) -> dict[str, Any]:
    countries = [book.countries[item] for item in book.guide.countries]
    return {"countries": countries, "kinds": book.guide.line_kinds}


def _glossary(book: Handbook) -> dict[str, Any]:
    terms = book.glossary.terms if book.glossary else []
    return {"terms": sorted(terms, key=lambda term: term.term.lower())}


def _flagged(book: Handbook) -> dict[str, str]:
    """What each flag says of a reader."""
    return {flag.id: flag.title for flag in (book.tree.flags if book.tree else ())}


def _steps(book: Handbook) -> dict[str, Step]:
    """Every question and outcome, by id. A question that only one answer leads to stands inside it."""
    led_to = Counter(to for question in book.questions.values() for to in question.leads_to)
    return {
        **{
            item.id: Step(item.id, item.question, f"ask-{item.id}", number, inside=led_to[item.id] == 1)
            for number, item in enumerate(in_reading_order(book), 1)
        },
        **{item.id: Step(item.id, item.title, f"end-{item.id}") for item in book.outcomes.values()},
    }


def _tree_in_words(book: Handbook) -> dict[str, Any]:
    """What a page needs that tells the whole tree in words."""
    return {
        "flagged": _flagged(book),
        "steps": _steps(book),
        "questions": in_reading_order(book),
        "by_id": book.questions,
    }


def _shared(book: Handbook, group: model.SharedSections) -> dict[str, Any]:
    parts = [_section(book, f"{group.id}/{place}", section) for place, section in enumerate(group.sections)]
    return {"group": group, "parts": parts}


def _decide(book: Handbook) -> dict[str, Any]:
    outcomes = [_outcome_shows(book, outcome, whole=False) for outcome in book.outcomes.values()]
    return {
        **_tree_in_words(book),
        "tree": book.tree,
        "data": tree_data(book),
        "outcomes": outcomes,
        "help_boxes": list({shown["help"]: shown for shown in outcomes if shown["help"]}.values()),
        "shared": [_shared(book, group) for group in book.shared.values()],
        "longest": len(explore(book).longest()),
    }


def _tree_picture(book: Handbook) -> dict[str, Any]:
    shown = _tree_in_words(book)
    numbers = {step.id: step.number for step in shown["steps"].values() if step.number}
    return {
        **shown,
        "picture": picture.draw(book, numbers),
        "box_width": picture.WIDTH,
        "box_height": picture.HEIGHT,
    }


def _whole(book: Handbook) -> dict[str, Any]:
    """Nothing of its own: its chapters are finished pages, put in by whoever has them."""
    return {"guide": book.guide}


def _tree_proof(book: Handbook) -> dict[str, Any]:
    proof = proven(book)
    return {
        "tree": book.tree,
        "proof": proof,
        "longest": [
            {"question": question, "answer": answer} for question, answer in told(book, proof.longest)
        ],
    }


_GATHERED: dict[str, Callable[[Handbook], dict[str, Any]]] = {
    "compare": _compare,
    "situations": _situations,
    "scripts": _scripts,
    "disagreements": _disagreements,
    "left-out": _left_out,
    "sources": _sources,
    "research": _research,
    "help": _help,
    "glossary": _glossary,
    "decide": _decide,
    "tree-picture": _tree_picture,
    "tree-proof": _tree_proof,
    "whole": _whole,
}
