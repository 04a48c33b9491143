"""A choice of months, the newest first, as reports of a month offer it."""

from __future__ import annotations

from datetime import date
from typing import Final

from PySide6.QtWidgets import QComboBox

_MONTHS: Final = 24


def month_choice(name: str, today: date) -> QComboBox:
    """The last months by name; the data of each is `YYYY-MM`."""
    choice = QComboBox()
    choice.setAccessibleName(name)
    year, number = today.year, today.month
    for _ in range(_MONTHS):
        choice.addItem(f"{year}年{number}月", f"{year:04d}-{number:02d}")
        year, number = (year, number - 1) if number > 1 else (year - 1, 12)
    return choice
