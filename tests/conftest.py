"""What the tests share: a small guide to change, the real site, and a browser that sees one host."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from kit import ROOT, SMALL_GUIDE, Visitor, serve

from guidebook.site.mkdocs_plugin import build_site

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update-goldens", action="store_true", help="write what comes out as expected")


@pytest.fixture
def golden(request: pytest.FixtureRequest) -> Callable[[Path, str], None]:
    """Compare a text with a file; with --update-goldens write it, to be read by a person."""

    def compare(path: Path, text: str) -> None:
        if request.config.getoption("--update-goldens"):
            path.write_text(text, encoding="utf-8")
        assert text == path.read_text(encoding="utf-8")

    return compare


@pytest.fixture
def small_guide(tmp_path: Path) -> Path:
    """A copy of the small guide's content folder."""
    return Path(shutil.copytree(SMALL_GUIDE / "content", tmp_path / "content"))


# --- the real site in a browser -----------------------------------------------------------------


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real handbook, built strictly as `make site` builds it."""
    project = tmp_path_factory.mktemp("project")
    for name in ("mkdocs.yml", "content", "templates"):
        (project / name).symlink_to(ROOT / name)
    built = build_site(project / "mkdocs.yml")
    assert built, "the real site does not build strictly"
    return built.site


@pytest.fixture(scope="session")
def address(site: Path) -> Iterator[str]:
    """Where the real site is served."""
    yield from serve(site)


@pytest.fixture(scope="session")
def browser() -> Iterator[Any]:
    """Chromium: the one that $CHROMIUM names, else the first on the path."""
    playwright = pytest.importorskip("playwright.sync_api")
    path = os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("google-chrome")
    assert path, "no Chromium; run `make test`, which finds or installs one"
    arguments = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"]
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Callable[..., Visitor]]:  # noqa: ANN401
    """Open windows as a case wants them; afterwards none may have asked another host or complained."""
    visitors: list[Visitor] = []

    def open_window(**options: Any) -> Visitor:  # noqa: ANN401 (Playwright's options)
        context = browser.new_context(**{"viewport": {"width": 375, "height": 800}, **options})
        context.set_default_timeout(15_000)
        visitor = Visitor(context.new_page(), address)

        def route(request_route: Any) -> None:  # noqa: ANN401
            if request_route.request.url.startswith(address):
                request_route.continue_()
            else:
                visitor.foreign.append(request_route.request.url)
                request_route.abort()

        context.route("**/*", route)
        visitor.page.on("console", lambda message: visitor.said.append(message.text))
        visitor.page.on("pageerror", lambda error: visitor.said.append(str(error)))
        visitors.append(visitor)
        return visitor

    yield open_window
    for visitor in visitors:
        visitor.page.context.close()
        assert visitor.foreign == []
        assert visitor.said == []
