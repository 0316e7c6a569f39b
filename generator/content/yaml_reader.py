"""YAML -> plain data, and the line and column of every key and value.

Strict on purpose: what YAML 1.1 and 1.2 readers understand differently is refused, so that an
editor, this loader and the person who reads the file always agree on what it says.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, lru_cache
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

import yaml

from guidebook.content.folder import listing
from guidebook.content.lines_reader import MODELS, Line, is_lines, lines
from guidebook.content.problems import ContentError, Problem
from guidebook.content.svg_reader import Drawing, drawing, is_drawing, shown_on

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

Where = tuple[str | int, ...]

# libyaml's loader is ten times faster, and part of every PyYAML wheel; the pure one reads the same. The
# base loaders guess no types, which is done here.
_Loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
# libyaml overflows the C stack on some tens of thousands of nested brackets (pyyaml#895).
_DEEPEST = 40
# Fewer brackets and indents than this cannot nest deeply enough to hurt; the model refuses the rest.
_HARMLESS = 150

_AMBIGUOUS = (
    (re.compile(r"(?i:y|n|yes|no|on|off)"), "means true or false to some YAML readers"),
    (re.compile(r"[-+]?0[0-9_]+"), "is an octal number to some YAML readers"),
    (re.compile(r"[-+]?0[ob][0-7_]+"), "is an octal or binary number to some YAML readers"),
    (re.compile(r"[-+]?\d+(:[0-5]?\d)+(\.\d*)?"), "is a number of minutes to some YAML readers"),
    (re.compile(r"[-+]?\d[\d_]*_[\d_]*"), "is a number to some YAML readers"),
    (re.compile(r"[-+]?(\d+\.?\d*|\.\d+)[eE][-+]?\d+"), "is a number to some YAML readers"),
    (re.compile(r"(?i:[-+]?\.(inf|nan))"), "is a number to YAML readers"),
    (re.compile(r"=|<<"), "has a special meaning to some YAML readers"),
    (
        re.compile(r"\d{4}-\d{1,2}-\d{1,2}([Tt]|[ \t]+)\d{1,2}:.*"),
        "is a date and time to some YAML readers",
    ),
)
_ALIAS = re.compile(r"(?<![^\s\[{,:-])[&*]\w")
_COMMENT = re.compile(r"[ \t]*#")
# A backslash in double quotes changes the letter after it (YAML 1.2.2, 5.7); these become invisible.
_ESCAPE = re.compile(r"\\.", re.DOTALL)
_INVISIBLE = "0abefnrtvNLP_"
_DATE = re.compile(r"\d{4}-\d{1,2}-\d{1,2}")
_NUMBER = re.compile(r"[-+]?(0|[1-9]\d*)(\.\d+)?")
# The words that mean something to a YAML reader are no longer than "false".
_LONGEST_WORD = 5
_CONSTANTS = {"true": True, "false": False, "null": None, "~": None, "": None}


@dataclass(frozen=True)
class Mark:
    """A place in a file; both numbers count from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Document:
    """One YAML file: its data, and its text, in which the place of a value is found once somebody asks."""

    file: str
    data: dict[str, Any]
    text: str = ""
    cut: frozenset[Where] = frozenset()
    """The values that a comment follows on their line: what looks like text there, YAML drops."""
    refused: list[Problem] = field(default_factory=list)

    def problem(self, where: Where, message: str, *, at_key: bool = False) -> Problem:
        """The message at that value (or its key); at what encloses it if it is not in the file."""
        places = self._places
        mark = places.keys.get(where) if at_key else None
        while mark is None and where:
            mark = places.values.get(where)
            where = where[:-1]
        mark = mark or Mark(1, 1)
        return Problem(self.file, mark.line, mark.column, message)

    @cached_property
    def _places(self) -> _Places:
        return _Places(self.text)


class _RefusedError(Exception):
    """Stops the reading of one file."""

    def __init__(self, mark: Mark, message: str) -> None:
        self.mark = mark
        super().__init__(message)


@dataclass(frozen=True)
class HandWritten:
    """A hand-written page: its first heading, what its front matter says of it, and its text."""

    title: str
    description: str = ""
    keywords: tuple[str, ...] = ()
    text: str = ""
    """The Markdown below its front matter."""


@dataclass(frozen=True)
class Loaded:
    """What a content folder holds."""

    documents: dict[str, Document] = field(default_factory=dict)
    """What could be read, by path relative to the folder."""
    by_hand: dict[str, HandWritten] = field(default_factory=dict)
    """The hand-written pages, by path."""
    drawings: dict[str, Drawing] = field(default_factory=dict)
    """The drawings, by the id of each page that shows them."""
    typed: dict[str, list[Line]] = field(default_factory=dict)
    """What readers typed, by the path of the file that has it."""
    models: dict[str, str] = field(default_factory=dict)
    """What was learned from it, as JSON, by path."""
    names: list[str] = field(default_factory=list)
    """The paths of all YAML files, also of those that could not be read."""
    problems: list[Problem] = field(default_factory=list)


def load(content: Path) -> Loaded:
    """Read every file below the folder; what cannot be read or is no part of a guide becomes a problem."""
    listed = listing(content)
    loaded = Loaded(problems=listed.problems)
    for path in listed.files:
        name = path.relative_to(content).as_posix()
        shown = f"{content.name}/{name}"
        try:
            _load_file(loaded, name, shown, path.read_bytes())
        except OSError as error:
            loaded.problems.append(Problem(shown, 1, 1, f"cannot be read: {error.strerror}"))
        except ContentError as error:
            loaded.problems.extend(error.problems)
    return loaded


def _load_file(loaded: Loaded, name: str, shown: str, raw: bytes) -> None:
    """Put what one file says where it belongs; raises ContentError if it belongs nowhere."""
    suffix = PurePosixPath(name).suffix
    if suffix == ".yml":
        loaded.names.append(name)
        loaded.documents[name] = load_document(shown, raw)
        loaded.problems.extend(loaded.documents[name].refused)
    elif suffix.lower() in {".yml", ".yaml"}:
        raise ContentError([Problem(shown, 1, 1, f"the name ends in {suffix}; rename it to .yml")])
    elif suffix == ".md":
        loaded.by_hand[name], problems = _hand_written(shown, raw)
        loaded.problems.extend(problems)
    elif is_lines(name):
        loaded.typed[name], problems = lines(shown, raw)
        loaded.problems.extend(problems)
    elif name in MODELS:
        loaded.models[name] = raw.decode("utf-8", errors="replace")
    elif is_drawing(name):
        _load_drawing(loaded, name, shown, raw)
    else:
        message = f"is no part of the guide; move it out of {shown.partition('/')[0]}/"
        raise ContentError([Problem(shown, 1, 1, message)])


def _load_drawing(loaded: Loaded, name: str, shown: str, raw: bytes) -> None:
    drawn, problems = drawing(shown, raw)
    loaded.problems.extend(problems)
    if drawn is None:
        return
    for page_id in shown_on(name):
        first = loaded.drawings.setdefault(page_id, drawn)
        if first is not drawn:
            message = f"'{page_id}' shows {first.file} already; a page has one drawing"
            loaded.problems.append(Problem(shown, 1, 1, message))


def load_document(name: str, raw: bytes) -> Document:
    """Read one file, given what to call it in messages.

    Values that are refused stand in the document as text, and in `refused` with the reason.
    Raises ContentError with one problem if the file is no YAML.
    """
    try:
        text = _decode(raw)
        _refuse_tabs(text)
        _refuse_depth(text)
        node = _root(text)
    except _RefusedError as refused:
        raise ContentError([Problem(name, refused.mark.line, refused.mark.column, str(refused))]) from refused
    except yaml.MarkedYAMLError as error:
        raise ContentError([_syntax_problem(name, error)]) from error
    reading = _Reading(name, text)
    data = reading.value(node, ())
    return Document(name, data, text, frozenset(reading.cut), reading.refused)


def _root(text: str) -> yaml.MappingNode:
    node = yaml.compose(text, Loader=_Loader)
    if node is None:
        raise _RefusedError(Mark(1, 1), "the file is empty; write something or delete it")
    if not isinstance(node, yaml.MappingNode):
        raise _RefusedError(_mark(node), "must be lines of 'key: value'")
    return node


def _decode(raw: bytes) -> str:
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start].decode("utf-8", errors="replace")
        raise _RefusedError(_end(before), "is not UTF-8; save the file with that encoding") from error
    strange = re.search("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", text)
    if strange:
        raise _RefusedError(_end(text[: strange.start()]), "there is an invisible sign here; delete it")
    return text


def _end(text: str) -> Mark:
    """Where the next sign after a text would stand."""
    return Mark(text.count("\n") + 1, len(text) - text.rfind("\n"))


def _refuse_tabs(text: str) -> None:
    tab = re.search(r"^[ ]*\t", text, re.MULTILINE)
    if tab:
        raise _RefusedError(_end(text[: tab.end() - 1]), "there is a tab here; indent with spaces")


def _refuse_depth(text: str) -> None:
    """Events are read one at a time, without recursion, so deep nesting is found before it hurts.

    Aliases are refused here too: a short file can unfold into millions of values with them.
    """
    if _is_shallow(text):
        return
    depth = 0
    for event in yaml.parse(text, Loader=_Loader):
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > _DEEPEST:
                raise _RefusedError(_mark(event), "is nested too deeply; write it flatter")
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise _RefusedError(
                _mark(event), "anchors and aliases (& and *) are not used here; put text in quotes"
            )


def _is_shallow(text: str) -> bool:
    """Whether a quick look can rule out deep nesting and aliases, as it can for nearly every file."""
    brackets = text.count("[") + text.count("{")
    steps = max((len(line) - len(line.lstrip(" -?:")) for line in text.splitlines()), default=0)
    return brackets + steps < _HARMLESS and not _ALIAS.search(text)


def _mark(node: yaml.Node | yaml.Event) -> Mark:
    start = node.start_mark
    return Mark(start.line + 1, start.column + 1) if start else Mark(1, 1)


# Parts of libyaml's and PyYAML's messages, and what they mean to the writer of the file.
_SYNTAX = (
    (
        "mapping values are not allowed",
        "a colon too many here, or none in the line before; put text with a colon in quotes",
    ),
    ("found unexpected end of stream", "a quote or bracket is opened and not closed"),
    ("did not find expected ',' or", "a quote or bracket is opened and not closed"),
    ("could not find expected ':'", "a key without a colon; write 'key: value'"),
    (
        "did not find expected key",
        "does not fit the lines before it; check the indent and the quotes",
    ),
    ("did not find expected '-'", "does not line up with the list before it; check the indent"),
    ("expected <block end>", "does not fit the lines before it; check the indent and the quotes"),
    ("cannot start any token", "text cannot begin with this sign; put the text in quotes"),
    ("expected a single document", "a line of three hyphens; one file holds one thing"),
    ("while scanning a block scalar", "text after > or |; begin it on the next line, indented"),
    ("undefined alias", "text cannot begin with *; put the text in quotes"),
)


def _syntax_problem(name: str, error: yaml.MarkedYAMLError) -> Problem:
    said = f"{error.context or ''} {error.problem or ''}"
    meaning = next((ours for theirs, ours in _SYNTAX if theirs in said), said.strip())
    mark = error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    return Problem(name, line, column, f"this is not YAML: {meaning}")


class _Places:
    """Where each value and each key of a file stands. Few files have a mistake, so few are read for it."""

    def __init__(self, text: str) -> None:
        self.values: dict[Where, Mark] = {}
        self.keys: dict[Where, Mark] = {}
        self._note(yaml.compose(text, Loader=_Loader) if text else None, ())

    def _note(self, node: yaml.Node | None, where: Where) -> None:
        if node:
            self.values[where] = _mark(node)
        if isinstance(node, yaml.SequenceNode):
            for place, child in enumerate(node.value):
                self._note(child, (*where, place))
        elif isinstance(node, yaml.MappingNode):
            for key, child in node.value:
                # Of equal keys the first counts, as in `_Reading.entries`.
                if isinstance(key, yaml.ScalarNode) and (*where, key.value) not in self.keys:
                    self.keys[*where, key.value] = _mark(key)
                    self._note(child, (*where, key.value))


class _Reading:
    """Turns the nodes of one file into data."""

    def __init__(self, file: str, text: str) -> None:
        self.file = file
        self.text = text
        self.has_comments = "#" in text
        self.cut: set[Where] = set()
        self.refused: list[Problem] = []

    def value(self, node: yaml.Node, where: Where) -> Any:  # noqa: ANN401 (YAML holds anything)
        if node.start_mark and self.text.startswith("!", node.start_mark.index):
            self.refuse(node, "YAML takes a word that begins with ! away; put the text in quotes")
        if isinstance(node, yaml.MappingNode):
            return {key: self.value(child, (*where, key)) for key, child in self.entries(node)}
        if isinstance(node, yaml.SequenceNode):
            return [self.value(child, (*where, place)) for place, child in enumerate(node.value)]
        if self.is_cut(node):
            self.cut.add(where)
        return self.scalar(node)

    def is_cut(self, node: yaml.Node) -> bool:
        """Whether a comment follows text that is not in quotes, on the same line."""
        is_plain = self.has_comments and isinstance(node, yaml.ScalarNode) and not node.style
        return bool(is_plain and node.end_mark and _COMMENT.match(self.text, node.end_mark.index))

    def entries(self, node: yaml.MappingNode) -> Iterator[tuple[str, yaml.Node]]:
        first: dict[str, yaml.Node] = {}
        for key_node, child in node.value:
            key = self.scalar(key_node)
            if isinstance(key, int | float) and not isinstance(key, bool):
                key = key_node.value
            if not isinstance(key, str):
                self.refuse(key_node, "is not a name; put it in quotes")
            # PyYAML keeps the last of two equal keys without a word (pyyaml#165).
            elif key in first:
                self.refuse(key_node, f"'{key}' is given twice (first in line {_mark(first[key]).line})")
            else:
                first[key] = key_node
                yield key, child

    def scalar(self, node: yaml.Node) -> Any:  # noqa: ANN401
        if not isinstance(node, yaml.ScalarNode):
            return None
        text = node.value
        if node.style == '"':
            self.refuse_escapes(node)
        if node.style or (len(text) > _LONGEST_WORD and text[0].isalpha()):
            return text  # Quoted or block text is always text, and nothing that is long begins with a letter.
        meaning = _ambiguity(text)
        if meaning:
            self.refuse(node, f"'{text}' {meaning}; put it in quotes")
            return text
        return self.date(node) if _DATE.fullmatch(text) else _plain(text)

    def refuse_escapes(self, node: yaml.ScalarNode) -> None:
        raw = (
            self.text[node.start_mark.index : node.end_mark.index]
            if node.start_mark and node.end_mark
            else ""
        )
        changed = next((pair for pair in _ESCAPE.findall(raw) if pair[1] in _INVISIBLE), None)
        if changed:
            self.refuse(
                node, f"'{changed}' in double quotes is one invisible sign; write it in single quotes"
            )

    def date(self, node: yaml.ScalarNode) -> date | str:
        try:
            return date.fromisoformat(node.value)
        except ValueError:
            self.refuse(node, f"there is no day '{node.value}'; write dates as 2026-01-31")
            return str(node.value)

    def refuse(self, node: yaml.Node, message: str) -> None:
        mark = _mark(node)
        self.refused.append(Problem(self.file, mark.line, mark.column, message))


@lru_cache(maxsize=4096)
def _ambiguity(text: str) -> str:
    """What some YAML readers take a plain text for; empty if all take it for the same."""
    return next((meaning for pattern, meaning in _AMBIGUOUS if pattern.fullmatch(text)), "")


def _plain(text: str) -> Any:  # noqa: ANN401
    if text.lower() in _CONSTANTS:
        return _CONSTANTS[text.lower()]
    if _NUMBER.fullmatch(text):
        return float(text) if "." in text else int(text)
    return text


_FRONT_MATTER = re.compile(r"\A---\n(.*?)^---$", re.DOTALL | re.MULTILINE)


def _hand_written(shown: str, raw: bytes) -> tuple[HandWritten, list[Problem]]:
    """A hand-written page; MkDocs tells of other faults in it."""
    text = raw.decode("utf-8-sig", errors="replace")
    matter = _FRONT_MATTER.match(text)
    meta = _meta(matter.group(1)) if matter else {}
    keywords = meta.get("keywords") or []
    problems = []
    if not (isinstance(keywords, list) and all(isinstance(word, str) for word in keywords)):
        problems = [Problem(shown, 1, 1, "'keywords' must be a list of words")]
        keywords = []
    body = text[matter.end() if matter else 0 :]
    heading = re.search(r"^# (.+)$", body, re.MULTILINE)
    title = heading.group(1) if heading else PurePosixPath(shown).stem
    return HandWritten(title, str(meta.get("description") or ""), tuple(keywords), body), problems


def _meta(matter: str) -> dict[str, Any]:
    try:
        meta = yaml.safe_load(matter)
    except yaml.YAMLError:
        return {}
    return meta if isinstance(meta, dict) else {}
