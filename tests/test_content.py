"""What a contributor gets: pages for good content, messages for mistakes."""

from __future__ import annotations

import csv
import re
from statistics import median
from typing import TYPE_CHECKING

import pytest
from kit import ROOT, TEMPLATES, cases, change, read_case, real_content
from pydantic import TypeAdapter, ValidationError

from guidebook.build import build, phrases_beside, read, render
from guidebook.content import model
from guidebook.content.problems import ContentError
from guidebook.reports import grade, grades

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from guidebook.content.model.advice import Citation


def problems_of(content: Path) -> list[str]:
    with pytest.raises(ContentError) as caught:
        read(content)
    return [str(problem) for problem in caught.value.problems]


@pytest.mark.parametrize("case", cases("pages"))
def test_content_becomes_this_page(
    case: Path, small_guide: Path, golden: Callable[[Path, str], None]
) -> None:
    told = read_case(case)
    change(small_guide, told)

    pages = {page.path: page for page in build(small_guide, TEMPLATES)}

    page = pages[told["page"]]
    frame = "".join(f"<!-- {name}: {value} -->\n" for name, value in page.meta.items())
    golden(case.with_suffix(".html"), f"{frame}{page.html}")


@pytest.mark.parametrize("case", cases("problems"))
def test_a_mistake_is_located_and_explained(
    case: Path, small_guide: Path, golden: Callable[[Path, str], None]
) -> None:
    change(small_guide, read_case(case))

    golden(case.with_suffix(".txt"), "\n".join(problems_of(small_guide)) + "\n")


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        (b"title: caf\xe9\n", "1:11: is not UTF-8; save the file with that encoding"),
        ("title: A\n".encode("utf-16"), "1:1: is not UTF-8; save the file with that encoding"),
        (b"title: A\x00\n", "1:9: there is an invisible sign here; delete it"),
        (b"", "1:1: the file is empty; write something or delete it"),
        (b"# only a comment\n", "1:1: the file is empty; write something or delete it"),
        (b"- a\n- b\n", "1:1: must be lines of 'key: value'"),
        (b"a: " + b"[" * 60_000, "1:43: is nested too deeply; write it flatter"),
        (b"a: " + b"{b: " * 60_000, "1:160: is nested too deeply; write it flatter"),
        (b"a:\n" + b"- " * 200 + b"b", "2:79: is nested too deeply; write it flatter"),
        (b"a: &x [1]\nb: *x\n", "1:4: anchors and aliases (& and *) are not used here; put text in quotes"),
    ],
)
def test_a_file_that_is_no_content_is_refused(small_guide: Path, raw: bytes, message: str) -> None:
    (small_guide / "variants/third.yml").write_bytes(raw)

    assert problems_of(small_guide) == [f"content/variants/third.yml:{message}"]


def test_a_number_to_ring_is_one_number_and_nothing_else() -> None:
    with (ROOT / "tests/numbers.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    number = TypeAdapter(model.Number)

    def rings(value: str) -> str:
        try:
            number.validate_python(value)
        except ValidationError:
            return "no"
        return "yes"

    assert [row for row in rows if rings(row["value"]) != row["rings"]] == []
    assert {row["rings"] for row in rows} == {"yes", "no"}


@pytest.mark.parametrize(
    ("written", "rung"),
    [
        ("0808 2000 247", "08082000247"),
        ("(022) 2754-6669", "02227546669"),
        ("+44 (0)808 2000 247", "+448082000247"),
        ("+1 800.799.7233", "+18007997233"),
        ("116 123", "116123"),
        ("(0)800 111 0 111", "08001110111"),
    ],
)
def test_a_telephone_gets_the_digits_of_a_number(written: str, rung: str) -> None:
    assert model.dialled(written) == rung


def test_a_byte_order_mark_does_no_harm(small_guide: Path) -> None:
    path = small_guide / "glossary.yml"
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())

    assert read(small_guide).book.glossary


def test_a_page_by_hand_in_another_encoding_stops_nothing(small_guide: Path) -> None:
    (small_guide / "about.md").write_bytes(b"# The Caf\xe9 of plants\n")

    assert read(small_guide).by_hand["about.md"].title == "The Caf\ufffd of plants"


def test_every_mistake_is_reported_in_one_run(small_guide: Path) -> None:
    change(
        small_guide,
        {
            "edit": {
                "topics/keeping/water.yml": {"title: Water": "titel: Water"},
                "glossary.yml": {"term: Soil": "term: no"},
                "topics/choosing/light.yml": {"related: [water]": "related: [wather]"},
            },
            "write": {"variants/third.yml": "a: [\n"},
        },
    )

    files = {problem.partition(":")[0] for problem in problems_of(small_guide)}

    assert files == {
        "content/topics/keeping/water.yml",
        "content/glossary.yml",
        "content/topics/choosing/light.yml",
        "content/variants/third.yml",
    }


@pytest.mark.content
def test_the_real_content_is_well() -> None:
    content = real_content()

    assert len(content.book.topics) >= 14


@pytest.mark.content
def test_no_reader_disputes_advice_in_the_name_of_an_article() -> None:
    book = real_content().book
    points = [
        (f"{home.file}#{point.id}", point.sources)
        for home in (*book.topics.values(), *book.situations.values())
        for point in home.advice
    ]
    forms = [(form.file, form.sources) for form in book.variants.values()]

    assert [
        (where, citation.place)
        for where, citations in (*points, *forms)
        for citation in citations
        if citation.stance == "disputes" and _is_a_readers(citation)
    ] == []


@pytest.mark.content
def test_what_comes_from_comments_says_so() -> None:
    book = real_content().book
    positions = [
        (f"{topic.file}#{question.id}", position.says, position.sources)
        for topic in book.topics.values()
        for question in topic.disagreements
        for position in question.positions
    ]
    assert book.left_out
    entries = [
        (f"{book.left_out.file}#{entry.id}", f"{entry.said} {entry.reason}", entry.sources)
        for group in book.left_out.groups
        for entry in group.entries
    ]

    def all_from_comments(citations: list[Citation]) -> bool:
        speakers = {speaker.id for found in citations if (speaker := book.speaker_of(found))}
        return speakers <= {"reader", "adviser"}

    assert [
        (where, says)
        for where, says, citations in (*positions, *entries)
        if any(map(_is_a_readers, citations)) and not _tells_of_a_reader(says)
    ] == []
    assert [
        (where, says)
        for where, says, citations in positions
        if all_from_comments(citations) and not _tells_of_a_reader(says)
    ] == []


def _is_a_readers(citation: Citation) -> bool:
    return citation.place.startswith("reader-")


def _tells_of_a_reader(says: str) -> bool:
    return "reader" in says.lower()


def test_a_guide_without_its_first_file_says_so(small_guide: Path) -> None:
    (small_guide / "handbook.yml").unlink()

    told = problems_of(small_guide)

    assert told == ["content/handbook.yml:1:1: there is no such file; a guide begins with it"]


@pytest.mark.content
def test_moments_and_topics_are_easy_to_read() -> None:
    found = grades(real_content().book)

    assert [item for item in found if item.kind == "moment" and item.grade > 6] == []
    assert median(item.grade for item in found if item.kind == "topic") <= 7


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("The cat sat on the mat.", -1.4),
        ("You can wait. Put the phone away. Ring somebody you trust.", 1.3),
        ("Extraordinary circumstances necessitate comprehensive institutional consideration.", 41.0),
    ],
)
def test_the_grade_tells_easy_from_hard(words: str, expected: float) -> None:
    assert grade(words) == pytest.approx(expected, abs=4)


@pytest.mark.content
def test_the_questions_that_readers_type_have_a_page() -> None:
    book = real_content().book
    pages = {*book.topics, *book.situations, *book.moments, *book.variants}
    lines = (ROOT / "tests/reader_questions.tsv").read_text(encoding="utf-8").splitlines()[1:]
    accepted = [line.split("\t")[2].split() for line in lines]

    assert {page for row in accepted for page in row} <= pages
    assert all(len(row) <= 2 for row in accepted)
    assert sum(1 for row in accepted if row) >= 0.95 * len(accepted)


@pytest.mark.content
def test_every_citation_says_how_it_bears_and_who_speaks() -> None:
    pages = render(real_content(), TEMPLATES, phrases_beside(TEMPLATES))
    speakers = {speaker.id for speaker in real_content().book.guide.speakers}
    shown = [
        dict(re.findall(r'data-(stance|by)="([^"]*)"', tag))
        for page in pages
        for tag in re.findall(r"<span[^>]*data-stance[^>]*>", page.html)
    ]

    assert len(shown) > 1000
    assert [found for found in shown if found.get("by") not in speakers] == []


@pytest.mark.content
def test_each_form_has_points_of_its_own_in_each_stage_of_it() -> None:
    book = real_content().book
    stages = [stage.id for stage in book.guide.stages][1:]
    named = {
        (topic.stage, variant)
        for topic in book.topics.values()
        for point in topic.advice
        for variant in point.variants or topic.variants
    }

    assert [(stage, form) for form in book.variants for stage in stages if (stage, form) not in named] == []
    assert [form.id for form in book.variants.values() if not form.meant] == []


@pytest.mark.content
def test_each_claim_of_an_article_is_told_or_left_aside_with_a_reason() -> None:
    articles = [source for source in real_content().book.sources.values() if source.kind == "article"]

    untold = [
        f"{source.id}/{place.id}: {claim.says}"
        for source in articles
        for place in source.places
        for claim in place.claims
        if claim.is_untold
    ]

    assert len(articles) == 5
    assert untold == []
