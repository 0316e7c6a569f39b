"""Modules joined into files: each stands in one, is run once, and is fetched when it is asked for."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

import pytest
from kit import serve

from guidebook.site.script_bundle import bundles

if TYPE_CHECKING:
    from pathlib import Path

HELD = re.compile(r'^makers\["([^"]+)"\]', re.MULTILINE)


MODULES = {
    "js/start.js": """
import { base } from "./base.js"
export function start(from) { base(from) }
window.told.push("start")
window.load = (name) => (name === "late" ? import("./late.js") : import("../lib/data.js"))
window.again = () => import("./base.js")
""",
    "js/base.js": """
export function base(from) { window.told.push(`base of ${from}`) }
window.told.push("base")
""",
    "js/start-one.js": """
import { only } from "./only.js"
import { both } from "../lib/both.js"
import { start } from "./start.js"
start(only() + both())
""",
    "js/only.js": """
import { base } from "./base.js"
export function only() {
  base("only")
  return "one"
}
""",
    "lib/both.js": """
export function both() { return "!" }
window.told.push("both")
""",
    "js/late.js": """
import { both as sign } from "../lib/both.js"
import { base } from "./base.js"
export class Late { name = "late" + sign() }
export default 7
base("late")
""",
    "lib/data.js": "export default JSON.parse('[1]')",
}
FILES = bundles(MODULES, ["js/start.js", "js/start-one.js"])


def test_each_module_stands_in_one_file_with_what_asks_for_it() -> None:
    assert {file: HELD.findall(text) for file, text in FILES.items()} == {
        "js/start.js": ["js/start.js", "js/base.js"],
        "js/start-one.js": ["js/start-one.js", "js/only.js"],
        "js/late.js": ["js/late.js"],
        # Several files need it, and not every page does.
        "lib/both.js": ["lib/both.js"],
        # It needs nothing, so it stays as it was.
        "lib/data.js": [],
    }
    assert FILES["lib/data.js"] == MODULES["lib/data.js"]


@pytest.fixture
def page(browser: Any, tmp_path: Path) -> Any:  # noqa: ANN401 (Playwright's)
    """A page that loads both starts."""
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    scripts = "".join(
        f'<script type="module" src="js/{name}.js"></script>' for name in ("start", "start-one")
    )
    (tmp_path / "index.html").write_text(f"<script>window.told = []</script>{scripts}", encoding="utf-8")
    for address in serve(tmp_path):
        page = browser.new_page()
        page.goto(f"{address}/index.html")
        yield page
        page.close()


def test_modules_run_once_and_in_their_order(page: Any) -> None:  # noqa: ANN401
    assert page.evaluate("told") == ["base", "start", "both", "base of only", "base of one!"]


def test_what_is_late_comes_when_it_is_asked_for_and_gives_what_it_gave(page: Any) -> None:  # noqa: ANN401
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.rpartition("/")[2]))
    late = "load('late').then(({ Late, default: number }) => [new Late().name, number])"

    assert page.evaluate(late) == ["late!", 7]
    assert page.evaluate("load('data').then((data) => data.default)") == [1]
    assert page.evaluate("again().then(({ base }) => typeof base)") == "function"
    assert asked == ["late.js", "data.js"]
    assert page.evaluate("told.filter((said) => said === 'base' || said === 'both').length") == 2
