"""What somebody reads who reviews a guide from outside: `handbook review`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from kit import ROOT, TEMPLATES, change, read_case, real_content

from guidebook.cli import main
from guidebook.content.inline_markup import plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from guidebook.content.handbook import Content

CASE = ROOT / "tests/review/the-small-guide.yml"


def written(content: Path, folder: Path) -> tuple[int, str, str]:
    """The exit status, what is told, and the document."""
    output = folder / "review.html"
    options = ["--content", str(content), "--templates", str(TEMPLATES), "--today", "2026-12-01"]
    result = CliRunner().invoke(main, ["review", *options, "--output", str(output)], catch_exceptions=False)
    return result.exit_code, result.output, output.read_text(encoding="utf-8") if output.exists() else ""


@pytest.fixture(scope="module")
def real() -> Content:
    return real_content()


@pytest.fixture(scope="module")
def document(tmp_path_factory: pytest.TempPathFactory) -> str:
    return written(ROOT / "content", tmp_path_factory.mktemp("review"))[2]


def test_a_guide_becomes_one_document(
    small_guide: Path, tmp_path: Path, golden: Callable[[Path, str], None]
) -> None:
    change(small_guide, read_case(CASE))

    code, told, html = written(small_guide, tmp_path)

    assert code == 0, told
    assert "review.html: 26 kB" in told
    golden(CASE.with_suffix(".html"), html)


def test_the_document_needs_nothing_else_and_runs_nothing(small_guide: Path, tmp_path: Path) -> None:
    change(small_guide, read_case(CASE))

    html = written(small_guide, tmp_path)[2]
    ids = re.findall(r' id="([^"]*)"', html)
    leads_to = re.findall(r' href="([^"]*)"', html)

    assert len(ids) > 50
    assert not re.search(r"<script|<link|<img|\ssrc=|\sstyle=|@import|url\(", html)
    assert len(ids) == len(set(ids))
    assert {link.removeprefix("#") for link in leads_to} <= set(ids)


def test_a_guide_that_asks_nothing_is_told_so(small_guide: Path, tmp_path: Path) -> None:
    code, told, html = written(small_guide, tmp_path)

    assert (code, html) == (1, "")
    assert "say it under 'review' in handbook.yml" in told


@pytest.mark.content
def test_all_that_could_hurt_somebody_is_in_the_real_document(real: Content, document: str) -> None:
    book = real.book
    assert book.tree
    places = {
        *(f"questions/{question}" for question in book.questions),
        *(f"outcomes/{outcome}" for outcome in book.outcomes),
        *(f"shared/{shared}" for shared in book.shared),
        *(f"promises/{promise.id}" for promise in book.tree.properties),
        *(f"people/{person}" for person in book.people),
        *(f"gates/{gate.id}" for gate in book.guide.gates),
        *(f"countries/{country}" for country in book.countries),
    }

    assert len(book.people) > 100
    assert places - set(re.findall(r'<h3 id="([^"]*)"', document)) == set()


@pytest.mark.content
def test_every_page_about_safety_is_in_the_real_document(real: Content, document: str) -> None:
    book = real.book
    safe = [outcome for outcome in book.outcomes.values() if "safety" in outcome.flags]
    linked = {page for outcome in safe for page in outcome.related}
    linked |= {page for outcome in safe for section in outcome.sections for page in section.links}
    grouped = {page for group in book.guide.situations if group.for_review for page in group.situations}
    wanted = {"support", "stalked", "making-a-change", "staying-safe"} | grouped | linked
    shown = {place.partition("/")[2] for place in re.findall(r'<h3 id="([^"]*)"', document)}

    assert len(safe) > 5
    assert grouped
    assert wanted - shown == {"help"}


@pytest.mark.content
def test_no_words_of_the_real_questions_and_results_are_left_out(real: Content, document: str) -> None:
    book = real.book
    words = " ".join(re.sub(r"<[^>]*>", "", document).replace("&#39;", "'").replace("&#34;", '"').split())
    own = [
        *(text for question in book.questions.values() for text in (question.question, question.why)),
        *(option.label for question in book.questions.values() for option in question.options),
        *(text for plan in book.outcomes.values() for text in (plan.title, *plan.why, plan.worse)),
        *(line for file in book.planning() for section in file.sections for line in section.do),
        *(line for person in book.people.values() for line in (*person.would, *person.must_not)),
        *(line.helps for country in book.countries.values() for line in country.lines),
    ]
    # Behind a link stands its id, so words before the first link are what is looked for.
    starts = [plain(text.partition("[[")[0]) for text in own]

    assert [start for start in starts if start not in words] == []


@pytest.mark.content
def test_the_page_about_the_handbook_says_how_long_the_document_is(document: str) -> None:
    about = (ROOT / "content/about.md").read_text(encoding="utf-8")
    told = re.search(r"([\d,]+) words", " ".join(about.split()))
    real = re.search(r"<p>([\d,]+) words in all", document)

    assert told
    assert real
    assert int(told[1].replace(",", "")) == pytest.approx(int(real[1].replace(",", "")), rel=0.15)
