"""The command `handbook`."""

from __future__ import annotations

import io
import json
import logging
import os
import subprocess
import sys
import tarfile
from collections import Counter
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

import click

from guidebook import reports
from guidebook.build import read, read_people, read_tree, review_document
from guidebook.content.problems import ContentError, did_you_mean
from guidebook.content.validation import schemas
from guidebook.search.lessons import LESSONS
from guidebook.tree.diff import tree_diff
from guidebook.tree.people import by_weight, named, people_found
from guidebook.tree.proof import in_words, proven

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from guidebook.content.handbook import Handbook
    from guidebook.tree.diff import TreeDiff
    from guidebook.tree.people import PersonFound, SentenceFound
    from guidebook.tree.proof import Finding


Found = TypeVar("Found")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="handbook-generator", prog_name="handbook")
def main() -> None:
    """Check and build a guide that is kept as YAML.

    Run it in the folder that holds mkdocs.yml.
    """


@main.command()
@click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The file that describes the site.",
)
@click.option(
    "--offline", is_flag=True, help="Build offline/, to be opened without a server, in place of site/."
)
def build(config: Path, *, offline: bool) -> None:
    """Build the site, if nothing is wrong.

    The content is checked first. On any problem or warning the last good site stays as it was, and
    the exit status is 1.
    """
    # Only this command needs MkDocs; the others start faster without it.
    from guidebook.site.mkdocs_plugin import build_site  # noqa: PLC0415

    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
    built = build_site(config, offline=offline)
    if built is None:
        click.echo("Nothing was built; the last good site stays as it was.", err=True)
        sys.exit(1)
    for note in built.notes:
        click.echo(f"Note: {note}", err=True)
    place = os.path.relpath(built.site)
    look = f"open {place}/index.html" if offline else "make serve"
    click.echo(
        f"Built {built.topics} topics on {built.pages} pages in {built.seconds:.1f} seconds.\n"
        f"They are in {place}/. To look at them: {look}"
    )


_content = click.option(
    "--content",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("content"),
    show_default=True,
    help="The folder with the guide's YAML.",
)


_today = click.option(
    "--today",
    type=click.DateTime(["%Y-%m-%d"]),
    default=lambda: datetime.now(tz=UTC).strftime("%Y-%m-%d"),
    help="The day to go by; today if left out.",
)


def _read(content: Path) -> Handbook:
    """The guide in a folder; if it has problems they are printed and the command ends with 1."""
    return _read_with(read, content).book


def _read_with(reader: Callable[[Path], Found], content: Path) -> Found:
    """What is read of a folder; if it has problems they are printed and the command ends with 1."""
    try:
        return reader(content)
    except ContentError as error:
        click.echo("\n".join(str(problem) for problem in error.problems))
        sys.exit(1)


@main.command()
@_content
@click.option("--dates", is_flag=True, help="Also fail if a help line or page is past its day of review.")
@_today
def check(content: Path, *, dates: bool, today: datetime) -> None:
    """Say what is wrong in the content, and where.

    Prints a line per problem, as file:line:column: what is wrong; what to do. What falls due for
    review within 30 days is reported too. Exits with 0 if there is no problem, else with 1; what is
    overdue counts as one only with --dates, so that an old copy still builds.
    """
    book = _read(content)
    day = today.date()
    soon = [item for item in reports.due(book) if item.day <= day + reports.SOON]
    for item in soon:
        state = "was due" if item.day < day else "is due"
        click.echo(f"{item.file}: {item.what} {state} for review on {item.day}")
    if dates and any(item.day < day for item in soon):
        sys.exit(1)
    click.echo(
        f"All is well: {len(book.topics)} topics, {len(book.questions)} questions and "
        f"{len(book.outcomes)} outcomes."
    )


@main.command()
@_content
@click.option("--all", "everything", is_flag=True, help="Show every place, not only those without one.")
def sources(content: Path, *, everything: bool) -> None:
    """Show where each claim of each source is told, and which is told nowhere."""
    places = reports.placed(_read(content))
    for source, group in groupby(places, key=lambda found: found.source):
        found = list(group)
        claims = [claim for place in found for claim in place.claims]
        aside = [claim for claim in claims if claim.aside]
        untold = [claim for claim in claims if claim.is_untold]
        click.echo(f"{source}: {len(claims)} claims, {len(untold)} told nowhere, {len(aside)} left aside")
        for place in found if everything else [p for p in found if any(c.is_untold for c in p.claims)]:
            click.echo(f"  {place.place}: {', '.join(place.cited_in) or 'nothing cites it'}")
            for claim in place.claims:
                if everything or claim.is_untold:
                    where = ", ".join(claim.told) or claim.aside or "told nowhere"
                    click.echo(f"    {claim.says} ({where})")


@main.command()
@_content
@click.option("--accepted-by", default="", help="The person who accepts the lines that are not confirmed.")
def lines(content: Path, accepted_by: str) -> None:
    """List help lines that were not read on the service's own page.

    Exits with 1 if there are any and nobody accepts them. For the one who publishes, never for a build.
    """
    book = _read(content)
    unconfirmed = [
        f"{country.file}: {line.name} (read at {line.seen_at}, {line.checked})"
        for country in book.countries.values()
        for line in country.lines
        if not line.own_page
    ]
    click.echo(
        "\n".join([*unconfirmed, f"{len(unconfirmed)} lines are not confirmed by the service itself."])
    )
    if unconfirmed and not accepted_by.strip():
        sys.exit(1)


@main.command()
@_content
@click.option(
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("review.html"),
    show_default=True,
    help="The file to write.",
)
@click.option(
    "--templates",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("templates/pages"),
    show_default=True,
    help="The folder with the templates of the pages.",
)
@_today
def review(content: Path, output: Path, templates: Path, today: datetime) -> None:
    """Write one document for somebody who reviews the guide from outside.

    It holds all questions, results, promises, people, help lines and pages about safety, each with the name
    by which a remark can be traced. A browser prints it, with a wide margin; a word processor opens it.
    """
    found = _read_with(read, content)
    asked = found.book.guide.review
    if asked is None:
        click.echo("This guide asks nothing of a reviewer; say it under 'review' in handbook.yml.", err=True)
        sys.exit(1)
    written = review_document(found, asked, templates, today.date())
    output.write_text(written, encoding="utf-8")
    click.echo(f"{output}: {len(written.encode()) // 1000:,} kB, to open in a browser or a word processor")


@main.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=Path(".schema"))
def schema(folder: Path) -> None:
    """Write a JSON Schema for each kind of content file, for editors that complete and check as you type.

    FOLDER is .schema if left out, where the settings in .vscode/ look for them.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, pattern, found in schemas():
        path = folder / f"{name}.json"
        path.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
        click.echo(f"{path} for {pattern}")


@main.command()
@_content
def model(content: Path) -> None:
    """Train the search on what readers typed (search/asked/ and search/danger/), and keep what it learned.

    Needs the library of the group `model`; `make model` installs it.
    """
    # A site is built, and a guide checked, without the library.
    from guidebook.search.training import SETTINGS, train  # noqa: PLC0415

    read_content = _read_with(read, content)
    for name, lessons in LESSONS.items():
        lines = lessons(read_content)
        if lines:
            file = content / f"{name}.json"
            file.write_text(train(lines, SETTINGS[name]).as_json(), encoding="utf-8")
            click.echo(f"{file}: {len(lines)} classes from {sum(map(len, lines.values())):,} lines")


@main.command()
@_content
def report(content: Path) -> None:
    """Show how many words readers can read and see at first, and what stands on more than three pages."""
    book = _read(content)
    for amount in reports.amounts(book):
        click.echo(f"{amount.words:7,} words in {amount.files} of the kind {amount.kind}")
    for shown in reports.open_words(book):
        middle = f"{shown.median:g} words of a {shown.kind} stand open in the median"
        click.echo(f"{middle}, at most {shown.most} ({shown.page})")
    for kind, found in (
        ("sentence", reports.repeated_sentences(book)),
        ("figure", reports.repeated_figures(book)),
    ):
        click.echo(f"{len(found)} times a {kind} stands on more than {reports.MOST_PAGES} pages")
        for item in found:
            click.echo(f"  {len(item.pages)} {item.words} ({', '.join(item.pages)})")


@main.command()
@_content
def readability(content: Path) -> None:
    """Show how hard each page is to read, the hardest first.

    The Flesch-Kincaid grade: about how many years of school a reader needs.
    """
    found = reports.grades(_read(content))
    for item in found:
        click.echo(f"{item.grade:5.1f}  {item.kind:<10} {item.page}")
    for kind in dict.fromkeys(item.kind for item in found):
        click.echo(f"{median(i.grade for i in found if i.kind == kind):5.1f}  median of each {kind}")


@main.group()
def tree() -> None:
    """Look at the decision tree."""


@tree.command()
@_content
def proof(content: Path) -> None:
    """Show what is proven of the tree: its ways through, the longest walk, and the promises that hold.

    Exits with 1 and a counter-example if one does not hold.
    """
    book = _read(content)
    if book.tree is None:
        click.echo("This guide has no decision tree.")
        return
    found = proven(book)
    click.echo(f"{found.questions} questions, {found.outcomes} outcomes")
    click.echo(f"{found.ways:,} ways through, over {found.states:,} states")
    click.echo(f"The longest has {len(found.longest)} questions (at most {book.tree.longest} are allowed):")
    click.echo(f"  {in_words(book, found.longest)}")
    click.echo(f"SHA-256 of the tree's data: {found.sha256}")
    for promise in book.tree.properties:
        click.echo(f"holds: {promise.id}: {promise.says}")
    click.echo(f"{len(book.tree.tests)} tests of the authors pass")


@tree.command()
@click.argument("revision")
@_content
@click.option("--markdown", is_flag=True, help="Write Markdown, for a comment on a pull request.")
def diff(revision: str, content: Path, *, markdown: bool) -> None:
    """Show which ways through the tree end elsewhere than at a git REVISION, such as main.

    Wording does not count: a copy edit shows nothing. Other problems of the content do not matter, so it
    helps while tests still fail. Exits with 0 whether or not there is a difference, and with 2 if one of
    the trees cannot be walked.
    """
    now = _walkable(content, "of today")
    with TemporaryDirectory() as folder:
        before = _read_revision(revision, content, Path(folder))
    found = tree_diff(before, now)
    write = _in_markdown if markdown else _in_text
    click.echo("\n".join(write(found, before, now)))


def _read_revision(revision: str, content: Path, folder: Path) -> Handbook:
    """The guide as it was; git takes the files out, so that the working tree stays as it is."""
    place = folder / content.resolve().name
    command = ["git", "-C", str(content), "archive", "--format=tar", revision, "."]
    archived = subprocess.run(command, capture_output=True, check=False)  # noqa: S603 (no shell)
    if archived.returncode:
        click.echo(f"git does not know {revision!r} here: {archived.stderr.decode().strip()}", err=True)
        sys.exit(2)
    with tarfile.open(fileobj=io.BytesIO(archived.stdout)) as files:
        files.extractall(place, filter="data")
    return _walkable(place, f"at {revision}")


def _walkable(content: Path, when: str) -> Handbook:
    try:
        return read_tree(content)
    except ContentError as error:
        lines = "\n".join(str(problem) for problem in error.problems[:5])
        click.echo(f"the tree {when} cannot be walked:\n{lines}", err=True)
        sys.exit(2)


def _in_text(found: TreeDiff, before: Handbook, now: Handbook) -> Iterator[str]:
    yield _sum(found)
    for old, group in groupby(found.moved, key=lambda moved: moved.before):
        yield f"\n{_outcome(before, old)}"
        for moved in group:
            yield f"  {moved.ways:,} now at {_outcome(now, moved.now)}, such as:"
            yield from (f"    {question} {answer}" for question, answer in moved.example)


def _in_markdown(found: TreeDiff, before: Handbook, now: Handbook) -> Iterator[str]:
    yield f"**{_sum(found)}**"
    for old, group in groupby(found.moved, key=lambda moved: moved.before):
        yield f"\n### {_outcome(before, old)}\n"
        for moved in group:
            yield f"- **{moved.ways:,}** now at {_outcome(now, moved.now)}, such as:"
            yield from (f"    1. {question} **{answer}**" for question, answer in moved.example)


def _sum(found: TreeDiff) -> str:
    words = [
        f"{sum(moved.ways for moved in found.moved):,} of {found.ways:,} ways through now end elsewhere."
    ]
    if not found.moved:
        words = ["Every way through ends where it did."]
    words += [f"New: {', '.join(found.came)}."] if found.came else []
    words += [f"Gone: {', '.join(found.went)}."] if found.went else []
    return " ".join(words)


def _outcome(book: Handbook, outcome_id: str) -> str:
    outcome = book.outcomes.get(outcome_id)
    return f"{outcome_id} ({outcome.title})" if outcome else "nowhere, for an answer is missing there"


@tree.command()
@click.argument("ids", nargs=-1, metavar="[ID]...")
@_content
def people(ids: tuple[str, ...], content: Path) -> None:
    """Show what plans do for the people of decision-tree/people/: each sentence beside what says it.

    With IDs, for these people only; else for all whose walks are written. Other problems of the content do
    not matter. Exits with 1 if somebody is failed, and with 2 if there is nobody of that ID.
    """
    found = {item.person.id: item for item in people_found(_read_with(read_people, content))}
    unknown = next((own_id for own_id in ids if own_id not in found), None)
    if unknown:
        click.echo(f"there is nobody called '{unknown}'{did_you_mean(unknown, found)}", err=True)
        sys.exit(2)
    asked = [found[own_id] for own_id in ids] or [item for item in found.values() if item.walks]
    for item in asked:
        click.echo("\n".join([*_person_in_text(item), ""]))
    if not ids:
        click.echo("\n".join(_people_in_sum(list(found.values()))))
    if any(item.problems for item in asked):
        sys.exit(1)


def _person_in_text(found: PersonFound) -> Iterator[str]:
    """What a person gets, as a practitioner would read it."""
    person = found.person
    state = "FAILED" if found.problems else "not walked yet" if not found.walks else "well"
    yield f"{person.id} ({person.weight}, needs '{person.urgency}'): {state}"
    for walk in found.walks:
        plan = f"'{walk.plan.outcome}', which is '{walk.plan.urgency}'" if walk.plan else "no plan"
        yield f"  {walk.walk.says}{' (played down)' if walk.walk.played_down else ''}: {plan}"
        yield from _faults(walk.problems, "    ")
    yield from _faults(found.others, "  ")
    if not all(walk.plan for walk in found.walks):
        yield "  What their plan says is looked at once every walk reaches one."
    elif found.walks:
        yield "  A good adviser would say:"
        yield from _sentences(found.would, "said by")
        yield "  Nobody must:"
        yield from _sentences(found.must_not, "looked for, and not there:")


def _sentences(found: Sequence[SentenceFound], words: str) -> Iterator[str]:
    for sentence in found:
        by = ", ".join(named(kind, name) for kind, name in sentence.by)
        yield f"    {sentence.says}"
        if by and not sentence.problems:
            yield f"      {words} {by}"
        yield from (f"      left out: {reason}" for reason in sentence.left_out)
        yield from _faults(sentence.problems, "      ")
        if not (by or sentence.left_out or sentence.problems):
            yield "      nothing that a plan could hold is named for it"


def _faults(problems: Sequence[Finding], indent: str) -> Iterator[str]:
    return (f"{indent}FAILED: {message}" for _, _, message in problems)


def _people_in_sum(found: Sequence[PersonFound]) -> Iterator[str]:
    yield f"{'':<10}  people  walked  failed"
    failed: Counter[str] = Counter(item.person.weight for item in found if item.problems)
    for row in by_weight(item.person for item in found):
        yield f"{row.weight:<10}{row.people:>8}{row.walked:>8}{failed[row.weight]:>8}"
    waiting = [item.person.id for item in found if not item.walks]
    if waiting:
        yield f"Not walked yet, since nobody has said how they answer: {', '.join(waiting)}."


@main.command(name="map")
@_content
def map_(content: Path) -> None:
    """Show how many points there are by stage, variant and situation, what is empty, and what is in tension.

    In tension are acts that some points advise and others advise against. For the same readers that is
    refused by the check unless a disagreement explains it; for different readers it is listed here.
    """
    book = _read(content)
    stages = [*(stage.id for stage in book.guide.stages), reports.OWN_PAGE]
    counts = {(cell.stage, cell.facet): cell.points for cell in reports.cells(book)}
    facets = list(dict.fromkeys(facet for _, facet in counts))
    width = max(len(facet) for facet in facets)
    click.echo(" " * width + "".join(f"{stage:>13}" for stage in stages))
    for facet in facets:
        row = "".join(f"{counts[stage, facet] or '-':>13}" for stage in stages)
        click.echo(f"{facet:<{width}}{row}")
    empty = [facet for facet in facets if not any(counts[stage, facet] for stage in stages)]
    for tension in reports.tensions(book):
        reason = ", ".join(tension.explained_by) or "they are for different readers"
        click.echo(f"{tension.act}: to do in {', '.join(tension.do)}; to avoid in {', '.join(tension.avoid)}")
        click.echo(f"  {reason}")
    click.echo(f"No point names: {', '.join(empty) or 'nothing; all are named'}")


if __name__ == "__main__":
    main()
