"""Agreements: the split reproduces the published table to the 分, terms follow the rows, wrong sums are refused."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.agreement import grid as grids
from station_app.domain.agreement.copies import copies
from station_app.domain.agreement.obligations import duties
from station_app.domain.case import number, text
from station_app.domain.money import capitals
from station_app.services import agreements, cases, sessions, terms
from station_app.services.cases import Intake, PartyInput
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract.errors import KnownError
from tests.support.stations import make_station
from tests.support.wages import CONTRACTOR, LABOUR, party_of, showcase_agreement, wage_case

FIRST = (
    "4566.13 4457.42 4962.95 4392.19 4658.54 4484.60 4326.96 4560.70 4566.13 4566.13 4212.80 4365.01 4403.06 3544.19"
    " 3272.40 2989.73 3131.06"
)
SECOND = (
    "3833.87 3742.58 4167.05 3687.81 3911.46 3765.40 3633.04 3829.30 3833.87 3833.87 3537.20 3664.99 3696.94 2975.81"
    " 2747.60 2510.27 2628.94"
)


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "data").station


def fen(column: str) -> list[int]:
    return [int(cell.replace(".", "")) for cell in column.split()]


def words(station: Station, case: str) -> list[str]:
    return [text(t, "text") for t in station.case(case).terms]


def two_sides(station: Station, type_: str, *, applicant: str = "王利", respondent: str = "李峰") -> str:
    parties = [
        PartyInput({"role": "applicant", "kind": "person", "name": applicant}),
        PartyInput({"role": "respondent", "kind": "person", "name": respondent}),
    ]
    case = cases.register(station, intake=Intake({"type": type_}, {"summary": "纠纷", "story": "经过。"}, parties)).case
    cases.step(station, case=case, verb="accept")
    return case


def pay(station: Station, case: str, fen_: int, **more: Any) -> dict[str, Any]:
    payer, payee = (station.case(case).side(role)[0].id for role in ("respondent", "applicant"))
    return {"payers": [payer], "shares": {payee: fen_}, "method": "transfer", "due": "2026-12-01", **more}


# -- the table ------------------------------------------------------------------------------------------------------


def test_the_split_is_the_published_one_to_the_fen(station: Station) -> None:
    case = wage_case(station)
    grid = agreements.split(station, case=case, totals=[7_146_000, 6_000_000])
    assert [row[0] for row in grid.cells] == fen(FIRST)
    assert [row[1] for row in grid.cells] == fen(SECOND)
    assert grid.column_sums == [7_146_000, 6_000_000]
    assert grid.capitals == "人民币壹拾叁万壹仟肆佰陆拾元整"
    assert [capitals(s) for s in grid.column_sums] == ["人民币柒万壹仟肆佰陆拾元整", "人民币陆万元整"]


def test_the_eight_workers_of_the_second_case(station: Station) -> None:
    case = wage_case(station, workers=8)
    grid = agreements.split(station, case=case, totals=[8_260_000, 5_000_000, 5_000_000])
    assert (len(grid.cells), grid.column_sums, grid.total) == (8, [8_260_000, 5_000_000, 5_000_000], 18_260_000)
    assert grid.capitals == "人民币壹拾捌万贰仟陆佰元整"
    assert grid.row_sums[0] == 2_473_000


def test_instalments_that_do_not_add_up_are_refused(station: Station) -> None:
    case = wage_case(station)
    with pytest.raises(KnownError, match="E-210") as caught:
        agreements.split(station, case=case, totals=[7_100_000, 6_000_000])
    assert caught.value.values["diff"] == 46_000


@given(st.lists(st.integers(0, 10**8), min_size=1, max_size=40), st.integers(0, 10**7), st.integers(1, 6))
def test_every_fixed_split_keeps_each_payees_sum(owed: list[int], first: int, instalments: int) -> None:
    grid = grids.fixed_first([str(i) for i in range(len(owed))], owed, first, instalments=instalments)
    assert grid.row_sums == owed
    assert all(cell >= 0 for row in grid.cells for cell in row)
    assert all(cell <= first for row in grid.cells for cell in row[:-1])


@given(st.integers(1, 40), st.lists(st.integers(0, 10**9), min_size=1, max_size=5))
def test_equal_parts_differ_by_at_most_one_fen(people: int, totals: list[int]) -> None:
    grid = grids.evenly([str(i) for i in range(people)], totals)
    assert grid.column_sums == totals
    assert all(max(c) - min(c) <= 1 for c in zip(*grid.cells, strict=True))


def test_a_cell_is_typed_over_and_the_last_instalment_fills_up() -> None:
    grid = grids.by_owed(["a", "b"], [1000, 500], [900, 600])
    assert grid.cells == ((600, 400), (300, 200))
    typed = grid.with_cell(0, 0, 700).with_last_filled([1000, 500])
    assert typed.cells == ((700, 300), (300, 200))
    assert typed.shares(0) == {"a": 700, "b": 300}
    with pytest.raises(KnownError, match="E-210"):
        grid.with_cell(0, 0, 1001).with_last_filled([1000, 500])
    with pytest.raises(KnownError, match="E-207"):
        grid.with_cell(0, 0, -1)
    assert grids.of_shares([typed.shares(0), typed.shares(1)]) == typed


# -- making ---------------------------------------------------------------------------------------------------------


def test_the_showcase_agreement_in_one_op(station: Station) -> None:
    case = wage_case(station)
    before = len(station.store.ops_of(case))
    showcase_agreement(station, case)
    view = station.case(case)
    assert len(station.store.ops_of(case)) == before + 1
    assert number(view.agreement, "total") == 13_146_000
    assert copies(view) == 21
    assert agreements.check(station, case=case) == []
    assert agreements.grid_of(station, case=case).column_sums == [7_146_000, 6_000_000]
    assert [d.due for d in duties(view)] == ["2026-12-01", "2026-12-31"]
    assert consistency.check(station.store) == []


def test_the_terms_of_the_showcase(station: Station) -> None:
    case = wage_case(station)
    showcase_agreement(station, case)
    assert words(station, case) == [
        f"{LABOUR}确认拖欠申请人上述工资。{CONTRACTOR}作为施工总承包单位，先行清偿上述全部工资，清偿后依法向{LABOUR}追偿。",
        f"{CONTRACTOR}按附表所列各人数额，分两期通过农民工工资专用账户转入申请人本人银行账户：第一期71,460.00元，于2026年12月1日前付清；"
        "第二期60,000.00元，于2026年12月31日前付清。“前付清”包括当日，以款项到达本人账户为准。",
        "任何一期未按时足额支付的，未到期部分视为全部到期，申请人可以就本人尚未受偿的全部数额依法申请支付令或者提起诉讼；"
        "本协议经司法确认的，可以申请强制执行。",
        "附表数额系截至2026年11月15日的工资。申请人收到附表所列本人全部款项后，双方就该期间的工资再无争议。"
        "本条不影响申请人就工伤、社会保险以及其他期间的劳动报酬主张权利。",
        "双方同意在本协议生效之日起三十日内，共同向深圳市光明区人民法院申请司法确认。",
        "双方确认首部所列地址和联系电话为调解文书以及仲裁、诉讼程序文书的送达地址。",
    ]


def test_the_facts_come_from_the_roster(station: Station) -> None:
    case = wage_case(station)
    showcase_agreement(station, case)
    assert agreements.facts(station, case=case) == (
        "申请人田志强等17人自2026年10月8日至2026年11月15日在演示科学城园区二标段从事砌筑工、木工、钢筋工等工作，"
        f"由{LABOUR}招用。经双方核对考勤和记工单，截至2026年11月15日，应发工资合计160,460.00元，已支付29,000.00元，"
        "尚欠131,460.00元（大写：人民币壹拾叁万壹仟肆佰陆拾元整），各人数额见附表，附表与本协议具有同等效力。"
        "争议事项为支付主体和支付时间。"
    )


def test_cash_on_the_spot_for_each_worker(station: Station) -> None:
    case = wage_case(station)
    workers = station.case(case).side("applicant")
    grid = grids.whole([p.id for p in workers], [number(p.wage, "owed") for p in workers])
    common = {"payers": [party_of(station, case, LABOUR)], "what": "工资", "method": "cash"}
    rows = agreements.rows_of(grid, common=common, dues=[{"due_rule": "at_signing"}])
    agreements.make(station, case=case, values={"on_spot": True, "confirm": "not"}, rows=rows)
    shown = words(station, case)
    assert shown[0] == f"{LABOUR}确认拖欠申请人上述工资。"
    assert shown[1] == (
        f"{LABOUR}按附表所列各人数额，于签订本协议当日以现金向申请人本人付清，"
        "合计131,460.00元（大写：人民币壹拾叁万壹仟肆佰陆拾元整），由本人在工资发放签收表上签名并按指印。"
    )
    assert len(shown) == 4
    assert copies(station.case(case)) == 20


def test_joint_payers_are_named_as_such(station: Station) -> None:
    case = wage_case(station, workers=8)
    grid = agreements.split(station, case=case, totals=[18_260_000])
    payers = [party_of(station, case, LABOUR), party_of(station, case, CONTRACTOR)]
    common = {"payers": payers, "liability": "joint", "what": "工资", "method": "transfer"}
    agreements.make(station, case=case, rows=agreements.rows_of(grid, common=common, dues=[{"due": "2026-09-24"}]))
    first, second, *_ = words(station, case)
    assert first == f"{LABOUR}、{CONTRACTOR}确认拖欠申请人上述工资，就上述工资对申请人承担连带支付责任。"
    assert second == (
        f"{LABOUR}、{CONTRACTOR}按附表所列各人数额，于2026年9月24日前一次性转入申请人本人银行账户，"
        "合计182,600.00元（大写：人民币壹拾捌万贰仟陆佰元整）。“前”包括当日，以款项到达本人账户为准。"
    )


@pytest.mark.parametrize(
    ("type_", "row", "promise", "settled"),
    [
        (
            "neighbour",
            {
                "shares": 1_500_000,
                "what": "墙面和家具损失",
                "due": "",
                "due_rule": "at_signing",
                "method": "cash",
            },
            "李峰赔偿王利墙面和家具损失15,000.00元（大写：人民币壹万伍仟元整），于签订本协议当日以现金向王利本人付清。",
            "王利收到上述全部款项后，双方就本次纠纷造成的损失再无争议。",
        ),
        (
            "contract",
            {"shares": 4_893_000, "what": "租赁押金", "due": "", "due_rule": "days_after_signing", "condition": "7"},
            "李峰向王利退还租赁押金48,930.00元（大写：人民币肆万捌仟玖佰叁拾元整），自签订本协议之日起七日内一次性转入王利本人银行账户。",
            "王利收到上述全部款项后，双方就上述租赁押金再无争议。",
        ),
        (
            "property_management",
            {"shares": 373_392, "what": "物业服务费", "due": "", "due_rule": "at_signing", "method": "mobile"},
            "李峰向王利支付物业服务费3,733.92元（大写：人民币叁仟柒佰叁拾叁元玖角贰分），"
            "于签订本协议当日以移动支付方式向王利本人付清。",
            "王利收到上述全部款项后，双方就上述物业服务费再无争议。",
        ),
        (
            "labour_other",
            {"shares": 14_850_000, "what": "一次性伤残补助金等工伤保险待遇"},
            "李峰向王利支付一次性伤残补助金等工伤保险待遇148,500.00元（大写：人民币壹拾肆万捌仟伍佰元整），"
            "于2026年12月1日前一次性转入王利本人银行账户。“前”包括当日，以款项到达本人账户为准。",
            "王利收到上述全部款项后，双方就上述款项再无争议。本条不影响王利依法享有的、本协议没有写明的工伤保险待遇。",
        ),
    ],
)
def test_terms_by_type_of_dispute(
    station: Station, type_: str, row: dict[str, Any], promise: str, settled: str
) -> None:
    case = two_sides(station, type_)
    agreements.make(station, case=case, rows=[pay(station, case, row.pop("shares"), **row)])
    assert words(station, case)[:2] == [promise, settled]


def test_promises_that_are_no_payment(station: Station) -> None:
    case = two_sides(station, "neighbour")
    payer, payee = (station.case(case).side(role)[0].id for role in ("respondent", "applicant"))
    rows = [
        {"kind": "act", "payers": [payer], "what": "修复卫生间防水层", "due": "2026-12-10"},
        {"kind": "refrain", "payers": [payer], "what": "不得在二十二时后使用该水管"},
        {"kind": "apologise", "payers": [payer], "shares": {payee: 0}, "due_rule": "at_signing", "method_note": "当面"},
        {"kind": "vacate", "payers": [payer], "shares": {payee: 0}, "what": "东坑路1号房屋", "due": "2026-12-31"},
    ]
    agreements.make(station, case=case, rows=rows)
    assert words(station, case)[:5] == [
        "李峰于2026年12月10日前完成下列事项：修复卫生间防水层。",
        "自本协议生效之日起，李峰不得在二十二时后使用该水管。",
        "李峰于签订本协议当日就本纠纷向王利赔礼道歉（当面）。",
        "李峰于2026年12月31日前腾退东坑路1号房屋，交还王利。",
        "上述义务全部履行后，双方就本纠纷再无争议。",
    ]


# -- what is refused ------------------------------------------------------------------------------------------------


def test_rows_that_cannot_be_executed_are_refused(station: Station) -> None:
    case = two_sides(station, "damages")
    agreements.make(station, case=case)
    stranger = "00000000000000ff.1.0"
    good = pay(station, case, 1000)
    wrong: list[tuple[list[dict[str, Any]], str]] = [
        ([], "E-213"),
        ([{**good, "payers": [stranger]}], "E-211"),
        ([{**good, "shares": {stranger: 1000}}], "E-211"),
        ([{**good, "amount": 999}], "E-210"),
        ([{**good, "amount": -5}], "E-207"),
        ([{**good, "amount": "10.005"}], "E-208"),
        ([{**good, "payers": []}], "E-216"),
        ([{**good, "shares": {}}], "E-216"),
    ]
    for rows, code in wrong:
        with pytest.raises(KnownError, match=code):
            agreements.set_obligations(station, case=case, rows=rows)
    with pytest.raises(KnownError, match="E-210"):
        agreements.set_obligations(station, case=case, rows=[good], total=999)
    assert station.case(case).obligations == []
    assert [e.error.code for e in agreements.check(station, case=case)] == ["E-213"]


def test_a_labour_agreement_is_never_oral(station: Station) -> None:
    case = wage_case(station)
    with pytest.raises(KnownError, match="E-406"):
        agreements.make(station, case=case, values={"form": "oral"})
    showcase_agreement(station, case)
    with pytest.raises(KnownError, match="E-406"):
        agreements.edit(station, case=case, values={"form": "口头协议"})


def test_no_agreement_after_a_refusal_or_before_acceptance(station: Station) -> None:
    case = wage_case(station)
    sessions.consent(station, case=case, respondent="refused")
    with pytest.raises(KnownError, match="E-403"):
        agreements.make(station, case=case)
    fresh = cases.register(station, intake=Intake({}, {"summary": "咨询"}, [])).case
    with pytest.raises(KnownError, match="E-405"):
        agreements.make(station, case=fresh)


# -- changes before the first signature -----------------------------------------------------------------------------


def test_rows_are_matched_and_terms_follow(station: Station) -> None:
    case = two_sides(station, "damages")
    agreements.make(station, case=case, rows=[pay(station, case, 1000, what="修理费"), pay(station, case, 500)])
    first, second = (d.rec for d in duties(station.case(case)))
    rows = [{**pay(station, case, 700), "rec": second}]
    agreements.set_obligations(station, case=case, rows=rows)
    (left,) = duties(station.case(case))
    assert (left.rec, left.amount) == (second, 700)
    assert first != second
    assert number(station.case(case).agreement, "total") == 700
    assert "7.00元" in words(station, case)[0]
    assert agreements.set_obligations(station, case=case, rows=rows).ops == ()


def test_a_typed_term_stays_when_rows_change(station: Station) -> None:
    case = two_sides(station, "damages")
    agreements.make(station, case=case, rows=[pay(station, case, 1000)])
    settled = station.case(case).terms[1].id
    terms.edit(station, case=case, term=settled, words="双方其他事项另行协商。")
    terms.add(station, case=case, words="李峰配合王利办理保险理赔。")
    agreements.set_obligations(station, case=case, rows=[pay(station, case, 2000)])
    shown = words(station, case)
    assert shown[1:3] == ["双方其他事项另行协商。", "李峰配合王利办理保险理赔。"]
    assert "20.00元" in shown[0]
    assert shown[-1].endswith("送达地址。")
    terms.restore(station, case=case, term=settled)
    assert words(station, case)[1].startswith("王利收到上述全部款项后")


def test_a_term_that_was_taken_out_does_not_come_back(station: Station) -> None:
    case = wage_case(station)
    showcase_agreement(station, case)
    default = station.case(case).terms[2].id
    terms.remove(station, case=case, term=default)
    agreements.edit(station, case=case, values={"confirm": "not"})
    shown = words(station, case)
    assert len(shown) == 4
    assert not any("视为全部到期" in w or "司法确认" in w for w in shown)
    terms.restore(station, case=case, term=default)
    assert "视为全部到期" in words(station, case)[2]
    agreements.edit(station, case=case, values={"confirm": "apply"})
    assert "共同向深圳市光明区人民法院申请司法确认" in words(station, case)[4]


def test_terms_all_typed_are_left_alone_until_asked(station: Station) -> None:
    case = two_sides(station, "damages")
    agreements.make(station, case=case, rows=[pay(station, case, 1000)])
    for term in station.case(case).terms:
        terms.edit(station, case=case, term=term.id, words=text(term, "text") + "（已核）")
    agreements.set_obligations(station, case=case, rows=[pay(station, case, 2000)])
    assert all(w.endswith("（已核）") for w in words(station, case))
    assert terms.generate(station, case=case).ops == ()
