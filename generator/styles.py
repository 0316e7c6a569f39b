"""A stylesheet cut down to the rules that some page of the site can match.

A theme's stylesheet serves every site that it might be used for; readers of one site pay for all of it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import tinycss2

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_ATTRIBUTES = re.compile(r"""\s([a-z][a-z-]*)(?:=(?:"([^"]*)"|'([^']*)'))?(?=[\s>/])""")
_TAGS = re.compile(r"<[a-z][^>]*>")
_NAMED = re.compile(r"[.#]([A-Za-z_][\w-]*)|\[([\w-]+)")
# What a selector negates need not be on a page.
_NEGATED = re.compile(r":not\([^()]*\)")
_COMMA = re.compile(r",(?![^(]*\))")
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
    custom properties. Animations go: whoever wants one brings it.
    """
    kept = "".join(_kept(_rules(css), names))
    read = set(re.findall(r"var\((--[\w-]+)", kept + others))
    return "".join(_without_unread(_rules(kept), read))


def _rules(css: str) -> list[Any]:
    rules: list[Any] = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return rules


def _inner(rule: Any) -> list[Any]:  # noqa: ANN401 (a node of tinycss2)
    rules: list[Any] = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
    return rules


def _kept(rules: list[Any], names: set[str]) -> Iterator[str]:
    for rule in rules:
        prelude = tinycss2.serialize(rule.prelude)
        if rule.type == "qualified-rule":
            matching = [part.strip() for part in _COMMA.split(prelude) if _may_match(part, names)]
            if matching:
                yield f"{','.join(matching)}{{{tinycss2.serialize(rule.content)}}}"
        elif rule.at_keyword in _GROUPS:
            inner = "".join(_kept(_inner(rule), names))
            if inner:
                yield f"@{rule.at_keyword}{prelude}{{{inner}}}"


def _may_match(selector: str, names: set[str]) -> bool:
    return all(name in names for pair in _NAMED.findall(_NEGATED.sub("", selector)) for name in pair if name)


def _without_unread(rules: list[Any], read: set[str]) -> Iterator[str]:
    """The rules without the custom properties that nothing reads."""
    for rule in rules:
        prelude = tinycss2.serialize(rule.prelude)
        if rule.type == "at-rule":
            yield f"@{rule.at_keyword}{prelude}{{{''.join(_without_unread(_inner(rule), read))}}}"
            continue
        said = tinycss2.parse_blocks_contents(rule.content, skip_comments=True, skip_whitespace=True)
        left = [one for one in said if not one.name.startswith("--") or one.name in read]
        if left:
            yield f"{prelude}{{{tinycss2.serialize(left)}}}"
