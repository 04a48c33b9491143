"""Verbs on the limits of the five firsts: suspended, resumed, extended, each with its reason; and how a case stands."""

from __future__ import annotations

from typing import Final

from station_app.domain import codes
from station_app.domain.case import text
from station_app.domain.checks import check_values
from station_app.domain.clocks.firsts import EXTEND, FIRSTS, SUSPEND, First, Mark, firsts
from station_app.domain.dates import date_cn
from station_app.domain.rules import load_rules
from station_app.services.cases import Values, moment
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

_VERB: Final = "limit"
_DAY, _HOUR = 24 * 60, 60
_HOURS: Final = 24 * 365
"""Nobody extends a limit by more than a year at once."""


def of_case(station: Station, *, case: str) -> list[First]:
    """The five steps of a case as they stand now."""
    rules = load_rules()
    pack = {key: setting.value for key, setting in rules.settings.items()}
    return firsts(station.case(case), pack, moment(station))


def suspend(station: Station, *, case: str, first: str, reason: str, at: str = "") -> Changes:
    """暂停计时 from a moment (default now). E-408 without a reason, E-384 for a step that does not run."""
    when = at or moment(station)
    standing = _running(station, case, first)
    if standing.mark is Mark.PAUSED or when < standing.start or when > moment(station):
        raise KnownError("E-384", first=codes.label("firsts", first))
    return _new(station, case, {"first": first, "act": SUSPEND, "from": when}, reason, "暂停计时")


def resume(station: Station, *, case: str, first: str, at: str = "") -> Changes:
    """恢复计时 at a moment (default now). E-384 where the limit does not stand still then."""
    when = at or moment(station)
    _code(first)
    view = station.case(case)
    open_ = [r for r in view.kind("first_change") if _is_open(r, first)]
    if not open_ or when < text(open_[-1], "from") or when > moment(station):
        raise KnownError("E-384", first=codes.label("firsts", first))
    record = open_[-1]
    clean = _clean(station, {"to": when})
    with station.write(_VERB) as tx:
        tx.op(_VERB, "register", case=case).put(overwrite(record, clean))
    return changes_of(tx, label="恢复计时")


def extend(station: Station, *, case: str, first: str, hours: int, reason: str) -> Changes:
    """延长时限 by so many hours. E-408 without a reason, E-384 for a step that does not run or has no limit."""
    standing = _running(station, case, first)
    if standing.hours is None or not 1 <= hours <= _HOURS:
        raise KnownError("E-384", first=codes.label("firsts", first))
    return _new(station, case, {"first": first, "act": EXTEND, "hours": hours}, reason, "延长时限")


def words(first: First, changes: list[Record] | None = None, *, brief: bool = False) -> str:
    """ "受理 11-24 09:05", "化解 还剩2天3小时", "确认 已超2小时", "反馈 不适用": one step in a few words.

    Of a case taken up again the first time stands beside it: "化解 还剩2天（首次 11-20）". With the case's records of
    changes, why it stands still or was extended follows. `brief` leaves out the time of day, and that no limit is set.
    """
    name = codes.label("firsts", first.code)
    said = f"{name} {_standing(first, brief=brief)}"
    if first.before:
        hour = f" {first.before[11:16]}" if changes is not None else ""
        said += f"（首次 {first.before[5:10]}{hour}）"
    if first.mark is Mark.LATE:
        said += "（超过时限）"
    for record in changes or []:
        if record.id in first.changes:
            said += f"（{_changed(record)}）"
    return said


def _standing(first: First, *, brief: bool) -> str:
    if first.mark in (Mark.DONE, Mark.LATE):
        return first.at[5:10] if brief else f"{first.at[5:10]} {first.at[11:16]}"
    if first.mark is Mark.NONE:
        return "不适用"
    if first.mark is Mark.WAITING:
        return "未到"
    if first.mark is Mark.PAUSED:
        return "暂停计时"
    if first.left is None:
        return "办理中" if brief else "办理中，时限未设定"
    return f"还剩{span(first.left)}" if first.mark is Mark.RUNNING else f"已超{span(-first.left)}"


def span(minutes: int) -> str:
    """So many minutes in words: 2天3小时, 50分钟."""
    days, rest = divmod(minutes, _DAY)
    hours, left = divmod(rest, _HOUR)
    if days:
        return f"{days}天" + (f"{hours}小时" if hours else "")
    return f"{hours}小时" + (f"{left}分" if left else "") if hours else f"{left}分钟"


def _changed(record: Record) -> str:
    why = text(record, "reason")
    if text(record, "act") == EXTEND:
        return f"延长{record.get('hours')}小时：{why}"
    until = text(record, "to")
    span = f"{_day(text(record, 'from'))}起" + (f"至{_day(until)}" if until else "")
    return f"{span}暂停：{why}"


def _day(when: str) -> str:
    return f"{date_cn(when[:10])}{when[11:16]}"


def _running(station: Station, case: str, first: str) -> First:
    """The step, while its limit runs; E-384 for one that was reached, or that this case does not come to."""
    _code(first)
    standing = next(f for f in of_case(station, case=case) if f.code == first)
    if not standing.open:
        raise KnownError("E-384", first=codes.label("firsts", first))
    return standing


def _code(first: str) -> None:
    if first not in FIRSTS:
        raise KnownError("E-217", field="first_change.first", value=first)


def _is_open(record: Record, first: str) -> bool:
    return text(record, "first") == first and text(record, "act") == SUSPEND and not text(record, "to")


def _new(station: Station, case: str, values: Values, reason: str, label: str) -> Changes:
    if not reason.strip():
        raise KnownError("E-408", step=_VERB)
    clean = _clean(station, {**values, "reason": reason.strip(), "by": station.user.person or None})
    with station.write(_VERB) as tx:
        tx.op(_VERB, "register", case=case).new("first_change", clean)
    return changes_of(tx, label=label)


def _clean(station: Station, values: Values) -> Values:
    given = {name: value for name, value in values.items() if value is not None}
    clean, errors = check_values("first_change", given, today=station.clock.today())
    if errors:
        raise errors[0].error
    return clean
