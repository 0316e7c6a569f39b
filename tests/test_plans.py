"""What the handbook's plans say to people who can be hurt by them. About this content, not about the code."""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING

import pytest
from kit import TEMPLATES, real_content, url_of

from guidebook.build import phrases_beside, render
from guidebook.tree.walk import Walker, sections, sections_of

if TYPE_CHECKING:
    from pathlib import Path

    from guidebook.content.model.tree import Outcome

pytestmark = pytest.mark.content

CONTENT = real_content()
BOOK = CONTENT.book
# Somebody who is not in danger, whom nobody has told to stop, and to whom something happens.
CALM: dict[str, str | list[str]] = {
    "where_now": "in-it",
    "harm_to_you": [],
    "harm_by_you": [],
    "how_you_are": [],
    "asked": "neither",
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


SIGNS = [option.id for option in BOOK.questions["harm-to-you"].options if option.id != "not-sure"]
SAFETY = [outcome for outcome in BOOK.outcomes.values() if "safety" in outcome.flags]


def test_each_result_on_safety_has_something_on_each_danger() -> None:
    """Shown where it was ticked, and else closed, under a title that says whom it is for."""
    for outcome in SAFETY:
        matters = {section.id for _, section in sections(BOOK, outcome)}
        assert matters >= {"safe-ground", "order", "own-acts", "low", "forced", "followed"}, outcome.id
        assert matters >= {"wont-stop", "controlled", "pictures", "their-life"}, outcome.id
    assert len(SAFETY) > 5


def test_a_sign_that_was_ticked_is_open_and_one_that_was_not_is_closed() -> None:
    outcome, _ = shown_to(**{**CALM, "harm_to_you": ["forced"], "is_it_now": []})
    walked = Walker(BOOK).walk(
        {
            "where-now": ["in-it"],
            "harm-to-you": ["forced"],
            "is-it-now": [],
            "harm-by-you": [],
            "how-you-are": [],
            "asked": ["neither"],
            "ties": [],
        }
    )
    shown = dict(sections(BOOK, outcome))
    parts = [shown[name] for name in sections_of(BOOK, walked)]

    assert [part.folded for part in parts if part.id == "forced"] == [False]
    assert [part.folded for part in parts if part.id == "pictures"] == [True]


def test_nobody_is_told_to_answer_who_was_not_asked_about_an_order() -> None:
    outcome, shown = shown_to(**{**CALM, "harm_to_you": ["not-sure"], "is_it_now": [], "ties": ["children"]})
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
        outcome, shown = shown_to(**CALM, what_happened="they-wrote", **last)
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
    asked: dict[str, str | list[str]] = {**CALM, "since_then": "not-since", "ties": ["children"]}
    title = "If they ask about a sick child or a hand-over"
    _, after_a_no = shown_to(**{**asked, "asked": "they-asked"})
    _, under_an_order = shown_to(**{**asked, "asked": "order-on-me"})

    assert after_a_no[title]
    assert title not in under_an_order
