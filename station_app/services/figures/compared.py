"""The figures of a period beside those of the one before it and of the same months a year ago."""

from __future__ import annotations

from typing import Final

from station_app.domain.figures import period as periods
from station_app.domain.figures.period import Period
from station_app.domain.money import yuan
from station_app.services.figures import counting
from station_app.services.figures.counting import Line
from station_app.services.figures.report import BASIS, Cell, Sheet
from station_app.services.station import Station

_COUNTS: Final = {
    "accepted": "受理（件）",
    "resolved": "其中已化解（件）",
    "unresolved": "其中未化解（件）",
    "open": "其中仍在办（件）",
    "confirmed": "司法确认有效（件）",
    "people": "涉及人数（人）",
}
NONE: Final = "—"
NOTE: Final = "各期均按目前状态统计；“—”为没有可比数据。"


def sheet(station: Station, period: Period, *, demo: str = "") -> Sheet:
    """主要指标：本期、上期、上年同期 and the differences; an open period has only its own column."""
    whole = counting.overview(station, period)
    earlier = [_of(station, p) for p in (periods.before(period), periods.year_before(period))]
    rows: list[tuple[Cell, ...]] = [
        (words, *_row(getattr(whole, name), *(getattr(e, name) if e else None for e in earlier)))
        for name, words in _COUNTS.items()
    ]
    rows.insert(3, ("化解率", whole.rate, *(cell for e in earlier for cell in _rates(whole, e))))
    rows.append(("涉及金额（元）", yuan(whole.amount), *(cell for e in earlier for cell in _amounts(whole, e))))
    heads = ("指标", "本期", "上期", "比上期增减", "上年同期", "比上年同期增减")
    title = f"{period.title}群众诉求主要指标{demo}"
    return Sheet("主要指标", title, heads, rows, (BASIS, NOTE), sums=False)


def _of(station: Station, period: Period | None) -> Line | None:
    """The figures of a period, None where nothing was accepted in it: there is nothing to compare with."""
    line = counting.overview(station, period) if period else None
    return line if line is not None and line.accepted else None


def _row(now: int, before: int | None, ago: int | None) -> tuple[int | str, ...]:
    cells: list[int | str] = [now]
    for other in (before, ago):
        cells += [NONE, NONE] if other is None else [other, signed(now - other)]
    return tuple(cells)


def signed(difference: int) -> str:
    """ "增加3", "减少3", "持平": words, because a sign at the start of a cell reads as a formula."""
    if not difference:
        return "持平"
    return f"{'增加' if difference > 0 else '减少'}{abs(difference)}"


def _rates(now: Line, other: Line | None) -> tuple[str, str]:
    if other is None:
        return NONE, NONE
    if not now.accepted:
        return other.rate, NONE
    points = _hundredths(now) - _hundredths(other)
    said = (
        f"{'上升' if points > 0 else '下降'}{abs(points) // 100}.{abs(points) % 100:02d}个百分点" if points else "持平"
    )
    return other.rate, said


def _hundredths(line: Line) -> int:
    return int(line.rate.rstrip("%").replace(".", ""))


def _amounts(now: Line, other: Line | None) -> tuple[str, str]:
    if other is None:
        return NONE, NONE
    difference = now.amount - other.amount
    said = f"{'增加' if difference > 0 else '减少'}{yuan(abs(difference))}" if difference else "持平"
    return yuan(other.amount), said


def sentences(station: Station, period: Period) -> list[str]:
    """What the report says in words: the counts, and how they stand beside the period before."""
    whole = counting.overview(station, period)
    said = [
        f"本期共受理群众诉求{whole.accepted}件，涉及{whole.people}人、金额{yuan(whole.amount)}元；已化解{whole.resolved}件，"
        f"化解率{whole.rate}；未化解{whole.unresolved}件，其中仍在办{whole.open}件；经司法确认有效{whole.confirmed}件。"
    ]
    former = periods.before(period)
    if former is None:
        return said
    other = counting.overview(station, former)
    if not other.accepted:
        return [*said, f"上期（{former.title}）没有受理记录，不作比较。"]
    more = f"与上期（{former.title}）相比，受理{_held(signed(whole.accepted - other.accepted))}"
    rate = _rates(whole, other)[1]
    return [*said, f"{more}{f'，化解率{_held(rate)}' if rate != NONE else ''}。"]


def _held(words: str) -> str:
    return words if words == "持平" or words.endswith("百分点") else f"{words}件"
