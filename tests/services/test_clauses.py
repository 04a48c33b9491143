"""The clause library: every kind asks, writes rows and terms, follows new answers, and keeps what a hand has edited."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.domain.case import names, number, text
from station_app.domain.clauses.clause import load, parse, placeholders
from station_app.services import agreements, cases, clauses, court, records, signing, terms
from station_app.services.cases import Intake, PartyInput, Values
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from tests.support.stations import PASSWORD, make_station
from tests.support.wages import CONTRACTOR, LABOUR, wage_case

ANSWERS: dict[str, dict[str, Json]] = {
    "wages": {"project": "演示科学城园区", "employer": LABOUR, "contractor": CONTRACTOR, "payer": CONTRACTOR,
              "liability": "first", "due": "2026-12-01", "method": "payroll", "records": "考勤记录"},
    "injury": {"payer": "乙公司", "payee": "甲某", "happened": "2026年8月1日", "place": "工地", "injury": "左手骨折",
               "recognition": "深人社认字〔2026〕1号", "grade": "9", "insured": "no", "item_medical": "10000",
               "item_disability": "58500", "total": "68500", "due": "2026-12-01"},
    "personal": {"payer": "乙公司", "payee": "甲某", "happened": "2026-08-01", "course": "被坠物砸伤", "share": "70",
                 "item_medical": "5000", "item_lost": "3000", "total": "5600", "due": "2026-12-01"},
    "neighbour": {"payer": "乙公司", "payee": "甲某", "from_room": "501房", "to_room": "401房", "cause": "水管老化，物业于11月1日查明",
                  "measure": "更换卫生间冷水管", "repair_due": "2026-12-10", "total": "15000", "due": "2026-12-01",
                  "hours": "22时至次日8时"},
    "property_fee": {"payer": "甲某", "payee": "乙公司", "room": "2栋301", "rate": "2.40元", "period": "2022年1月至2025年12月",
                     "arrears": "5158.18", "waived": "1424.26", "total": "3733.92", "due": "2026-12-01"},
    "rent": {"payer": "乙公司", "payee": "甲某", "room": "演示路1号", "what": "押金", "total": "48930", "due": "2026-12-01",
             "deposit": "55000", "deduct_utilities": 107_000, "deduct_agreed": 500_000},
    "traffic": {"accident": "第1号", "duty": "乙公司主要责任，甲某次要责任", "vehicles": "三轮摩托车", "payee": "甲某",
                "payer": "乙公司", "total": "40000", "due": "2026-12-01", "injuries": "右腿骨折"},
    "consumer": {"payer": "乙公司", "payee": "甲某", "goods": "空调", "bought": "2026年7月1日、订单1号", "problem": "不制冷",
                 "remedy": "refund", "total": "2999", "due": "2026-12-01"},
    "works": {"payer": "乙公司", "payee": "甲某", "contract": "2026年3月1日《劳务合同》", "work": "外墙抹灰", "quantity": "1,200平方米",
              "settled": "120000", "paid": "50000", "total": "64000", "due": "2026-12-01", "retention": "6000",
              "retention_due": "2027-06-01"},
    "family": {"payer": "乙公司", "payee": "甲某", "what": "抚养费", "total": "9000", "due": "2026-12-01"},
}  # fmt: skip


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def plain(station: Station) -> str:
    """A case of one person against one company, accepted."""
    parties = [
        PartyInput({"role": "applicant", "kind": "person", "name": "甲某"}, {}),
        PartyInput({"role": "respondent", "kind": "organisation", "name": "乙公司"}, {}),
    ]
    intake = Intake({"type": "other", "amount": 100_000}, {"summary": "要求付款"}, parties)
    case = cases.register(station, intake=intake).case
    cases.step(station, case=case, verb="accept", at="2026-11-20T09:05")
    return case


def test_the_ten_kinds() -> None:
    found = load()
    assert [c.letter for c in found.values()] == list("ABCDEFGHIJ")
    assert set(found) == set(ANSWERS)
    for clause in found.values():
        assert clause.basis
        assert clause.source
        assert clause.own_words
        assert any(f.required for f in clause.fields)


@pytest.mark.parametrize("kind", sorted(ANSWERS))
def test_every_kind_writes_rows_and_terms_that_a_court_can_read(station: Station, kind: str) -> None:
    case = wage_case(station) if kind == "wages" else plain(station)
    clauses.put(station, case=case, kind=kind, values=ANSWERS[kind])
    view = station.case(case)
    assert view.obligations
    assert number(view.agreement, "total") == sum(number(o, "amount") for o in view.obligations)
    own = [text(t, "text") for t in view.terms if text(t, "source") == "clause"]
    assert all(t.endswith("。") and "{" not in t and "＿" not in t for t in own), own
    assert any(text(t, "source") == "generated" for t in view.terms)
    stops = [f for f in court.check(station, case=case) if f.severity.value in ("seal", "stop")]
    assert stops == []
    assert [u.clause for u in clauses.used(view)] == [kind]
    assert consistency.check(station.store) == []


@pytest.mark.parametrize("kind", sorted(ANSWERS))
def test_with_nothing_but_what_is_required_no_blank_is_printed(station: Station, kind: str) -> None:
    case = wage_case(station) if kind == "wages" else plain(station)
    least = {f.name for f in load()[kind].fields if f.required or f.needed.endswith("refund|compensate")}
    answers = {k: v for k, v in ANSWERS[kind].items() if k in least}
    answers |= {"total": "120000"} if kind == "works" else {}
    filled = clauses.preview(station, case=case, kind=kind, values=answers)
    assert filled.errors == []
    assert all("{" not in t and "＿" not in t for t in filled.terms)


def test_support_is_not_at_an_end_with_what_is_paid_now(station: Station) -> None:
    case = plain(station)
    clauses.put(station, case=case, kind="family", values=ANSWERS["family"])
    assert not any("再无争议" in text(t, "text") for t in station.case(case).terms)


def test_filled_again_everything_follows_and_a_hand_is_respected(station: Station) -> None:
    case = plain(station)
    clauses.put(station, case=case, kind="rent", values=ANSWERS["rent"])
    view = station.case(case)
    first = [t.id for t in view.terms if text(t, "source") == "clause"]
    terms.edit(station, case=case, term=first[0], words="押金抵扣情况双方另有确认单。")
    before = len(view.obligations)
    clauses.put(station, case=case, kind="f", values={**ANSWERS["rent"], "total": "47930.00", "deduct_rent": 100_000, "leaver": "甲某",
                                                      "receiver": "乙公司", "leave_due": "2026-12-05"})  # fmt: skip
    view = station.case(case)
    assert number(view.agreement, "total") == 4_793_000
    assert [text(o, "kind") for o in view.obligations] == ["pay", "vacate"]
    assert before == 1
    words = [text(t, "text") for t in view.terms]
    assert "押金抵扣情况双方另有确认单。" in words
    assert any("47,930.00" in w for w in words), "the payment term follows its row"
    assert len(clauses.used(view)) == 1
    assert clauses.used(view)[0].values["total"] == "47930.00"
    clauses.put(station, case=case, kind="rent", values=ANSWERS["rent"])
    assert [text(o, "kind") for o in station.case(case).obligations] == ["pay"]
    assert consistency.check(station.store) == []


def test_a_term_typed_over_or_taken_out_is_not_written_a_second_time(station: Station) -> None:
    case = plain(station)
    clauses.put(station, case=case, kind="personal", values=ANSWERS["personal"])

    def own() -> list[str]:
        wanted = {"clause", "typed"}
        return [text(t, "text") for t in station.case(case).terms if text(t, "source") in wanted]

    share, losses = own()[1], own()[2]
    assert "70%" in share
    assert "医疗费" in losses
    by_words = {text(t, "text"): t.id for t in station.case(case).terms}
    terms.edit(station, case=case, term=by_words[share], words="双方对责任划分再无争议。")
    terms.remove(station, case=case, term=by_words[losses])
    more = {**ANSWERS["personal"], "item_nursing": "1000", "paid": "300", "total": "6000"}
    clauses.put(station, case=case, kind="personal", values=more)
    now = own()
    assert "双方对责任划分再无争议。" in now
    assert not any("70%" in t or "医疗费" in t for t in now)
    assert any("此前已支付300.00元" in t for t in now)
    assert len(now) == len(set(now)) == 3
    clauses.put(station, case=case, kind="personal", values=more)
    assert own() == now, "filled again with the same answers nothing changes"
    assert consistency.check(station.store) == []


def test_a_term_of_a_clause_typed_over_comes_back_with_the_answers_as_they_are(station: Station) -> None:
    case = plain(station)
    clauses.put(station, case=case, kind="rent", values=ANSWERS["rent"])
    (used,) = station.case(case).kind("clause")
    term = names(used, "terms")[0]
    written = text(station.case(case).state.records[term], "text")
    assert not clauses.restorable(station.case(case), station.case(case).state.records[term])
    terms.edit(station, case=case, term=term, words="尽快付清。")
    assert clauses.restorable(station.case(case), station.case(case).state.records[term])
    clauses.restore(station, case=case, term=term)
    record = station.case(case).state.records[term]
    assert (text(record, "text"), text(record, "source")) == (written, "clause")
    terms.add(station, case=case, words="双方另有约定的，以书面为准。")
    own = next(t for t in station.case(case).terms if text(t, "source") == "typed")
    assert not clauses.restorable(station.case(case), own)
    with pytest.raises(KnownError) as never:
        clauses.restore(station, case=case, term=own.id)
    assert never.value.code == "E-223"
    assert consistency.check(station.store) == []


def test_two_clauses_stand_beside_each_other_and_one_is_taken_out(station: Station) -> None:
    case = plain(station)
    clauses.put(station, case=case, kind="rent", values=ANSWERS["rent"])
    clauses.put(station, case=case, kind="family", values=ANSWERS["family"])
    assert len(station.case(case).obligations) == 2
    rent = next(u for u in clauses.used(station.case(case)) if u.clause == "rent")
    clauses.remove(station, case=case, rec=rent.rec)
    view = station.case(case)
    assert len(view.obligations) == 1
    assert number(view.agreement, "total") == 900_000
    assert not any("押金" in text(t, "text") for t in view.terms)


def test_the_matrix_edited_later_changes_the_generated_term(station: Station) -> None:
    case = plain(station)
    clauses.put(station, case=case, kind="rent", values=ANSWERS["rent"])
    view = station.case(case)
    row: Values = {**view.obligations[0].values, "rec": view.obligations[0].id}
    payee = next(p.id for p in view.parties if p.role == "applicant")
    row |= {"amount": 4_800_000, "shares": {payee: 4_800_000}}
    agreements.set_obligations(
        station, case=case, rows=[{k: v for k, v in row.items() if k not in ("agreement", "order")}]
    )
    assert any("48,000.00" in text(t, "text") for t in station.case(case).terms)


@pytest.mark.parametrize(
    ("change", "code"),
    [({"payer": ""}, "E-216"), ({"payer": "丙公司"}, "E-211"), ({"total": "abc"}, "E-206"), ({"due": "下个月"}, "E-209"),
     ({"colour": "red"}, "E-214"), ({"item_medical": "9999"}, "E-451"), ({"insured": "maybe"}, "E-217"),
     ({"payee": "乙公司"}, "E-453"), ({"due": "2020-01-01"}, "E-452")],
)  # fmt: skip
def test_wrong_answers_are_said_field_by_field(station: Station, change: dict[str, Json], code: str) -> None:
    case = plain(station)
    filled = clauses.preview(station, case=case, kind="injury", values={**ANSWERS["injury"], **change})
    assert code in {e.error.code for e in filled.errors}
    with pytest.raises(KnownError):
        clauses.put(station, case=case, kind="injury", values={**ANSWERS["injury"], **change})
    assert station.case(case).agreement is None, "nothing is written for a wrong answer"


def test_after_a_signature_a_clause_is_not_rewritten(station: Station) -> None:
    case = plain(station)
    clauses.put(station, case=case, kind="rent", values=ANSWERS["rent"])
    rent = clauses.used(station.case(case))[0]
    signing.sign(station, case=case, role="party", manner="signed", party=station.case(case).parties[0].id)
    with pytest.raises(KnownError) as refused:
        clauses.remove(station, case=case, rec=rent.rec)
    assert refused.value.code == "E-401"


def test_a_wording_is_kept_for_the_station_and_offered_to_the_district(station: Station) -> None:
    clauses.keep(station, title="分期付款加速到期", words="任何一期逾期的，全部款项立即到期。", base="rent")
    (record,) = clauses.kept(station)
    assert not record.get("offered")
    clauses.offer(station, rec=record.id)
    assert clauses.kept(station)[0].get("offered")
    with pytest.raises(KnownError) as empty:
        clauses.keep(station, title=" ", words="x")
    assert empty.value.code == "E-216"
    assert "clause" not in records.VERBS


BROKEN = [
    ({"colour": "red"}, "colour"),
    ({"field": [{"name": "a", "label": "甲", "type": "number"}]}, "a: number"),
    ({"term": [{"text": "{nobody}"}]}, "{nobody}"),
    ({"checks": ["luck"]}, "luck"),
]


@pytest.mark.parametrize(("change", "word"), BROKEN)
def test_a_broken_clause_is_refused_naming_what_is_wrong(change: dict[str, Json], word: str) -> None:
    base = {"id": "x", "letter": "X", "title": "某", "edition": "1", "types": [], "basis": ["法"], "source": "自拟",
            "own_words": True, "field": [{"name": "a", "label": "甲", "type": "text"}]}  # fmt: skip
    assert parse(base).id == "x"
    with pytest.raises(ValueError, match=word.replace("{", r"\{").replace("}", r"\}")):
        parse({**base, **change})
    assert placeholders("甲{a}乙{b}") == ["a", "b"]


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "cli"
    made = make_station(data).station
    case = plain(made)
    made.store.close()
    (tmp_path / "secret").write_text(PASSWORD)
    common = ["--data-dir", str(data), "--user", "李明", "--password-file", str(tmp_path / "secret")]
    assert run(["clause", "list", "--json"]) == 0
    assert len(json.loads(capsys.readouterr().out)) == 10
    assert run(["clause", "show", "B"]) == 0
    assert "是否参加工伤保险" in capsys.readouterr().out
    answers = tmp_path / "rent.json"
    answers.write_text(json.dumps(ANSWERS["rent"], ensure_ascii=False))
    assert run(["clause", "fill", case, "rent", "--values", str(answers), "--json", *common]) == 0
    assert any("48,930.00" in t for t in json.loads(capsys.readouterr().out)["terms"])
    answers.write_text(json.dumps({**ANSWERS["rent"], "total": ""}, ensure_ascii=False))
    assert run(["clause", "fill", case, "rent", "--values", str(answers), *common]) == 1
    assert "总额" in capsys.readouterr().out
    assert run(["calc", "setoff", "55000", "水费=1070", "租金差额=5000", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 4_893_000
    assert run(["calc", "injury", "9", "6500", "--uninsured"]) == 0
    assert "58,500.00元" in capsys.readouterr().out
    assert run(["calc", "fee", "89.5", "2.40", "24"]) == 0
    assert run(["calc", "interest", "10000", "2026-01-01", "2026-12-31", "--rate", "3.1"]) == 0
    assert run(["calc", "damages", "medical=5000", "--share", "70"]) == 0
    assert "3,500.00元" in capsys.readouterr().out
    assert run(["calc", "interest", "x", "2026-01-01", "2026-12-31"]) == 1
    capsys.readouterr()
    assert run(["calc", "interest", "10000", "2026-01-01", "2026-12-31", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["complete"] is False, "no rate in the pack"
    assert run(["clause", "calc", "death", "--income", "50000", "--wage", "9000", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["total"] == 20 * 5_000_000 + 6 * 900_000
    assert run(["calc", "death"]) == 0
    assert "规则包尚未录入" in capsys.readouterr().out
    sheet = tmp_path / "days.csv"
    sheet.write_bytes("姓名,日工资,1,2\n田某,400,√,半\n".encode("gb18030"))
    assert run(["calc", "wages", str(sheet), "--roster", str(tmp_path / "roster.csv")]) == 0
    assert "1.5工日×400.00元" in capsys.readouterr().out
    assert "600.00" in (tmp_path / "roster.csv").read_text("utf-8-sig")
