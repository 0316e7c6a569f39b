"""The command `handbook`."""

from __future__ import annotations

import logging
import os
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
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    default=Path("mkdocs.yml"),
    show_default=True,
    help="The file that describes the site.",
)
def build(config: Path) -> None:
    """Build the site, if nothing is wrong.

    The content is checked first. On any problem or warning the last good site stays as it was, and
    the exit status is 1.
    """
    # Only this command needs MkDocs; the others start faster without it.
    from generator.mkdocs_plugin import build_site  # noqa: PLC0415

    logging.basicConfig(format="%(levelname)s: %(message)s", level=logging.WARNING)
    built = build_site(config)
    if built is None:
        click.echo("Nothing was built; the last good site stays as it was.", err=True)
        sys.exit(1)
    click.echo(
        f"Built {built.topics} topics on {built.pages} pages in {built.seconds:.1f} seconds.\n"
        f"They are in {os.path.relpath(built.site)}/. To look at them: make serve"
    )


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
