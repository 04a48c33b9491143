"""How every act of the case page is done: in the write lane, said, and with the offer to take it back."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from station_app.services.cases import Values
from station_app.services.changes import Changes
from sync.contract.canonical import Json

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage

Read = dict[str, dict[str, Json]]
"""What a form read: kind, field, value."""


def do(page: CasePage, act: Callable[[], Changes], said: str) -> None:
    """Run a verb and offer to take it back."""
    page.tasks.write(act, done=lambda c: page.desk.did(said, c), failed=page.notices.error, owner=page)


def given(values: Values) -> Values:
    """What is not empty."""
    return {k: v for k, v in values.items() if v not in (None, "")}
