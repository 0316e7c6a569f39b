"""A plugin of pytest for `mutants.py`: runs that are alike every time, and never long."""

from __future__ import annotations

import json
import os
import resource
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest
from hypothesis import Phase, settings

if TYPE_CHECKING:
    from collections.abc import Iterator

RAN_OUT_OF_TIME = 36
"""What mutmut takes for a time limit."""
MEMORY = 4 * 2**30
STATS = Path("mutmut-stats.json")
REACH = Path("reach.json")
"""The tests that come by what each mutant changes."""

# The same examples every time, so that a seed means the same; and a change is killed by the first that fails.
settings.register_profile("mutants", derandomize=True, database=None, phases=(Phase.explicit, Phase.generate))
settings.load_profile("mutants")


def pytest_sessionstart() -> None:
    if _is_changed():
        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
        signal.signal(signal.SIGALRM, _give_up)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Only the tests that reach the line, in the order in which they stand there."""
    if not _is_changed():
        return
    reach = json.loads(REACH.read_text(encoding="utf-8"))[os.environ["MUTANT_UNDER_TEST"]]
    config.hook.pytest_deselected(items=[item for item in items if item.nodeid not in reach])
    items[:] = sorted(
        (item for item in items if item.nodeid in reach), key=lambda item: reach.index(item.nodeid)
    )


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[None]:
    """Give each test ten seconds and five times as long as it took, and no cache of an earlier one."""
    _forget()
    if _is_changed():
        signal.setitimer(signal.ITIMER_REAL, 10 + 5 * _took(item.nodeid))
    yield
    if _is_changed():
        signal.setitimer(signal.ITIMER_REAL, 0)


def _is_changed() -> bool:
    return "__mutmut_" in os.environ.get("MUTANT_UNDER_TEST", "")


def _give_up(*_: object) -> NoReturn:
    os._exit(RAN_OUT_OF_TIME)


def _forget() -> None:
    """Empty the caches of the generator, which would answer for changed code."""
    for name, module in list(sys.modules.items()):
        if name.startswith("guidebook"):
            for value in vars(module).values():
                if hasattr(value, "cache_clear"):
                    value.cache_clear()


def _took(test: str) -> float:
    return float(json.loads(STATS.read_text(encoding="utf-8"))["duration_by_test"].get(test, 0))
