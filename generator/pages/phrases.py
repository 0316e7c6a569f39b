"""The words of templates and scripts, in one file for each language."""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from guidebook.content.problems import ContentError, Problem
from guidebook.content.yaml_reader import load_document

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path


class UnknownPhraseError(LookupError):
    """A template asks for a phrase that the language's file lacks, or leaves out what a phrase asks for."""


class Phrases:
    """Phrases by key; called with a key it gives the phrase as HTML, filled in."""

    def __init__(self, texts: Mapping[str, str], file: str = "") -> None:
        """`texts` has the phrases by key, such as `point.do`; `file` is where they were read."""
        self.texts = texts
        self._as_html = {key: escape(text) for key, text in texts.items()}
        self.file = file
        self._shown = "/".join(PurePath(file).parts[-2:])

    def __call__(self, key: str, **values: object) -> Markup:
        """The phrase, in which each value stands for its name in braces; values are escaped.

        Raises UnknownPhraseError if there is none, or if it has a name in braces that is not given.
        """
        phrase = self._as_html.get(key)
        if phrase is None:
            raise UnknownPhraseError(f"{self._shown} has no phrase '{key}'")
        try:
            return phrase.format(**values) if values or "{" in phrase else phrase
        except KeyError as error:
            raise UnknownPhraseError(f"'{key}' in {self._shown} asks for {error}") from error

    def of(self, group: str) -> dict[str, str]:
        """The phrases of a group as they are written, by name; a script fills them in itself."""
        start = f"{group}."
        return {key.removeprefix(start): text for key, text in self.texts.items() if key.startswith(start)}


def read_phrases(file: Path) -> Phrases:
    """The phrases of a language; raises ContentError if the file cannot be used, with each place."""
    shown = "/".join(file.parts[-2:])
    try:
        raw = file.read_bytes()
    except OSError as error:
        raise ContentError([Problem(shown, 1, 1, f"cannot be read: {error.strerror}")]) from error
    document = load_document(shown, raw)
    leaves = dict(_leaves(document.data, ()))
    problems = [
        *document.refused,
        *(
            document.problem(where, "must be text; put it in quotes")
            for where, value in leaves.items()
            if not isinstance(value, str)
        ),
    ]
    if problems:
        raise ContentError(problems)
    return Phrases({".".join(where): str(text) for where, text in leaves.items()}, str(file))


def _leaves(value: object, where: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _leaves(inner, (*where, str(key)))
    else:
        yield where, value
