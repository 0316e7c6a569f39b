"""What the handbook's plans say to people who can be hurt by them. About this content, not about the code."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from kit import ROOT, TEMPLATES, url_of

from guidebook.build import phrases_beside, read, render
from guidebook.tree.walk import Walker, sections, sections_of

if TYPE_CHECKING:
    from pathlib import Path

    from guidebook.content.model.tree import Outcome

pytestmark = pytest.mark.content

CONTENT = read(ROOT / "content")
BOOK = CONTENT.book
CALM: dict[str, str | list[str]] = {"afraid": "not-afraid", "signs": [], "thoughts": "none-of-it"}
# Somebody calm, whom nobody has told to stop, and to whom something happens.
IN_IT: dict[str, str | list[str]] = {
    "afraid": "not-afraid",
    "signs": [],
    "thoughts": "none-of-it",
    "asked": "neither",
    "where_now": "in-it",
    "ties": [],
}
PAGES = {page.path: page.html for page in render(CONTENT, TEMPLATES, phrases_beside(TEMPLATES))}


def shown_to(**answers: str | list[str]) -> tuple[Outcome, dict[str, list[str]]]:
    """The outcome that these answers lead to, and the lines of the sections that it shows, by title."""
    given = {question.replace("_", "-"): [a] if isinstance(a, str) else a for question, a in answers.items()}
    walked = Walker(BOOK).walk(given)
    outcome = BOOK.outcomes[walked.at]
    shown = sections_of(BOOK, walked)
    lines: dict[str, list[str]] = defaultdict(list)
    for name, section in sections(BOOK, outcome):
        if name in shown:
            lines[section.title or ""] += [*section.first, *section.do]
    return outcome, lines


IF_SO = (
    "If an order protects you",
    "If they say they will hurt themself",
    "If they do not leave you alone",
    "If family or friends press or threaten you",
    "If they want money or pictures, or threaten to show something",
)


def test_who_says_that_they_are_afraid_sees_what_skipped_questions_would_have_shown() -> None:
    outcome, shown = shown_to(afraid="afraid", thoughts="none-of-it", ties=[])

    assert outcome.id == "first-steps"
    for title in IF_SO:
        assert shown[title], title


def test_nobody_who_needs_support_sees_less_of_it_for_saying_less() -> None:
    tests = [test for test in BOOK.tree.tests if test.outcome == "first-steps"] if BOOK.tree else []
    for test in tests:
        walked = Walker(BOOK).walk(test.given)
        titles = dict(sections(BOOK, BOOK.outcomes[walked.at]))
        shown = {titles[name].title for name in sections_of(BOOK, walked)}
        assert shown >= set(IF_SO), test.says
    assert len(tests) > 10


def test_nobody_is_told_to_answer_who_was_not_asked_about_an_order() -> None:
    outcome, shown = shown_to(afraid="rather-not-say", thoughts="none-of-it", ties=["children"])
    paper = " ".join(shown["If there is any paper of a court or the police"])

    assert outcome.id == "talk-first"
    assert "answer child matters" not in " ".join(shown["The children"])
    assert "Read it today, or ask a lawyer" in paper
    assert "write nothing" in paper


APPROACHES = sorted(
    outcome.id
    for outcome in BOOK.outcomes.values()
    if "approach" in outcome.flags or any("approach" in section.flags for section in outcome.sections)
)


@pytest.mark.parametrize("outcome_id", APPROACHES)
def test_whoever_is_told_to_approach_reads_for_whom_it_is_not(outcome_id: str) -> None:
    assert "was ever afraid, hurt or controlled" in PAGES[f"outcomes/{outcome_id}.md"]
    assert "neither of you is afraid" not in PAGES[f"outcomes/{outcome_id}.md"]
    assert len(APPROACHES) > 12


def test_money_and_threats_are_never_answered_with_warmth() -> None:
    for last in (
        {"their_message": "money"},
        {"their_message": "emergency", "what_emergency": "money"},
    ):
        outcome, shown = shown_to(**IN_IT, what_happened="they-wrote", **last)
        assert outcome.id == "pay-nothing"
        assert shown[""][0].startswith("Send no money")
    assert "If money is asked for" in PAGES["outcomes/plan-warm-sentence.md"]


def test_family_that_presses_is_never_called_well_meaning() -> None:
    told = [path for path, text in PAGES.items() if re.search(r"[Mm]ost (of them )?mean it well", text)]

    assert [path for path in told if path.startswith(("outcomes/", "decide"))] == []


KEEP_A_PICTURE = re.compile(r"[Kk]eep a picture of|pictures of the screen|pictures that show the sender")
NOT_OF_A_CHILD = re.compile(
    r"under 18[^.]*\. Then do not copy|[Mm]ake no copy of a private picture of somebody under 18"
)


def test_nobody_is_told_to_keep_a_picture_without_a_word_on_those_under_18() -> None:
    told = {
        path
        for path, text in PAGES.items()
        if path.startswith(("outcomes/", "situations/")) and KEEP_A_PICTURE.search(text)
    }

    assert "outcomes/first-steps.md" in told
    assert [path for path in sorted(told) if not NOT_OF_A_CHILD.search(PAGES[path])] == []


def test_no_plan_shows_only_another_countrys_help(site: Path) -> None:
    countries = [BOOK.countries[item] for item in BOOK.guide.countries]
    for outcome in BOOK.outcomes.values():
        if outcome.lines:
            page = (site / url_of(f"outcomes/{outcome.id}.md") / "index.html").read_text(encoding="utf-8")
            for country in countries:
                assert f"<summary>{country.country}</summary>" in page, (outcome.id, country.id)
                assert not country.emergency or f'href="tel:{country.emergency.number}"' in page


def test_the_page_and_the_plan_say_the_same_of_a_message_after_a_no() -> None:
    for path in ("situations/asked-to-stop.md", "outcomes/plan-leave-them-be.md"):
        assert re.search(r"[Ww]ait a day, (and )?show it to somebody", PAGES[path]), path
        assert re.search(r"[Ll]eave it\s+unanswered", PAGES[path]), path
        assert "you can answer what they ask" not in PAGES[path]


def test_a_child_is_not_left_without_an_answer_and_an_order_is_kept() -> None:
    asked: dict[str, str | list[str]] = {**CALM, "since_then": "not-since"}
    title = "If they ask about a sick child or a hand-over"
    _, after_a_no = shown_to(**asked, asked="they-asked", ties=["children"])
    _, under_an_order = shown_to(**asked, asked="order-on-me", ties=["children"])

    assert after_a_no[title]
    assert title not in under_an_order
