"""What the tests share: a small guide to change, the real site, and a browser that sees one host."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from kit import ROOT, SMALL_GUIDE, Visitor, open_window, serve

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
    # No other host has an address. To stop requests one by one in Playwright takes a third of a visit's time.
    arguments.append("--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1")
    with playwright.sync_playwright() as driver:
        chromium = driver.chromium.launch(executable_path=path, args=arguments)
        yield chromium
        chromium.close()


@pytest.fixture
def visit(browser: Any, address: str) -> Iterator[Callable[..., Visitor]]:  # noqa: ANN401
    """Open windows as a case wants them; afterwards none may have asked another host or complained."""
    visitors: list[Visitor] = []

    def visit(**options: Any) -> Visitor:  # noqa: ANN401
        visitors.append(open_window(browser, address, **options))
        return visitors[-1]

    yield visit
    for visitor in visitors:
        visitor.page.context.close()
        visitor.finish()


@pytest.fixture(scope="session")
def kept_window(browser: Any, address: str) -> Iterator[Callable[..., Visitor]]:  # noqa: ANN401
    """The window with these options, which stays open for the next case that wants it."""
    kept: dict[str, Visitor] = {}

    def window(**options: Any) -> Visitor:  # noqa: ANN401
        name = str(sorted(options.items()))
        if name not in kept:
            kept[name] = open_window(browser, address, **options)
        return kept[name]

    yield window
    for visitor in kept.values():
        visitor.page.context.close()


@pytest.fixture
def look(kept_window: Callable[..., Visitor]) -> Iterator[Callable[..., Visitor]]:
    """As `visit`, but in a window that was used before: for cases that open a page and only look at it.

    To open a window takes longer than to look at a page.
    """
    used: list[Visitor] = []

    def look(**options: Any) -> Visitor:  # noqa: ANN401
        used.append(kept_window(**options))
        return used[-1]

    yield look
    for visitor in used:
        visitor.finish()
