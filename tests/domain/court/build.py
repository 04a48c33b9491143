"""A case in memory for the rules: records by kind, with sound defaults; a test spoils one thing and mends it."""

from __future__ import annotations

import copy
from datetime import date
from typing import Any, Final

from station_app.domain.case import Case
from station_app.domain.court import check
from station_app.domain.court.facts import Committee, Facts
from station_app.domain.court.finding import Finding
from sync.contract.canonical import Json
from sync.contract.fold import Record, State

CASE: Final = "c000000000000000.1.0"
COMMITTEE: Final = "c000000000000000.9.0"
NAME: Final = "深圳市光明区凤凰街道东坑社区人民调解委员会"
COURT: Final = "深圳市光明区人民法院"
Rows = dict[str, dict[str, Json]]


def rec(n: int) -> str:
    """Record id by number."""
    return f"c000000000000000.{n}.0"


A1, A2, R1, R2 = (rec(n) for n in (11, 12, 21, 22))
AG, OB, T1 = rec(31), rec(41), rec(51)
MEDIATOR: Final = rec(91)


def sound() -> dict[str, tuple[str, dict[str, Any]]]:
    """A wage dispute of one worker and one company that is signed, sealed and wants the court: rec -> kind, values."""
    person = {"id_kind": "resident", "id_number": "44030019900101001X", "phone": "13800138001", "address": "演示路1号"}
    person |= {"birth": "1990-01-01", "account": "6222000000000000017", "account_holder": "田某"}
    company = {"id_kind": "uscc", "id_number": "91440300MADEM0001R", "phone": "075512345678", "address": "演示路2号"}
    company |= {"legal_rep": "周某", "legal_rep_title": "总经理"}
    base = {"party": "", "agreement": AG, "on": "2026-11-24"}
    return {
        CASE: ("case", {"type": "other", "labour": False, "state": "effective", "mediator": MEDIATOR,
                        "resolved_at": "2026-11-24T10:00", "consent_applicant": "agreed"}),
        rec(5): ("facts", {"summary": "要求付款", "story": "双方因货款发生纠纷。", "other_proceedings": "无"}),
        A1: ("party", {"role": "applicant", "kind": "person", "name": "田某", "order": 1}),
        rec(13): ("identity", {"party": A1, **person}),
        R1: ("party", {"role": "respondent", "kind": "organisation", "name": "演示公司", "order": 2}),
        rec(23): ("identity", {"party": R1, **company}),
        rec(6): ("session", {"no": 1, "from": "2026-11-24T09:00", "mediators": [MEDIATOR], "record": "达成一致。"}),
        rec(7): ("evidence", {"name": "欠条", "order": 1}),
        AG: ("agreement", {"form": "written", "confirm": "apply", "court": COURT, "total": 100_000}),
        OB: ("obligation", {"agreement": AG, "order": 1, "kind": "pay", "payers": [R1], "shares": {A1: 100_000},
                            "what": "货款", "amount": 100_000, "method": "transfer", "due": "2026-12-15",
                            "due_rule": "on_date"}),
        T1: ("term", {"agreement": AG, "order": 1, "text": "演示公司于2026年12月15日前向田某支付货款1,000.00元。"}),
        rec(61): ("signature", {**base, "party": A1, "role": "party", "name": "田某", "manner": "signed_fingerprint"}),
        rec(62): ("signature", {**base, "party": R1, "role": "party", "name": "演示公司", "manner": "signed_sealed",
                                "seal": "official"}),
        rec(63): ("signature", {"agreement": AG, "role": "mediator", "person": MEDIATOR, "name": "李某",
                                "manner": "signed", "on": "2026-11-24"}),
        rec(64): ("signature", {"agreement": AG, "role": "committee", "name": NAME, "manner": "sealed",
                                "seal": "committee", "on": "2026-11-24"}),
        rec(71): ("answer", {"question": "voluntary", "value": "yes"}),
        rec(72): ("answer", {"question": "attendance", "value": "video"}),
        rec(73): ("answer", {"question": "consequences_told", "value": "yes"}),
        rec(74): ("confirmation", {"applied_on": "2026-11-25", "court": COURT}),
    }  # fmt: skip


PEOPLE: Final = {
    MEDIATOR: {"name": "李某", "committee": COMMITTEE, "appointment": "〔2024〕3号", "appointed_from": "2024-06-01",
               "appointed_to": "2027-05-31"},
    rec(92): {"name": "王某", "committee": rec(8), "appointment": "1号", "appointed_from": "2024-01-01"},
    rec(93): {"name": "赵某"},
}  # fmt: skip


class Made:
    """A case to be changed: `put(rec, field=…)`, `new(n, kind, field=…)`, `drop(rec)`."""

    def __init__(self) -> None:
        self.rows = copy.deepcopy(sound())
        self.today = date(2026, 11, 25)
        self.committee = Committee(NAME, COURT, COMMITTEE)
        self.pack: dict[str, object] = {}

    def put(self, rec_: str, **values: Any) -> Made:
        self.rows[rec_][1].update(values)
        return self

    def new(self, n: int, kind_: str, /, **values: Any) -> Made:
        self.rows[rec(n)] = (kind_, values)
        return self

    def drop(self, *recs: str) -> Made:
        for r in recs:
            del self.rows[r]
        return self

    def unsigned(self) -> Made:
        """Nobody has signed yet."""
        return self.drop(*[r for r, (kind, _) in self.rows.items() if kind == "signature"])

    def answer(self, question: str, value: str = "", **more: Any) -> Made:
        """An answer to a question."""
        return self.new(700 + len(self.rows), "answer", question=question, value=value, **more)

    def facts(self) -> Facts:
        """What the rules see."""
        records = {r: Record.created(r, kind, CASE, by=r.rsplit(".", 1)[0], values=values)
                   for r, (kind, values) in self.rows.items()}  # fmt: skip
        people = {r: Record.created(r, "person", "", by=r.rsplit(".", 1)[0], values=dict(v)) for r, v in PEOPLE.items()}
        state = State(records=records)
        return Facts(Case(state, CASE), self.today, self.committee, people, pack=self.pack)

    def findings(self, code: str = "") -> list[Finding]:
        """All findings, or those of one rule."""
        return [f for f in check.findings(self.facts()) if not code or f.code == code]


def labour(made: Made, workers: int = 1) -> Made:
    """The same as a wage case of so many workers, each with his own row and signature."""
    made.put(CASE, labour=True, type="wage_arrears").put(OB, what="工资")
    made.put(T1, text="演示公司于2026年12月15日前向申请人支付工资。")
    shares = {A1: 100_000}
    for i in range(1, workers):
        n = 100 + i
        shares[rec(n)] = 100_000
        made.new(n, "party", role="applicant", kind="person", name=f"工人{i}", order=10 + i)
        made.new(200 + i, "identity", party=rec(n), id_number="4403001990010100" + f"{i:02d}", phone="139", address="x",
                 account="6222", account_holder=f"工人{i}", birth="1990-01-01")  # fmt: skip
        made.new(300 + i, "signature", agreement=AG, party=rec(n), role="party", name=f"工人{i}",
                 manner="signed_fingerprint", on="2026-11-24")  # fmt: skip
    made.put(OB, shares=shares, amount=100_000 * workers).put(AG, total=100_000 * workers)
    return made
