"""How well the search does on lines that nobody tuned it to; `make bench-search` prints it on a built site.

Three kinds of line are never mixed: those that models are trained on (`content/search/`), development
files on which thresholds are set (`tests/search/*-dev.tsv`), and sealed files, written by people who saw
neither the content nor the other files and looked at by nobody while tuning (`tests/search/*-test.tsv`).
"""

from __future__ import annotations

import csv
import os
import sys
from math import sqrt
from typing import TYPE_CHECKING, Any, NamedTuple

from kit import ROOT, serve, url_of
from playwright.sync_api import sync_playwright

from guidebook.build import read
from guidebook.pages.search_index import answers, words_of

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from guidebook.content.handbook import Content

HARMLESS = ("misleading", "everyday")
# A line is left out that has this share of its words in common with a line that was learned from.
NEAR = 0.8
FEWEST_WORDS = 3
LENGTHS = {
    "1 to 3 words": range(1, 4),
    "4 to 7": range(4, 8),
    "8 to 11": range(8, 12),
    "12 and more": range(12, 99),
}
# The page's own search as `engine`, with all that it learned.
LOADED = """
  const load = (name) => import(`/assets/js/${name}.js`)
  const { SearchEngine } = await load("search-engine")
  const { default: data } = await load("search-data")
  const { default: heard } = await load("search-danger")
  const { default: learned } = await load("search-model")
  const engine = new SearchEngine(data, heard ? new (await load("danger")).Danger(heard) : undefined)
  if (learned) engine.learn(learned)
"""
SEARCH = f"""async (queries) => {{
  {LOADED}
  return queries.map((query) => {{
    const {{ danger, answers }} = engine.search(query)
    return {{ kind: danger?.id ?? "", strength: danger?.strength ?? "", page: danger?.url ?? "",
      answers: answers.slice(0, 5).map((answer) => answer.url) }}
  }})
}}"""


class Share(NamedTuple):
    """A share of lines, with the interval in which 95 % of such measures lie (Wilson 1927), in percent."""

    hits: int
    of: int

    def __str__(self) -> str:
        if not self.of:
            return "none"
        z, n, p = 1.96, self.of, self.hits / self.of
        middle, half = p + z * z / (2 * n), z * sqrt(p * (1 - p) / n + z * z / (4 * n * n))
        low, high = ((middle + side * half) / (1 + z * z / n) for side in (-1, 1))
        return f"{100 * p:.1f} % ({100 * low:.0f} to {100 * high:.0f}) of {n}"

    @property
    def percent(self) -> float:
        return 100 * self.hits / max(self.of, 1)


def share(hits: Iterable[bool]) -> Share:
    found = list(hits)
    return Share(sum(found), len(found))


def rows(name: str) -> list[dict[str, str]]:
    with (ROOT / "tests/search" / f"{name}.tsv").open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def without_copies(asked: list[dict[str, str]], learned: Iterable[str]) -> list[dict[str, str]]:
    """The lines that are no near copies of what was learned from."""
    by_word: dict[str, list[frozenset[str]]] = {}
    whole = set()
    for line in learned:
        words = frozenset(words_of(line))
        whole.add(words)
        for word in words:
            by_word.setdefault(word, []).append(words)

    def is_copy(line: str) -> bool:
        words = frozenset(words_of(line))
        near = (other for word in words for other in by_word.get(word, ()))
        return words in whole or (
            len(words) >= FEWEST_WORDS and any(len(words & o) >= NEAR * len(words | o) for o in near)
        )

    return [row for row in asked if not is_copy(row["query"])]


def learned_lines(content: Content) -> list[str]:
    """Every line that a model learned from, and every keyword."""
    typed = [line.text for lines in content.typed.values() for line in lines]
    return [*typed, *(phrase for answer in answers(content) for phrase in (answer.title, *answer.also))]


def found_for(browser: Any, site: Path, queries: list[str]) -> list[dict[str, Any]]:  # noqa: ANN401
    for address in serve(site):
        page = browser.new_page()
        page.goto(f"{address}/")
        found: list[dict[str, Any]] = page.evaluate(SEARCH, queries)
        page.close()
    return found


def questions(browser: Any, site: Path, name: str, content: Content) -> dict[str, Share]:  # noqa: ANN401
    """How often an accepted page is first, among three and among five; a pinned page stands before all."""
    urls = {answer.id: url_of(answer.path) for answer in answers(content)}
    asked = without_copies(rows(name), learned_lines(content))
    print(f"{name}: {len(rows(name)) - len(asked)} of {len(rows(name))} lines left out as near copies")
    found = found_for(browser, site, [row["query"] for row in asked])
    judged = []
    for row, item in zip(asked, found, strict=True):
        wanted = {urls[page] for page in row["pages"].split() if page in urls}
        pinned = [item["page"]] if item["strength"] == "sure" else []
        judged.append((len(row["query"].split()), [url in wanted for url in [*pinned, *item["answers"]]]))
    result = {f"among {n}": share(any(hits[:n]) for _, hits in judged) for n in (1, 3, 5)}
    for said, lengths in LENGTHS.items():
        for n in (1, 3):
            result[f"{said}, among {n}"] = share(any(hits[:n]) for words, hits in judged if words in lengths)
    return result


def danger(browser: Any, site: Path, name: str, content: Content) -> dict[str, Share]:  # noqa: ANN401
    """How much danger is heard, by kind, and how much is heard where there is none."""
    asked = without_copies(rows(name), learned_lines(content))
    print(f"{name}: {len(rows(name)) - len(asked)} of {len(rows(name))} lines left out as near copies")
    heard = list(zip(asked, found_for(browser, site, [row["query"] for row in asked]), strict=True))
    meant = [(row, item) for row, item in heard if row["kind"] not in HARMLESS]
    result = {
        "danger heard": share(bool(item["strength"]) for _, item in meant),
        "danger heard for sure": share(item["strength"] == "sure" for _, item in meant),
        "kind right, of what is heard": share(r["kind"] == i["kind"] for r, i in meant if i["strength"]),
    }
    for kind in dict.fromkeys(row["kind"] for row, _ in heard):
        of_kind = [item["strength"] for row, item in heard if row["kind"] == kind]
        result[f"{kind}: heard"] = share(map(bool, of_kind))
        result[f"{kind}: for sure"] = share(strength == "sure" for strength in of_kind)
    return result


def main(which: str) -> None:
    """Print every measure on the development or the sealed files."""
    content = read(ROOT / "content")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=os.environ["CHROMIUM"], args=["--no-sandbox"])
        for measure, name in ((questions, f"asked-{which}"), (danger, f"danger-{which}")):
            for said, found in measure(browser, ROOT / "site", name, content).items():
                print(f"  {said}: {found}")
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "test")
