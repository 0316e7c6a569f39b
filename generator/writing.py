"""The rules of writing that can be counted; their words and numbers are content (`writing.yml`).

The rules for text read in distress follow NHS content style (short sentences, the action first, no
"should") and crisis-line practice. They are counted, not scored: a score tells nobody what to mend.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from generator import model, text
from generator.values import Value, values

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from generator.handbook import Handbook
    from generator.load import Where

Finding = tuple[str, "Where", str]

# Closing quotation marks and brackets belong to the sentence before.
_SENTENCE_END = re.compile("(?<=[.!?:;])[\"\u201d\u2019')]*\\s+")
_WORD = re.compile(r"[A-Za-z\u00c0-\u00ff]+")


def sentences(words: str) -> list[str]:
    """The sentences of a text, without its marks."""
    return [sentence for sentence in _SENTENCE_END.split(text.plain(words)) if sentence]


def count(words: str) -> int:
    """How many words a text has."""
    return len(text.plain(words).split())


def writing_problems(book: Handbook, files: Iterable[model.File]) -> Iterator[Finding]:
    """Every place where the text breaks a rule of writing that nobody has waived."""
    rules = book.writing
    if rules is None:
        return
    waived = {(waiver.file, waiver.words.lower()) for waiver in rules.waivers}
    for file in files:
        if file is rules:
            continue
        for value in values(file):
            if value.field.is_prose:
                for words, message in _prose_problems(rules, value, urgent=_is_urgent(book, file)):
                    if (file.file, words) not in waived:
                        yield file.file, value.where, message
    for moment in book.moments.values():
        yield from _moment_problems(rules, moment)


def _is_urgent(book: Handbook, file: model.File) -> bool:
    """Whether a file is read in distress: moments, what is marked so, and the more urgent outcomes."""
    if isinstance(file, model.Outcome):
        ranks = [urgency.id for urgency in book.guide.urgencies]
        return file.urgency in ranks[len(ranks) // 2 :]
    return isinstance(file, model.Moment) or bool(getattr(file, "urgent", False))


def _prose_problems(rules: model.Writing, value: Value, *, urgent: bool) -> Iterator[tuple[str, str]]:
    for sentence in sentences(value.text):
        if count(sentence) > rules.sentence:
            start = " ".join(sentence.split()[:4])
            yield (
                start.lower(),
                f"'{start} ...' is a sentence of {count(sentence)} words; say it in {rules.sentence}",
            )
    plain = text.plain(value.text)
    for banned in () if value.field.is_reported else rules.banned:
        for word in banned.words if urgent or not banned.urgent else ():
            if re.search(rf"\b{re.escape(word)}\b", plain, re.IGNORECASE):
                yield word.lower(), f"'{word}' is not used here: {banned.why}"
    for word in _WORD.findall(plain):
        if hashlib.sha256(word.lower().encode()).hexdigest() in rules.names:
            yield word.lower(), f"'{word}' is the name of somebody who must not be named; take it out"


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
        if text.links(step.do) or text.links(step.why):
            message = "leads away before the help; an urgent step has no link"
            yield moment.file, ("steps", i), message
