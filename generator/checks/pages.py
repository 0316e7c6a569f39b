"""Every page has its words, its place in a list and an address of its own; dates and help lines are in order.

Each rule is a generator of problems; its name is a sentence that is true of good content.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from guidebook.checks.context import RuleContext, ids_of, unlisted
from guidebook.content import model
from guidebook.content.kinds import FILE_KINDS, GATHERING_PAGES, PAGE_KINDS
from guidebook.content.lines_reader import ASKED
from guidebook.content.problems import Problem, did_you_mean
from guidebook.pages.addresses import HOME_ID, Address, address, addresses, gathering_pages, id_by_hand
from guidebook.pages.first_layer import counted
from guidebook.search.lessons import HARMLESS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidebook.checks.context import Rule


def _stages_take_no_address_of_another_page(checked: RuleContext) -> Iterator[Problem]:
    paths = [page.path for page in GATHERING_PAGES.values()]
    paths += [kind.page.path for kind in PAGE_KINDS if kind.page]
    taken = {HOME_ID, *GATHERING_PAGES, *(path.partition("/")[0].removesuffix(".md") for path in paths)}
    guide = checked.book.guide
    for i, stage in enumerate(guide.stages):
        if stage.id in taken:
            message = f"'{stage.id}' is the address of another page; give the stage another id"
            yield checked.problem(guide.file, ("stages", i, "id"), message)


def _paths_of_pages_differ(checked: RuleContext) -> Iterator[Problem]:
    first: dict[str, Address] = {}
    for found in addresses(checked.book, checked.loaded.by_hand):
        path, _, anchor = found.path.partition("#")
        other = first.setdefault(f"{address(path)}#{anchor}", found)
        # The same name twice is told by the rule before.
        if other.file != found.file and other.id != found.id:
            message = f"the page {found.path} is made from {other.file} too; rename one of the files"
            yield Problem(found.file, 1, 1, message)


def _gathering_pages_have_words(checked: RuleContext) -> Iterator[Problem]:
    guide = checked.book.guide
    for page_id in guide.pages:
        if page_id not in GATHERING_PAGES:
            message = f"there is no page '{page_id}'{did_you_mean(page_id, GATHERING_PAGES)}"
            yield checked.problem(guide.file, ("pages", page_id), message)
    for page in gathering_pages(checked.book):
        if page.id not in guide.pages:
            message = f"the page '{page.id}' has no title yet; write it here"
            yield checked.problem(guide.file, ("pages",), message)


def _drawings_belong_to_pages(checked: RuleContext) -> Iterator[Problem]:
    book = checked.book
    decorated = {*ids_of(book.guide.stages), *(item.id for item in book.moments.values() if item.pause)}
    explained = {*book.topics, *(page.id for page in GATHERING_PAGES.values() if page.shows_drawing)}
    pages = {HOME_ID, *decorated, *explained}
    for page_id, drawing in checked.loaded.drawings.items():
        if page_id not in pages:
            message = f"no page called '{page_id}' shows a drawing{did_you_mean(page_id, pages)}"
            yield Problem(drawing.file, 1, 1, message)
        elif page_id == HOME_ID and drawing.words:
            yield drawing.problem(
                drawing.words[0], f"'{HOME_ID}' shows no words of its drawing; take them out"
            )
        elif page_id in explained and not drawing.caption:
            message = f"'{page_id}' shows only what explains something; say in a <desc> what it shows"
            yield Problem(drawing.file, 1, 1, message)


def _files_are_listed(checked: RuleContext) -> Iterator[Problem]:
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
                yield checked.problem(file.file, (), unlisted(kind.listing.place(file)))


def _pages_by_hand_are_listed(checked: RuleContext) -> Iterator[Problem]:
    for path in checked.loaded.by_hand:
        if id_by_hand(path) not in checked.book.guide.by_hand:
            listed = unlisted("'by_hand'")
            message = f"{listed}, or move the file out of the folder"
            yield Problem(f"content/{path}", 1, 1, message)


def _topics_stand_under_their_stage(checked: RuleContext) -> Iterator[Problem]:
    guide = checked.book.guide
    for i, stage in enumerate(guide.stages):
        for j, part in enumerate(stage.parts):
            for k, topic_id in enumerate(part.topics):
                topic = checked.book.topics.get(topic_id)
                if topic and topic.stage != stage.id:
                    message = f"'{topic_id}' lies in topics/{topic.stage}/; list it there"
                    yield checked.problem(guide.file, ("stages", i, "parts", j, "topics", k), message)


def _home_offers_moments_and_situations(checked: RuleContext) -> Iterator[Problem]:
    guide = checked.book.guide
    offered = checked.names["moment"] | checked.names["situation"]
    for i, page_id in enumerate(guide.home.now):
        if page_id in checked.names["page"] and page_id not in offered:
            message = f"'{page_id}' is neither a moment nor a situation; take it out"
            yield checked.problem(guide.file, ("home", "now", i), message)


def _urgent_pages_have_a_neutral_tab_title(checked: RuleContext) -> Iterator[Problem]:
    book = checked.book
    files: list[model.Situation | model.Moment] = [*book.situations.values(), *book.moments.values()]
    for file in files:
        if file.urgent and not file.tab_title:
            message = "is urgent, so it needs a 'tab_title' that tells nothing to who sees the tab"
            yield checked.problem(file.file, ("urgent",), message)
        if file.urgent and not file.lines:
            message = "is urgent, so it needs 'lines': the kinds of help line to show"
            yield checked.problem(file.file, ("urgent",), message)


def _dates_are_in_order(checked: RuleContext) -> Iterator[Problem]:
    for file in checked.files():
        reviewed, review_by = getattr(file, "reviewed", None), getattr(file, "review_by", None)
        if reviewed and review_by and review_by <= reviewed:
            yield checked.problem(file.file, ("review_by",), "must be later than 'reviewed'")
    for country in checked.book.countries.values():
        for i, line in enumerate(country.lines):
            if line.due <= line.checked:
                message = "must be later than 'checked'"
                yield checked.problem(country.file, ("lines", i, "due"), message)


def _help_lines_can_be_reached(checked: RuleContext) -> Iterator[Problem]:
    for country in checked.book.countries.values():
        for i, line in enumerate(country.lines):
            if not (line.call or line.text_to or line.web):
                message = "has no way to reach it; give 'call', 'text_to' or 'web'"
                yield checked.problem(country.file, ("lines", i), message)


def _help_reaches_every_country(checked: RuleContext) -> Iterator[Problem]:
    book = checked.book
    offered = {country.country: {line.kind for line in country.lines} for country in book.countries.values()}
    for file in checked.files():
        kinds = set(getattr(file, "lines", ())) if not isinstance(file, model.Country) else set()
        without = [country for country, has in offered.items() if kinds and not kinds & has]
        if without:
            message = f"shows no line in {', '.join(without)}; add a kind of line that these have too"
            yield checked.problem(file.file, ("lines",), message)


def _lines_belong_to_pages_and_dangers(checked: RuleContext) -> Iterator[Problem]:
    book = checked.book
    pages = {found.id for found in addresses(book, checked.loaded.by_hand)}
    dangers = {HARMLESS, *(kind.id for kind in (book.search.danger if book.search else ()))}
    for name in checked.loaded.typed:
        folder, _, stem = name.removesuffix(".txt").rpartition("/")
        known = pages if folder == ASKED else dangers
        if stem not in known:
            what = "page" if folder == ASKED else "kind of danger in search.yml"
            message = f"no {what} is called '{stem}'{did_you_mean(stem, known)}; rename the file"
            yield Problem(f"content/{name}", 1, 1, message)


def _first_layers_are_short(checked: RuleContext) -> Iterator[Problem]:
    writing = checked.book.writing
    most = writing.open_words if writing else {}
    for kind, file, words in counted(checked.book):
        total, longest = sum(words.values()), max(words, key=lambda field: words[field])
        if total > (bound := most.get(kind, total)):
            message = (
                f"the page shows {total} words before anything is unfolded, {words[longest]} of them in "
                f"'{longest}'; keep it to {bound}: shorten, or fold ('more', 'explanation') what can wait"
            )
            yield checked.problem(file.file, (longest,), message)


def _open_lists_are_short(checked: RuleContext) -> Iterator[Problem]:
    writing = checked.book.writing
    most = writing.list_length if writing else None
    for advice in checked.book.advising() if most else ():
        for is_do, name in ((True, "do"), (False, "avoid")):
            listed = [i for i, p in enumerate(advice.advice) if p.is_do == is_do and not p.more]
            if most and len(listed) > most:
                message = (
                    f"is number {most + 1} of {len(listed)} open points with '{name}'; "
                    f"keep to {most}: join two, or fold one with 'more: true'"
                )
                yield checked.problem(advice.file, ("advice", listed[most]), message)


RULES: tuple[Rule, ...] = (
    _stages_take_no_address_of_another_page,
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
    _lines_belong_to_pages_and_dangers,
    _first_layers_are_short,
    _open_lists_are_short,
)
