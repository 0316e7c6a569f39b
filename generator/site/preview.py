"""Keeps a preview answering while a rebuild fails: each page that was there says what is wrong.

A development server that builds anew on each save has no page to show when a build stops halfway, and
leaves its readers waiting. Nothing here knows which server or which engine that is.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def answering(
    build: Callable[[], None],
    site: Path,
    explain: Callable[[BaseException, list[str]], str],
    log: logging.Logger,
) -> Callable[[], None]:
    """The same build; where it fails, every page in `site` of before becomes what `explain` makes of it.

    `explain` gets what was raised and the errors that were logged, and gives a whole page as HTML.
    """

    def rebuild() -> None:
        before = list(site.rglob("*.html"))
        logged = _Errors()
        log.addHandler(logged)
        try:
            build()
        # Engines stop a build by SystemExit, too; whatever it is, the author must see it.
        except (Exception, SystemExit) as error:  # noqa: BLE001
            log.error("The preview cannot be built: %s", error)  # noqa: TRY400 (shown in the page)
            page = explain(error, logged.messages)
            for path in before:
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_text(page, encoding="utf-8")
        finally:
            log.removeHandler(logged)

    return rebuild


class _Errors(logging.Handler):
    """Keeps the errors that are logged."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())
