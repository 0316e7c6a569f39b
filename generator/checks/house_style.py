"""The rules of writing that can be counted; their words and numbers are content (`writing.yml`).

The rules for text read in distress follow NHS content style (short sentences, the action first, no
"should") and crisis-line practice. They are counted, not scored: a score tells nobody what to mend.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from guidebook.content import inline_markup, model

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from guidebook.content.field_walk import Value
    from guidebook.content.handbook import Handbook
    from guidebook.content.problems import Problem
    from guidebook.content.svg_reader import Drawing
    from guidebook.content.yaml_reader import Where

Finding = tuple[str, "Where", str]

# Closing quotation marks and brackets belong to the sentence before.
_SENTENCE_END = re.compile("(?<=[.!?:;])[\"\u201d\u2019')]*\\s+")
_WORD = re.compile(r"[A-Za-z\u00c0-\u00ff]+")
_WORD_WITH_MARKS = re.compile(r"\w[\w'\u2019:./-]*(?<=\w)")
_BROKEN_BLANK = re.compile(r"\S*[\[\]][^\s.!?:;]*")


def sentences(words: str) -> list[str]:
    """The sentences of a text, without its marks."""
    return [sentence for sentence in _SENTENCE_END.split(inline_markup.plain(words)) if sentence]


def count(words: str) -> int:
    """How many words a text has."""
    return len(inline_markup.plain(words).split())


def writing_problems(book: Handbook, texts: Mapping[str, list[Value]]) -> Iterator[Finding]:
    """Every place where the text breaks a rule of writing that nobody has waived.

    `texts` has every text of each file, by the file's path.
    """
    if book.writing is None:
        return
    rules = _Rules(book.writing)
    waived = {(waiver.file, waiver.words.lower()) for waiver in book.writing.waivers}
    for file in book.files():
        urgent = _is_urgent(book, file)
        for value in texts[file.file] if file is not book.writing else ():
            for words, message in rules.of_value(value, urgent=urgent) if value.field.is_prose else ():
                if (file.file, words) not in waived:
                    yield file.file, value.where, message
    for moment in book.moments.values():
        yield from _moment_problems(book.writing, moment)


def drawing_problems(book: Handbook, drawings: Mapping[str, Drawing]) -> Iterator[Problem]:
    """Every place where the words of a drawing break a rule of writing.

    `drawings` are by the page that shows them. Their words are few, so nothing is waived.
    """
    if book.writing is None:
        return
    rules = _Rules(book.writing)
    for page_id, drawing in drawings.items():
        longest = book.writing.caption
        for words in drawing.words:
            if words.text == drawing.caption and count(words.text) > longest:
                message = f"is a caption of {count(words.text)} words; keep to {longest}"
                yield drawing.problem(words, message)
            for _, message in rules.problems(words.text, urgent=page_id in book.moments):
                yield drawing.problem(words, message)


def _is_urgent(book: Handbook, file: model.File) -> bool:
    """Whether a file is read in distress: moments, what is marked so, and the more urgent outcomes."""
    if isinstance(file, model.Outcome):
        return book.guide.is_urgent(file.urgency)
    return isinstance(file, model.Moment) or bool(getattr(file, "urgent", False))


class _Rules:
    """The rules as quick questions, since every word of the guide is asked."""

    def __init__(self, rules: model.Writing) -> None:
        self._longest = rules.sentence
        self._why = {word.lower(): banned.why for banned in rules.banned for word in banned.words}
        self._always = _any_of(w for banned in rules.banned if not banned.urgent for w in banned.words)
        self._urgent = _any_of(w for banned in rules.banned if banned.urgent for w in banned.words)
        self._true_for_all = frozenset(rules.true_for_all or ())
        self._looks_for_facts = rules.true_for_all is not None
        self._names = frozenset(rules.names)
        self._harmless: set[str] = set()
        """Words that were looked up, and are no name."""

    def of_value(self, value: Value, *, urgent: bool) -> Iterator[tuple[str, str]]:
        """What is wrong with a text of a file."""
        yield from self.problems(value.text, urgent=urgent, is_reported=value.field.is_reported)
        if value.field.is_passed_on and self._looks_for_facts:
            yield from self._invented(inline_markup.BLANK.sub("_", inline_markup.plain(value.text)))

    def problems(self, text: str, *, urgent: bool, is_reported: bool = False) -> Iterator[tuple[str, str]]:
        """What is wrong with a text: the words that a waiver would name, and the message."""
        plain = inline_markup.plain(text)
        for sentence in _SENTENCE_END.split(plain):
            words = sentence.split()
            if len(words) > self._longest:
                start = " ".join(words[:4])
                message = f"is a sentence of {len(words)} words; say it in {self._longest}"
                yield start.lower(), f"'{start} ...' {message}"
        if not is_reported:
            for pattern in (self._always, self._urgent) if urgent else (self._always,):
                for word in pattern.findall(plain):
                    yield word.lower(), f"'{word}' is not used here: {self._why[word.lower()]}"
        for word in self._names_in(plain):
            message = "is the name of somebody who must not be named; take it out"
            yield word.lower(), f"'{word}' {message}"

    def _invented(self, words: str) -> Iterator[tuple[str, str]]:
        """Facts that somebody would send as their own, and blanks that nobody could fill in.

        `words` have a `_` for each blank.
        """
        for broken in _BROKEN_BLANK.findall(words):
            message = "is no blank; write what goes there in one pair of brackets, as in [day]"
            yield broken.lower(), f"'{broken}' {message}"
        for sentence in _SENTENCE_END.split(_BROKEN_BLANK.sub("_", words)):
            for i, word in enumerate(_WORD_WITH_MARKS.findall(sentence)):
                is_fact = (i and word[0].isupper()) or any(map(str.isdigit, word))
                if is_fact and word not in self._true_for_all:
                    message = "is not so for each reader; write a blank such as [day], or list it"
                    yield word.lower(), f"'{word}' {message} under true_for_all in writing.yml"

    def _names_in(self, plain: str) -> list[str]:
        new = set(_WORD.findall(plain)) - self._harmless
        names = {w for w in new if hashlib.sha256(w.lower().encode()).hexdigest() in self._names}
        self._harmless |= new - names
        return sorted(names)


def _any_of(words: Iterable[str]) -> re.Pattern[str]:
    """Finds any of some words, whole and in large or small letters."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, words)) or '(?!)'})\b", re.IGNORECASE)


def _moment_problems(rules: model.Writing, moment: model.Moment) -> Iterator[Finding]:
    first = sentences(moment.intro)[0]
    if count(first) > rules.urgent_first_sentence:
        message = f"begins with {count(first)} words; begin with at most {rules.urgent_first_sentence}"
        yield moment.file, ("intro",), message
    before = count(moment.intro)
    if before > rules.urgent_before_action:
        message = f"has {before} words before the first thing to do; keep to {rules.urgent_before_action}"
        yield moment.file, ("intro",), message
    for i, step in enumerate(moment.steps if moment.urgent else ()):
        if inline_markup.links(step.do) or inline_markup.links(step.why):
            message = "leads away before the help; an urgent step has no link"
            yield moment.file, ("steps", i), message
