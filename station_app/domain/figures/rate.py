"""Rates as they are published: two decimals, rounded half up in whole numbers ("99.85%")."""

from __future__ import annotations


def percent(part: int, whole: int) -> str:
    """ "99.85%"; "—" where there is nothing to divide by. All of it reads "100.00%", and nothing less does."""
    if whole <= 0:
        return "—"
    hundredths = (part * 10_000 * 2 + whole) // (whole * 2)
    if hundredths == 10_000 and part < whole:
        hundredths = 9_999  # one open case among 30,000 is not "all"
    return f"{hundredths // 100}.{hundredths % 100:02d}%"
