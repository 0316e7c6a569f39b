"""What the command `handbook` tells a maintainer."""

from __future__ import annotations

import json
import re
import subprocess
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner
from kit import ROOT, change

from guidebook.cli import main

if TYPE_CHECKING:
    from pathlib import Path


def told(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(main, arguments, catch_exceptions=False)
    return result.exit_code, result.output


def test_sources_shows_where_each_claim_is_told(small_guide: Path) -> None:
    code, output = told("sources", "--all", "--content", str(small_guide))

    assert code == 0
    assert "green-book: 4 claims, 1 told nowhere, 1 left aside" in output
    assert "winter: water#no-calendar (qualifies), disagreements#water-debate (supports)" in output
    assert "    Winter is a time of rest. (water#no-calendar)" in output
    assert "    Sings to the pots. (It harms no plant.)" in output


def test_sources_reports_a_claim_that_is_told_nowhere(small_guide: Path) -> None:
    place = "  - {id: pots, claims: [{says: Pots need a hole.}]}\n  - {id: windows"
    change(small_guide, {"edit": {"sources/green-book.yml": {"  - {id: windows": place}}})

    _, output = told("sources", "--content", str(small_guide))

    assert "5 claims, 2 told nowhere, 1 left aside" in output
    assert "pots: nothing cites it" in output
    assert "    Pots need a hole. (told nowhere)" in output
    assert "Winter is a time of rest" not in output


def test_map_counts_points_and_names_what_is_empty(small_guide: Path) -> None:
    _, output = told("map", "--content", str(small_guide))
    rows = {line.split()[0]: line.split()[1:] for line in output.splitlines() if line.split()[1:]}

    assert rows["by-hand"] == ["1", "-", "-"]
    assert rows["everybody"] == ["-", "2", "-"]
    assert "No point names: wick" in output


def test_map_lists_what_is_both_advised_and_advised_against(small_guide: Path) -> None:
    point = "avoid: Do not buy a second one.\n    act: buy\n    variants: [wick]"
    avoid = "avoid: Do not water by the calendar."
    script = {"    act: buy": "    act: buy\n    variants: [by-hand]"}
    edits = {"topics/keeping/water.yml": {avoid: point}, "situations/cats.yml": script}
    change(small_guide, {"edit": edits})

    code, output = told("map", "--content", str(small_guide))

    assert code == 0
    assert "buy: to do in light#by-the-window; to avoid in water#no-calendar" in output
    assert "they are for different readers" in output


@pytest.mark.parametrize(
    ("today", "arguments", "code", "words"),
    [
        ("2026-12-01", ["--dates"], 0, "All is well"),
        ("2027-11-01", ["--dates"], 0, "is due for review on 2027-11-22"),
        ("2027-11-23", [], 0, "was due for review on 2027-11-22"),
        ("2027-11-23", ["--dates"], 1, "was due for review on 2027-11-22"),
    ],
)
def test_only_dates_fails_on_what_is_overdue(
    small_guide: Path, today: str, arguments: list[str], code: int, words: str
) -> None:
    found = told("check", "--today", today, *arguments, "--content", str(small_guide))

    assert found[0] == code
    assert words in found[1]


def test_tree_proof_counts_ways_and_names_promises(small_guide: Path) -> None:
    code, output = told("tree", "proof", "--content", str(small_guide))

    # Fine ends at once; wilted goes on to two ticks, which make four.
    assert code == 0
    assert "5 ways through" in output
    assert "holds: wilting-is-soon" in output
    assert "The longest has 2 questions (at most 2 are allowed)" in output


PERSON = "decision-tree/people/away-on-weekends.yml"


def test_tree_people_shows_each_sentence_beside_what_says_it(small_guide: Path) -> None:
    code, output = told("tree", "people", "--content", str(small_guide))

    assert code == 0
    assert output.startswith(
        "away-on-weekends (hard, needs 'soon'): well\n"
        "  As it is: 'give-water', which is 'soon'\n"
        "  They call it fine (played down): 'do-nothing', which is 'calm'\n"
        "  A good adviser would say:\n"
        "    Give it water today, in the sink.\n"
        "      said by 'do it in the sink'\n"
    )
    assert "      left out: Whom they live with is no matter of ours.\n" in output
    assert "      looked for, and not there: the page 'cats', the flag 'wilting'\n" in output
    assert "      nothing that a plan could hold is named for it\n" in output


def test_tree_people_counts_them_by_weight(small_guide: Path) -> None:
    change(small_guide, {"edit": {PERSON: {"[water/feel-the-soil]": "[light/by-the-window]"}}})

    code, output = told("tree", "people", "--content", str(small_guide))

    assert code == 1
    assert (
        "    Feel the soil before the next time.\n"
        "      FAILED: the point 'light/by-the-window' is not in 'give-water', where 'As it is' leads; "
    ) in output
    assert output.endswith(
        "            people  walked  failed\n"
        "hard             1       1       1\n"
        "ordinary         1       0       0\n"
        "Not walked yet, since nobody has said how they answer: new-to-plants.\n"
    )


def test_tree_people_says_who_is_failed_and_why_whatever_else_is_wrong(small_guide: Path) -> None:
    change(
        small_guide,
        {
            "edit": {
                PERSON: {"flags: [wilting]": "words: new soil", "signs: [dry]": "signs: [smell]"},
                "decision-tree/tree.yml": {"outcome: do-nothing": "outcome: repot"},
            }
        },
    )

    code, output = told("tree", "people", "away-on-weekends", "--content", str(small_guide))

    assert code == 1
    assert output == (
        "away-on-weekends (hard, needs 'soon'): FAILED\n"
        "  As it is: no plan\n"
        "    FAILED: reaches the outcome 'repot', not 'give-water'\n"
        "  They call it fine (played down): 'do-nothing', which is 'calm'\n"
        "  What their plan says is looked at once every walk reaches one.\n\n"
    )


@pytest.mark.parametrize(
    ("asked", "code", "words"),
    [
        ("new-to-plants", 0, "new-to-plants (ordinary, needs 'calm'): not walked yet\n\n"),
        ("new-to-plans", 2, "there is nobody called 'new-to-plans'; did you mean 'new-to-plants'?\n"),
    ],
)
def test_tree_people_knows_who_is_not_walked_and_who_is_not_there(
    small_guide: Path, asked: str, code: int, words: str
) -> None:
    assert told("tree", "people", asked, "--content", str(small_guide)) == (code, words)


def test_tree_people_leaves_nobody_out_unseen(small_guide: Path) -> None:
    change(small_guide, {"edit": {PERSON: {"weight: hard": "weight: heavy", "who: ": "whom: "}}})

    code, output = told("tree", "people", "--content", str(small_guide))

    assert code == 1
    assert f"content/{PERSON}:1:1: 'whom' is not a field here" in output


def test_help_names_every_command() -> None:
    _, output = told("--help")

    assert {"build", "check", "map", "sources"} <= set(output.split())


@pytest.mark.parametrize(
    ("own", "arguments", "code"),
    [("false", [], 1), ("false", ["--accepted-by", "A. Person"], 0), ("true", [], 0)],
)
def test_lines_that_are_not_confirmed_need_a_person(
    small_guide: Path, own: str, arguments: list[str], code: int
) -> None:
    change(small_guide, {"edit": {"support/nearby.yml": {"own_page: true": f"own_page: {own}"}}})

    found = told("lines", *arguments, "--content", str(small_guide))

    assert found[0] == code
    assert ("The plant doctor" in found[1]) == (own == "false")


def test_the_editors_schema_knows_what_the_check_knows(tmp_path: Path) -> None:
    code, output = told("schema", str(tmp_path))
    topic = json.loads((tmp_path / "topic.json").read_text(encoding="utf-8"))
    settings = json.loads((ROOT / ".vscode/settings.json").read_text(encoding="utf-8"))["yaml.schemas"]

    assert code == 0
    assert topic["additionalProperties"] is False
    assert "question" in topic["required"]
    assert not {"id", "file", "stage"} & set(topic["properties"])
    assert {f"{name} for {files}" for name, files in settings.items()} == {
        line.replace(str(tmp_path), ".schema") for line in output.splitlines()
    }


@pytest.fixture
def in_git(small_guide: Path) -> Path:
    """The small guide in a repository of its own, with one commit called `before`."""
    for command in (
        ("init", "--quiet", "--initial-branch=main"),
        ("config", "user.name", "Somebody"),
        ("config", "user.email", "somebody@example.org"),
        ("add", "."),
        ("commit", "--quiet", "--message=Begin"),
        ("tag", "before"),
    ):
        subprocess.run(["git", *command], cwd=small_guide.parent, check=True)
    return small_guide


def test_tree_diff_of_a_copy_edit_is_empty(in_git: Path) -> None:
    edit = {"question: How do the leaves look?": "question: And the leaves?", "Fine,": "They look fine,"}
    change(in_git, {"edit": {"decision-tree/questions/leaves.yml": edit}})

    code, output = told("tree", "diff", "before", "--content", str(in_git))

    assert (code, output) == (0, "Every way through ends where it did.\n")


REROUTED = {
    "edit": {
        "decision-tree/questions/leaves.yml": {
            "label: Fine, next: do-nothing": "label: Fine, next: give-water"
        },
        "decision-tree/questions/signs.yml": {
            "  - to: repot": "  - {if: {question: signs, answer: smell}, to: repot}\n  - to: do-nothing"
        },
        "decision-tree/outcomes/do-nothing.yml": {"urgency: calm": "urgency: soon"},
    }
}


def test_tree_diff_groups_what_moved_by_outcome(in_git: Path) -> None:
    change(in_git, REROUTED)

    code, output = told("tree", "diff", "before", "--content", str(in_git))

    assert code == 0
    assert output == (
        "2 of 5 ways through now end elsewhere.\n"
        "\ndo-nothing (Leave it alone)\n"
        "  1 now at give-water (Give it water), such as:\n"
        "    How do the leaves look? Fine\n"
        "\nrepot (Give it new soil)\n"
        "  1 now at do-nothing (Leave it alone), such as:\n"
        "    How do the leaves look? Wilted\n"
        "    What else do you see? (nothing ticked)\n"
    )


def test_tree_diff_writes_markdown_for_a_pull_request(in_git: Path) -> None:
    change(in_git, REROUTED)

    _, output = told("tree", "diff", "before", "--markdown", "--content", str(in_git))

    assert output.startswith("**2 of 5 ways through now end elsewhere.**\n")
    assert "\n### repot (Give it new soil)\n" in output
    assert "    1. How do the leaves look? **Wilted**\n" in output


def test_tree_diff_tells_of_answers_that_came_and_went(in_git: Path) -> None:
    answer = "{id: fine, label: Fine, next: do-nothing}"
    new = "{id: spotted, label: Spotted, next: do-nothing}"
    change(
        in_git,
        {
            "edit": {
                "decision-tree/questions/leaves.yml": {answer: new},
                "decision-tree/tree.yml": {"leaves: fine": "leaves: spotted"},
            }
        },
    )

    _, output = told("tree", "diff", "before", "--content", str(in_git))

    assert "do-nothing (Leave it alone)\n  1 now at nowhere, for an answer is missing there" in output
    assert "    How do the leaves look? Fine\n" in output
    assert "nowhere, for an answer is missing there\n  1 now at do-nothing (Leave it alone)" in output


@pytest.mark.parametrize(
    ("spoilt", "revision", "message"),
    [
        (False, "never-tagged", "git does not know 'never-tagged' here"),
        (True, "spoilt", "the tree at spoilt cannot be walked"),
    ],
)
def test_tree_diff_says_why_it_cannot_compare(
    in_git: Path, *, spoilt: bool, revision: str, message: str
) -> None:
    if spoilt:
        tree = (in_git / "decision-tree/tree.yml").read_text(encoding="utf-8")
        (in_git / "decision-tree/tree.yml").write_text("a: [", encoding="utf-8")
        subprocess.run(["git", "commit", "-aqm", "Spoil"], cwd=in_git, check=True)
        subprocess.run(["git", "tag", "spoilt"], cwd=in_git, check=True)
        (in_git / "decision-tree/tree.yml").write_text(tree, encoding="utf-8")

    code, output = told("tree", "diff", revision, "--content", str(in_git))

    assert code == 2
    assert message in output


def test_report_counts_words_and_names_what_stands_on_many_pages(small_guide: Path) -> None:
    said = "Of 40 rooms most had a window."
    edits = {
        "topics/keeping/water.yml": {"why: Plants drink less in winter.": f"why: {said}"},
        "topics/choosing/light.yml": {"why: Rooms are": f"why: {said} Rooms are"},
        "situations/cats.yml": {"unless: The cat can climb there.": f"unless: {said}"},
        "moments/cat-chewed.yml": {"intro: Take the cat away.": f"intro: Take the cat away. {said}"},
    }
    change(small_guide, {"edit": edits})

    code, output = told("report", "--content", str(small_guide))

    assert code == 0
    assert re.search(r"\d+ words in 2 of the kind Topic", output)
    assert re.search(r"[\d.]+ words of a topic stand open in the median, at most \d+ \(water\)", output)
    assert "1 times a sentence stands on more than 3 pages" in output
    assert "  4 of 40 rooms most had a window. (light, water, cats, cat-chewed)" in output
    assert "  4 40 rooms most (light, water, cats, cat-chewed)" in output
