"""The two wage cases of the first input as stations hold them: roster imported, companies as respondents, accepted."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from station_app.services import agreements, cases, roster
from station_app.services.cases import Intake, PartyInput, Values
from station_app.services.station import Station

ROSTERS: Final = Path(__file__).parents[1] / "data" / "rosters"
LABOUR, CONTRACTOR = "演示宏川劳务有限公司", "演示晟和建工集团有限公司"
ADDRESS: Final = "深圳市光明区凤凰街道演示路18号"


def company(name: str, uscc: str, rep: str, role: str = "respondent") -> PartyInput:
    """A company with everything a paper asks of it."""
    identity: Values = {
        "id_kind": "uscc",
        "id_number": uscc,
        "legal_rep": rep,
        "legal_rep_title": "总经理",
        "address": ADDRESS,
    }
    return PartyInput({"role": role, "kind": "organisation", "name": name}, identity)


def wage_case(station: Station, *, workers: int = 17) -> str:
    """Case 1 (17 workers) or 2 (8 workers): registered, roster imported, accepted; returns its record id."""
    companies = [
        company(LABOUR, "91440311MADEM0002W", "刘成"),
        company(CONTRACTOR, "91440311MADEM0001R", "周文"),
    ]
    facts: Values = {
        "summary": "拖欠工人工资，要求付清",
        "story": "工人反映工资未结清，劳务分包单位与总承包单位对工程量有争议。",
        "request": "支付拖欠的工资。",
    }
    intake = Intake({"type": "wage_arrears", "labour": True, "place": "演示科学城园区二标段"}, facts, companies)
    case = cases.register(station, intake=intake).case
    read = roster.preview(station, data=(ROSTERS / f"wages-{workers}.csv").read_bytes(), filename="名册.csv")
    assert read.errors == []
    roster.import_rows(station, case=case, rows=read.rows)
    cases.step(station, case=case, verb="accept", at="2026-11-20T09:05")
    return case


def party_of(station: Station, case: str, name: str) -> str:
    """Record id of a party by name."""
    return next(p.id for p in station.case(case).parties if p.name == name)


def showcase_agreement(station: Station, case: str) -> None:
    """The agreement of the showcase: the contractor pays first, 71,460.00 by 12-01 and 60,000.00 by 12-31."""
    grid = agreements.split(station, case=case, totals=[7_146_000, 6_000_000])
    common: Values = {
        "payers": [party_of(station, case, CONTRACTOR)],
        "liability": "first",
        "what": "工资",
        "method": "payroll",
    }
    dues: list[Values] = [{"due": "2026-12-01", "due_rule": "on_date"}, {"due": "2026-12-31", "due_rule": "on_date"}]
    rows = agreements.rows_of(grid, common=common, dues=dues)
    agreements.make(station, case=case, values={"confirm": "apply", "read_mode": "aloud"}, rows=rows)
