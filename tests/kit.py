"""What test modules share: cases kept as data, and a browser window with its guards."""

from __future__ import annotations

import functools
import http.server
import json
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from guidebook.build import read

if TYPE_CHECKING:
    from collections.abc import Iterator

    from guidebook.content.handbook import Content

ROOT = Path(__file__).parent.parent
SMALL_GUIDE = ROOT / "tests/second_guide"
TEMPLATES = ROOT / "templates/pages"
# What a page has stored in the browser, of each kind, and what it looks like if that is nothing.
STORED = """async () => JSON.stringify([
  document.cookie, localStorage.length, sessionStorage.length,
  (await indexedDB.databases()).length, (await caches.keys()).length,
  (await navigator.serviceWorker.getRegistrations()).length,
])"""
NOTHING_STORED = '["",0,0,0,0,0]'

# The small guide with its two questions in an order that a first one decides: a case for `change`.
EITHER_ORDER: dict[str, Any] = {
    "write": {
        "decision-tree/questions/first.yml": """question: What will you look at first?
why: Each shows something else.
options:
  - {id: leaves-first, label: The leaves, next: leaves}
  - {id: soil-first, label: The soil, next: signs}
no_not_sure: It is up to you.
"""
    },
    "edit": {
        "decision-tree/tree.yml": {
            "start: leaves": "start: first",
            "longest: 2": "longest: 3",
            "{leaves: wilted": "{first: leaves-first, leaves: wilted",
            "{leaves: fine": "{first: leaves-first, leaves: fine",
        },
        "decision-tree/people/away-on-weekends.yml": {
            "{leaves: wilted": "{first: leaves-first, leaves: wilted",
            "{leaves: fine": "{first: leaves-first, leaves: fine",
        },
        "decision-tree/questions/leaves.yml": {
            "flags: [wilting], next: signs": "flags: [wilting]",
            "no_not_sure:": "next:\n"
            "  - {if: {question: first, answer: soil-first}, to: repot}\n"
            "  - to: signs\n"
            "no_not_sure:",
        },
        "decision-tree/questions/signs.yml": {
            "  - to: repot": "  - {if: {question: first, answer: soil-first}, to: leaves}\n  - to: repot",
        },
    },
}

# The small guide with a plan that gets more urgent by an answer: a case for `change`.
MORE_URGENT_IF_IT_SMELLS: dict[str, Any] = {
    "edit": {
        "decision-tree/outcomes/repot.yml": {
            "first: [Do it in the sink.]": "first: [Do it in the sink., Take it out of the pot.]\n"
            "  - when: now\n    first: [Look at the roots.]",
            "urgency: soon": "urgency: calm",
        },
        "decision-tree/shared/afterwards.yml": {
            "do: [Open a window.]": "id: a-smell\n    urgency: soon\n"
            "    first: [Open a window., Close the door.]",
        },
        "decision-tree/tree.yml": {"urgency_at_least: soon": "urgency_at_least: calm"},
    }
}


def change(folder: Path, case: dict[str, Any]) -> None:
    """Do to a content folder what a case says: `write`, `edit` (old text to new) and `delete`."""
    for name, text in case.get("write", {}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    for name, edits in case.get("edit", {}).items():
        text = (folder / name).read_text(encoding="utf-8")
        for old, new in edits.items():
            assert old in text, f"{name} does not hold {old!r}"
            text = text.replace(old, new, 1)
        (folder / name).write_text(text, encoding="utf-8")
    for name in case.get("delete", []):
        (folder / name).unlink()


@functools.cache
def real_content() -> Content:
    """The handbook's content, read and checked once for all modules, since that takes seconds."""
    return read(ROOT / "content")


def cases(folder: str) -> list[Any]:
    """The cases of a folder, as parameters named by their files."""
    paths = sorted((ROOT / "tests" / folder).glob("*.yml"))
    assert paths
    return [pytest.param(path, id=path.stem) for path in paths]


def read_case(path: Path) -> dict[str, Any]:
    """What a case file says."""
    found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return found


def first_with(files: dict[str, Any], **wanted: bool) -> Any:  # noqa: ANN401 (a file of any kind)
    """The first file of a kind in which these fields say something, or do not, as wanted."""
    return next(
        file
        for file in files.values()
        if all(bool(getattr(file, name)) == is_wanted for name, is_wanted in wanted.items())
    )


def url_of(path: str) -> str:
    """The address that MkDocs gives a Markdown path, without a slash before it."""
    page, _, anchor = path.partition("#")
    folder = page.removesuffix(".md").removesuffix("index").strip("/")
    address = f"{folder}/" if folder else ""
    return f"{address}#{anchor}" if anchor else address


class _Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        """Say nothing."""


class _Server(http.server.ThreadingHTTPServer):
    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 (as the library has it)
        """Tell of what went wrong, unless a window was closed before it had all of a file."""
        if not isinstance(sys.exception(), ConnectionError):
            super().handle_error(request, client_address)


def serve(folder: Path) -> Iterator[str]:
    """Serve a folder on this machine while the generator is open; yields the address."""
    handler = functools.partial(_Quiet, directory=str(folder))
    server = _Server(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def given_by(page: Any, function: str, value: object) -> Any:  # noqa: ANN401 (Playwright's page)
    """What a function of JavaScript gives for a value, in a page.

    Both go as text, since Playwright takes what is in a value one by one.
    """
    call = f"async (value) => JSON.stringify(await ({function})(JSON.parse(value)))"
    return json.loads(page.evaluate(call, json.dumps(value)))


@dataclass
class Visitor:
    """A browser window on the site: requests to other hosts are counted, messages kept."""

    page: Any
    address: str
    leads_to: str | None = None
    """Another host that a case answers for itself."""
    foreign: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def note(self, url: str) -> None:
        """Count a request if it goes to another host."""
        if not url.startswith((self.address, self.leads_to or self.address)):
            self.foreign.append(url)

    def finish(self) -> None:
        """Fail if another host was asked or the console said something, and forget it."""
        found = (self.foreign, self.said)
        self.foreign, self.said = [], []
        assert found == ([], [])

    def go(self, path: str) -> Any:  # noqa: ANN401 (Playwright's page)
        """Open a page of the site."""
        self.page.goto(f"{self.address}{path}")
        return self.page


def open_window(browser: Any, address: str, **options: Any) -> Visitor:  # noqa: ANN401 (Playwright's)
    """A new window, of a reader who was never here, with these of Playwright's options."""
    context = browser.new_context(**{"viewport": {"width": 375, "height": 800}, **options})
    context.set_default_timeout(15_000)
    visitor = Visitor(context.new_page(), address)
    context.on("request", lambda request: visitor.note(request.url))
    visitor.page.on("console", lambda message: visitor.said.append(message.text))
    visitor.page.on("pageerror", lambda error: visitor.said.append(str(error)))
    return visitor
