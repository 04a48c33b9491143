"""疑难复杂案件: a person says so, with the reason; the rules pack gives hints and decides nothing."""

from __future__ import annotations

from station_app.domain.case import Case, number, text
from station_app.domain.course.services import MEDIATION, service_of
from station_app.domain.money import parse_yuan, yuan
from station_app.domain.rules import load_rules
from station_app.services import cases
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from sync.contract.errors import KnownError
from sync.contract.fold import overwrite


def mark(station: Station, *, case: str, difficult: bool, reason: str = "") -> Changes:
    """认定或者取消认定. E-216 without a reason, E-278 for a case that is no mediation: only those are counted."""
    view = station.case(case)
    cases.guard_merged(view)
    if service_of(view) != MEDIATION:
        raise KnownError("E-278", service=cases.service_word(view))
    if difficult and not reason.strip():
        raise KnownError("E-216", field="case.difficult_reason")
    values: Values = {"difficult": difficult, "difficult_reason": reason.strip() or None}
    values["difficult_by"] = station.user.person or None
    with station.write("edit") as tx:
        tx.op("edit", "register", case=case).put(overwrite(view.record, values))
    return changes_of(tx, label="认定疑难复杂案件" if difficult else "取消疑难复杂认定")


def hints(station: Station, *, case: str) -> list[str]:
    """What speaks for it by the rules pack, in words; [] where nothing does, or the pack names no measure."""
    return _hints(station.case(case))


def _hints(view: Case) -> list[str]:
    rules, found = load_rules(), list[str]()
    people, held = number(view.record, "people"), len(view.kind("session"))
    if (least := rules.count("difficult.people")) and people >= least:
        found.append(f"涉及{people}人，达到{least}人")
    if (least := rules.count("difficult.sessions")) and held >= least:
        found.append(f"已调解{held}次，达到{least}次")
    amount, measure = number(view.record, "amount"), rules.setting("difficult.amount").value
    if isinstance(measure, str) and measure and amount >= parse_yuan(measure):
        found.append(f"涉及{yuan(amount)}元，达到{measure}元")
    return found


def said(view: Case) -> str:
    """“疑难复杂：reason”, "" where nobody said so."""
    return f"疑难复杂：{text(view.record, 'difficult_reason')}" if view.get("difficult") else ""
