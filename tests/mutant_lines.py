"""A plugin of pytest that writes which tests come by which line of the generator, for `mutants.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from coverage import Coverage

if TYPE_CHECKING:
    from collections.abc import Iterator

LINES = Coverage(data_file="lines.data", config_file=False, source=["src/guidebook"])


def pytest_sessionstart() -> None:
    LINES.start()


@pytest.hookimpl(tryfirst=True, wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    LINES.switch_context(item.nodeid)
    yield
    # What runs between tests, runs without any.
    LINES.switch_context("")


def pytest_sessionfinish() -> None:
    LINES.stop()
    LINES.json_report(outfile="lines.json", show_contexts=True)
