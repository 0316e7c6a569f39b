"""A stylesheet cut down to the rules that some page of the site can match.

A theme's stylesheet serves every site that it might be used for; readers of one site pay for all of it.
What is not understood is kept. CSS Syntax Level 3 (W3C), read by tinycss2.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ATTRIBUTES = re.compile(r"""\s([a-z][a-z-]*)(?:=(?:"([^"]*)"|'([^']*)'))?(?=[\s>/])""")
_TAGS = re.compile(r"<[a-z][^>]*>")
_GROUPS = frozenset({"media", "supports"})


def names_in(pages: Iterable[str]) -> set[str]:
    """The attributes, classes and ids in some HTML."""
    names = set()
    for tag in {tag for page in pages for tag in _TAGS.findall(page)}:
        for attribute, double, single in _ATTRIBUTES.findall(tag):
            names.add(attribute)
            if attribute in {"class", "id"}:
                names.update((double or single).split())
    return names


def pruned(css: str, names: set[str], others: str) -> str:
    """The rules of a stylesheet that may match.

    `names` are the classes, ids and attributes that occur; `others` is the text of what else may read
    custom properties. `@keyframes` rules are dropped; a theme defines its own.
    """
    kept = "".join(_kept(_rules(css), names))
    read = set(re.findall(r"var\(\s*(--[\w-]+)", kept + others))
    return "".join(_without_unread(_rules(kept), read))


def _rules(css: str) -> list[Any]:
    rules: list[Any] = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return rules


def _inner(rule: Any) -> list[Any]:  # noqa: ANN401 (a node of tinycss2)
    rules: list[Any] = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
    return rules


def _kept(rules: list[Any], names: set[str]) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            matching = [part for part in _selectors(rule.prelude) if _names(part) <= names]
            if matching:
                prelude = ",".join(tinycss2.serialize(part).strip() for part in matching)
                yield f"{prelude}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.type == "at-rule" and rule.lower_at_keyword in _GROUPS:
            inner = "".join(_kept(_inner(rule), names))
            if inner:
                yield f"@{rule.at_keyword}{tinycss2.serialize(rule.prelude)}{{{inner}}}"
        elif not (rule.type == "at-rule" and rule.lower_at_keyword.endswith("keyframes")):
            yield rule.serialize()


def _selectors(prelude: list[Any]) -> list[list[Any]]:
    """The selectors of a list; commas within brackets part nothing."""
    parts: list[list[Any]] = [[]]
    for token in prelude:
        if token.type == "literal" and token.value == ",":
            parts.append([])
        else:
            parts[-1].append(token)
    return parts


def _names(selector: list[Any]) -> set[str]:
    """The classes, ids and attributes that a selector asks for; not what stands in `:not()` or `:is()`."""
    names = set()
    for before, token in zip([None, *selector], selector, strict=False):
        if token.type == "hash" or (token.type == "ident" and before is not None and before == "."):
            names.add(token.value)
        elif token.type == "[] block":
            names.update(inner.value for inner in token.content[:1] if inner.type == "ident")
    return names


def _without_unread(rules: list[Any], read: set[str]) -> Iterator[str]:
    """The rules without the custom properties that nothing reads."""
    for rule in rules:
        if rule.type == "at-rule" and rule.lower_at_keyword in _GROUPS:
            prelude = tinycss2.serialize(rule.prelude)
            yield f"@{rule.at_keyword}{prelude}{{{''.join(_without_unread(_inner(rule), read))}}}"
        elif rule.type == "qualified-rule":
            said = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
            left = [one for one in said if not _is_unread(one, read)]
            if left:
                yield f"{tinycss2.serialize(rule.prelude)}{{{tinycss2.serialize(left)}}}"
        else:
            yield rule.serialize()


def _is_unread(said: Any, read: set[str]) -> bool:  # noqa: ANN401 (a node of tinycss2)
    return said.type == "declaration" and said.name.startswith("--") and said.name not in read
