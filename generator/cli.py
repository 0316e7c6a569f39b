"""The command `handbook`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from generator.build import read
from generator.errors import ContentError


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="handbook-generator", prog_name="handbook")
def main() -> None:
    """Check and build a guide that is kept as YAML.

    Run it in the folder that holds mkdocs.yml.
    """


@main.command()
@click.option(
    "--content",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    default=Path("content"),
    show_default=True,
    help="The folder with the guide's YAML.",
)
def check(content: Path) -> None:
    """Say what is wrong in the content, and where.

    Prints a line per problem, as file:line:column: what is wrong; what to do.
    Exits with 0 if there is none, else with 1.
    """
    try:
        found = read(content)
    except ContentError as error:
        click.echo("\n".join(str(problem) for problem in error.problems))
        sys.exit(1)
    book = found.book
    click.echo(
        f"All is well: {len(book.topics)} topics, {len(book.questions)} questions and "
        f"{len(book.outcomes)} outcomes."
    )


if __name__ == "__main__":
    main()
