"""Figures follow from the states of cases, and every number opens exactly the cases it counts."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from station_app.clock import FixedClock
from station_app.domain.figures import ministry, places
from station_app.domain.figures import period as periods
from station_app.services import agreements, cases, records
from station_app.services.cases import Intake, PartyInput
from station_app.services.figures import counting, report, spreadsheet
from station_app.services.figures import ministry as ministry_table
from station_app.services.figures.report import Sheet
from station_app.services.figures.year import plan, writing
from station_app.services.reading import lists
from station_app.services.station import Station
from station_app.store import consistency
from sync.contract import figures
from sync.contract.errors import KnownError
from tests.support.stations import make_station


@pytest.fixture
def station(tmp_path: Path) -> Station:
    return make_station(tmp_path / "s").station


PLAIN = ("accept", "mediate", "agree")
"""Steps recorded without a reason."""


def appeal(station: Station, /, *, at: str, steps: str = "accept", **values: object) -> str:
    """One appeal registered and stepped on at `at`, each step a day later."""
    given = {"registered_at": f"{at}T09:00", "service": "mediation", "type": "wage_arrears", **values}
    intake = Intake(
        given, {"summary": "反映工资未结清"}, [PartyInput({"role": "applicant", "kind": "person", "name": "韦国强"})]
    )  # type: ignore[arg-type]  # values are Json
    case = cases.register(station, intake=intake).case
    if given["service"] == "legal":
        records.add(station, case=case, kind="consultation", values={"question": "合同", "advice": "可以起诉。"})
    for days, verb in enumerate(steps.split()):
        day = f"{at[:8]}{int(at[8:]) + days:02d}T10:00"
        cases.step(station, case=case, verb=verb, at=day, reason="" if verb in PLAIN else "当事人要求")
    return case


@pytest.fixture
def filled(station: Station) -> Station:
    appeal(station, at="2021-01-05", steps="accept agree take_effect")
    appeal(station, at="2021-01-06", steps="accept agree take_effect apply_confirmation confirm", channel="police")
    appeal(station, at="2021-03-01", steps="accept mediate end feed_back", type="neighbour")
    appeal(station, at="2021-03-02", steps="refuse feed_back", type="neighbour")
    appeal(station, at="2021-12-31", steps="accept", service="psych", type=None)
    appeal(station, at="2021-12-31", steps="")
    appeal(station, at="2022-01-01", steps="accept feed_back", service="legal", type="contract")
    appeal(station, at="2021-06-01", steps="accept agree", demo=True)
    cases.discard(station, case=appeal(station, at="2021-06-02", steps="accept agree"))
    return station


def test_overview_follows_from_states(filled: Station) -> None:
    line = counting.overview(filled, periods.year_of(2021))
    assert (line.accepted, line.resolved, line.unresolved, line.confirmed) == (4, 2, 2, 1)
    assert line.rate == "50.00%"
    assert counting.overview(filled, periods.ALWAYS).accepted == 5
    assert counting.overview(filled, periods.half(2022, 1)).rate == "100.00%"
    assert counting.overview(filled, periods.half(2023, 1)).rate == "—"


def test_a_step_moves_the_figure(filled: Station) -> None:
    before = counting.overview(filled, periods.ALWAYS)
    case = appeal(filled, at="2022-02-01")
    assert counting.overview(filled, periods.ALWAYS).unresolved == before.unresolved + 1
    cases.step(filled, case=case, verb="agree")
    assert counting.overview(filled, periods.ALWAYS).resolved == before.resolved + 1


def test_sql_counts_what_the_contract_names(filled: Station) -> None:
    """The predicates of the contract over the folded cases, against the rows."""
    rows = filled.store.reader.execute("SELECT rec FROM case_row").fetchall()
    folded = [filled.case(str(rec)).record.values for (rec,) in rows]
    taken = [v for v in folded if v.get("accepted_at")]
    line = counting.overview(filled, periods.ALWAYS)
    assert line.accepted == sum(figures.accepted(v) for v in taken)
    assert line.resolved == sum(figures.resolved(v) for v in taken)
    assert line.confirmed == sum(figures.confirmed(v) for v in taken)


@pytest.mark.parametrize("by", counting.FIELDS)
@pytest.mark.parametrize("period", [periods.year_of(2021), periods.ALWAYS], ids=lambda p: p.title)
def test_every_number_opens_its_cases(filled: Station, by: str, period: periods.Period) -> None:
    whole = counting.overview(filled, period)
    lines = counting.breakdown(filled, by=by, period=period)
    # by days only what was resolved can be split
    assert sum(line.accepted for line in lines) == (whole.resolved if by == "days" else whole.accepted)
    assert sum(line.resolved for line in lines) == whole.resolved
    for line in (whole, *lines):
        for measure in counting.MEASURES:
            flt = line.cases(measure)
            assert lists.count(filled, flt=flt) == getattr(line, measure), (line.label, measure)
            assert len(lists.cases(filled, flt=flt, limit=99)) == getattr(line, measure)


def test_parts_in_words(filled: Station) -> None:
    def parts(by: str) -> dict[str, int]:
        found = counting.breakdown(filled, by=by, period=periods.year_of(2021))
        return {line.label: line.accepted for line in found if line.accepted}

    assert parts("service") == {"矛盾纠纷调处": 3, "心理服务": 1}
    assert parts("type") == {"邻里纠纷": 1, "拖欠农民工工资纠纷": 2, "未登记": 1}
    assert parts("street") == {"凤凰街道": 4}
    assert parts("community") == {"东坑社区": 4}
    assert parts("station") == {"东坑社区科学城工地群众诉求服务站": 4}
    assert parts("source") == {"群众申请": 3, "公安机关移送": 1}
    assert parts("month") == {"2021年1月": 2, "2021年3月": 1, "2021年12月": 1}
    assert parts("days") == {"1至3日": 2}
    assert len(counting.breakdown(filled, by="type", period=periods.ALWAYS)) == 19


def test_a_part_is_split_further(filled: Station) -> None:
    period = periods.year_of(2021)
    wages = next(x for x in counting.breakdown(filled, by="type", period=period) if x.code == "wage_arrears")
    months = counting.breakdown(filled, by="month", period=period, within=wages.counted_by)
    assert [m.accepted for m in months] == [2] + [0] * 11


def test_of_one_street_or_community_only(filled: Station) -> None:
    """The place goes with its period through figures, report, table, comparison and the list of cases."""
    year = periods.year_of(2021)
    fenghuang, baihua = (periods.at(year, *places.find(name)) for name in ("凤凰街道", "白花社区"))
    assert (fenghuang.title, fenghuang.counted) == ("2021年凤凰街道", "2021年1月1日至2021年12月31日　凤凰街道")
    assert [counting.overview(filled, p).accepted for p in (year, fenghuang, baihua)] == [4, 4, 0]
    assert [x.label for x in counting.breakdown(filled, by="street", period=fenghuang)] == ["凤凰街道"]
    assert len(counting.breakdown(filled, by="community", period=fenghuang)) == 5
    assert [row.label for row in ministry_table.table(filled, fenghuang)] == ["凤凰街道", "合计"]
    assert ministry_table.table(filled, baihua)[-1].values["total"] == 0
    sheets = {s.name: s for s in report.sheets(filled, baihua)}
    assert len(sheets["诉求清单"].rows) == 0
    former = periods.year_before(fenghuang)
    assert former is not None
    assert (former.title, former.streams) == ("2020年凤凰街道", fenghuang.streams)
    assert periods.at(fenghuang, "", ()) == year
    assert periods.at(periods.ALWAYS, *places.find("凤凰街道")).title == "凤凰街道"
    with pytest.raises(KnownError) as told:
        places.find("凤凰山街道")
    assert told.value.code == "E-217"


def test_demonstration_counts_its_own(tmp_path: Path) -> None:
    shown = make_station(tmp_path / "demo", demo=True).station
    appeal(shown, at="2021-01-05", steps="accept agree")
    assert counting.overview(shown, periods.ALWAYS).resolved == 1


def test_people_are_not_ranked(station: Station) -> None:
    with pytest.raises(KnownError) as told:
        counting.breakdown(station, by="mediator", period=periods.ALWAYS)
    assert told.value.code == "E-361"


# -- the ministry's table ---------------------------------------------------------------------------------------------


def test_ministry_table_counts_mediation_only(filled: Station) -> None:
    rows = ministry_table.table(filled, periods.year_of(2021))
    assert [row.label for row in rows] == [*places.streets().values(), "合计"]
    whole = rows[-1].values
    assert (whole["total"], whole["successful"], whole["people"], whole["residents"]) == (3, 2, 3, 3)
    assert (whole["applied"], whole["transferred"], whole["police"]) == (2, 1, 1)
    assert (whole["type.wage_arrears"], whole["type.neighbour"]) == (2, 1)
    assert whole["difficult"] == 0
    # neither success has an agreement on paper yet, and the table says so
    assert [(d.words, d.found, d.expected) for d in rows[-1].differences] == [
        ("口头协议、书面协议合计与调解成功数", 0, 2)
    ]


def test_ministry_columns_open_their_cases(filled: Station) -> None:
    """Every column of cases of every row, those of committees of another kind and of no street too."""
    writing.write_stations(filled, [p for p in plan.places() if p.kind == "street"])
    hall = next(p for p in plan.places() if p.kind == "street")
    appeal(filled, at="2021-04-05", steps="accept agree", station=hall.code)
    columns = [c for c in ministry.columns() if c not in ("people", "amount")]
    rows = ministry_table.table(filled, periods.year_of(2021))
    assert (rows[-1].values["street"], rows[-1].values["residents"]) == (1, 3)
    for row in rows:
        for column in columns:
            assert lists.count(filled, flt=row.cases(column)) == row.values[column], (row.label, column)
        listed = lists.cases(filled, flt=row.cases("people"))
        assert sum(case.people for case in listed) == row.values["people"]


def agreed(station: Station, *, form: str, fen: int, type_: str = "neighbour") -> str:
    """A mediation with an agreement of a form and one payment; no paper was issued."""
    case = appeal(station, at="2021-01-05", type=type_)
    view = station.case(case)
    cases.add_party(
        station,
        case=case,
        given=PartyInput({"role": "respondent", "kind": "organisation", "name": "演示物业服务有限公司"}),
    )
    view = station.case(case)
    payer, payee = (next(p.id for p in view.parties if p.role == r) for r in ("respondent", "applicant"))
    row = {"payers": [payer], "shares": {payee: fen}, "due": "2021-02-01", "due_rule": "on_date"}
    agreements.make(station, case=case, values={"form": form}, rows=[row])
    cases.step(station, case=case, verb="agree", at="2021-01-06T10:00")
    return case


def test_ministry_table_knows_form_and_amount(station: Station) -> None:
    """The form is a fact of the case: what the agreement says, before any paper is issued."""
    made = {form: agreed(station, form=form, fen=fen) for form, fen in (("written", 100_000), ("oral", 20_000))}
    whole = ministry_table.table(station, periods.year_of(2021))[-1]
    assert (whole.values["oral"], whole.values["written"], whole.values["amount"]) == (1, 1, 120_000)
    assert whole.differences == []
    for form, case in made.items():
        assert [c.rec for c in lists.cases(station, flt=whole.cases(form))] == [case]
        # the register says it too, for those who may not read the agreement
        assert station.case(case).get("agreement_form") == form


def test_a_success_without_a_form_is_named_and_opens_its_cases(station: Station) -> None:
    agreed(station, form="oral", fen=100)
    unknown = appeal(station, at="2021-01-05", steps="accept agree")
    whole = ministry_table.table(station, periods.year_of(2021))[-1]
    assert [(d.found, d.expected) for d in whole.differences] == [(1, 2)]
    flt = whole.cases(ministry_table.UNFORMED)
    assert [c.rec for c in lists.cases(station, flt=flt)] == [unknown]
    sheet = report.ministry_sheet(station, periods.year_of(2021))
    assert sheet.warnings[-1].startswith("合计：口头协议、书面协议合计与调解成功数不一致")
    page = openpyxl.load_workbook(io.BytesIO(spreadsheet.workbook([sheet]))).active
    assert page is not None
    red = [c for row in page.iter_rows() for c in row if c.font.color is not None and c.font.color.rgb == "FFB3261E"]
    assert [str(c.value) for c in red] == [f"▲核对不一致：{w}" for w in sheet.warnings]


def test_the_table_counts_by_the_day_a_case_was_closed(station: Station) -> None:
    """Accepted in December and agreed in January: of January; ended without agreement: of the day it ended."""
    appeal(station, at="2020-12-20", steps="accept")
    late = appeal(station, at="2020-12-21", steps="accept")
    cases.step(station, case=late, verb="agree", at="2021-01-03T10:00")
    ended = appeal(station, at="2020-12-22", steps="accept mediate")
    cases.step(station, case=ended, verb="end", at="2021-01-31T18:00", reason="意见分歧较大")
    cases.step(station, case=ended, verb="feed_back", at="2021-02-05T18:00")
    january, december = (
        ministry_table.table(station, p)[-1] for p in (periods.month(2021, 1), periods.month(2020, 12))
    )
    assert (january.values["total"], january.values["successful"]) == (2, 1)
    assert december.values["total"] == 0
    assert lists.count(station, flt=january.cases()) == 2
    assert counting.overview(station, periods.month(2020, 12)).accepted == 3
    cases.step(station, case=ended, verb="reopen", at="2021-02-10T09:00", reason="当事人又同意调解")
    assert ministry_table.table(station, periods.month(2021, 1))[-1].values["total"] == 1


def test_a_report_may_close_before_the_month_ends(station: Station) -> None:
    appeal(station, at="2021-01-25")
    appeal(station, at="2021-01-26")
    for period, count in ((periods.month(2021, 1), 2), (periods.closing_on(periods.month(2021, 1), 25), 1)):
        assert counting.overview(station, period).accepted == count
    february = periods.closing_on(periods.month(2021, 2), 25)
    assert counting.overview(station, february).accepted == 1
    assert february.counted == "2021年1月26日至2021年2月25日"
    assert periods.closing_on(periods.month(2021, 3), 31).counted == "2021年3月1日至2021年3月31日"


# -- the invented year ------------------------------------------------------------------------------------------------


def test_published_counts_follow_from_planned_steps() -> None:
    """Both published periods in full: what was not refused is accepted, what agreed or was fed back is resolved."""
    for year, half, accepted, resolved in ((2021, 0, 21_845, 21_813), (2022, 1, 6_782, 6_756)):
        reached = [end_of(a) for a in plan.plan(year=year, half=half)]
        assert sum(r != "refused" for r in reached) == accepted
        assert sum(r == "resolved" for r in reached) == resolved


def end_of(appeal: plan.Appeal) -> str:
    verbs = [verb for verb, _, _ in appeal.steps]
    if verbs == ["refuse"]:
        return "refused"
    if "agree" in verbs or (appeal.service != "mediation" and verbs[-1] == "feed_back"):
        return "resolved"
    return "unresolved"


def test_plan_is_the_same_every_time_and_another_by_another_seed() -> None:
    one, again, other = (plan.plan(year=2021, seed=s, scale=0.02) for s in (1, 1, 2))
    assert one == again
    assert [a.story for a in one] != [a.story for a in other]


def test_plan_fills_the_district() -> None:
    sites = plan.places()
    assert len(sites) == len({p.code for p in sites}) == 208
    assert sum(p.kind == "site" for p in sites) == 82
    assert {p.stream for p in sites} == set(places.communities())
    made = plan.plan(year=2021, scale=0.2)
    assert {a.place.stream for a in made} == set(places.communities())
    labour = sum(a.labour for a in made) / sum(a.service == "mediation" for a in made)
    assert 0.21 < labour < 0.27
    texts = [a.story.story for a in made]
    assert len(set(texts)) > 0.95 * len(texts)
    before, after = (sum(a.registered_at[5:7] == m for a in made) for m in ("01", "03"))
    assert before > 1.4 * after


@pytest.mark.parametrize("seed", [1, 7])
def test_written_year_counts_as_planned(tmp_path: Path, seed: int) -> None:
    made = make_station(tmp_path / "y", demo=True)
    station, clock = made.station, made.station.clock
    assert isinstance(clock, FixedClock)
    appeals = plan.plan(year=2021, seed=seed, scale=0.006)
    writing.write_stations(station, plan.places())
    assert writing.write_year(station, clock, appeals) == len(appeals)
    whole = counting.overview(station, periods.year_of(2021))
    reached = [end_of(a) for a in appeals]
    assert whole.accepted == len(reached) - reached.count("refused")
    assert whole.resolved == reached.count("resolved")
    assert consistency.check(station.store) == []
    stations = counting.breakdown(station, by="station", period=periods.year_of(2021))
    assert all("群众诉求服务" in line.label for line in stations)
    moved = next(a for a in appeals if end_of(a) == "resolved")
    assert lists.find(station, moved.story.applicants[0].name)


def test_year_without_published_counts_is_told() -> None:
    with pytest.raises(KnownError) as told:
        plan.plan(year=2018)
    assert told.value.code == "E-362"


# -- the report -------------------------------------------------------------------------------------------------------


def test_workbook_says_what_is_counted(filled: Station) -> None:
    told: list[tuple[int, int]] = []
    sheets = report.sheets(filled, periods.year_of(2021), progress=lambda n, of: not told.append((n, of)))
    book = openpyxl.load_workbook(io.BytesIO(spreadsheet.workbook(sheets)))
    assert book.sheetnames == [
        "主要指标",
        *(f"按{w}" for w in counting.fields().values()),
        "调解情况统计表",
        "诉求清单",
    ]
    page = book["按服务类别"]
    rows = list(page.iter_rows(values_only=True))
    assert rows[0][0] == "2021年群众诉求办理情况（按服务类别）"
    assert rows[2][:6] == ("矛盾纠纷调处", 3, 2, "66.67%", 1, 1)
    assert rows[8][:4] == ("合计", 4, 2, "50.00%")
    listed = list(book["诉求清单"].iter_rows(min_row=3, values_only=True))
    assert [row[2] for row in listed[:4]] == ["拖欠农民工工资纠纷", "拖欠农民工工资纠纷", "邻里纠纷", ""]
    assert told[-1] == (13, 13)
    names = "".join(str(cell) for page in book for row in page.iter_rows(values_only=True) for cell in row)
    assert "韦国强" not in names


def test_report_can_be_ended(filled: Station) -> None:
    with pytest.raises(report.Cancelled):
        spreadsheet.workbook(report.sheets(filled, periods.ALWAYS, progress=lambda n, _of: n < 3))


EVIL = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1+1", " =1", "\u3000@x", '=HYPERLINK("http://x","x")']


@pytest.mark.parametrize("text", EVIL)
def test_no_text_becomes_a_formula(text: str) -> None:
    sheet = Sheet("甲", "标题", ("列",), [(text,), ("合计",)])
    line = spreadsheet.csv_bytes(sheet).decode("utf-8-sig").split("\r\n", 2)[2].lstrip('"')
    assert line.startswith("'")
    page = openpyxl.load_workbook(io.BytesIO(spreadsheet.workbook([sheet]))).active
    assert page is not None
    assert page["A3"].data_type == "s"


@pytest.mark.parametrize("text", ["韦国强", "（2021）1号", "—", "99.85%", "3-5日", ""])
def test_plain_text_stays(text: str) -> None:
    assert spreadsheet.harmless(text) == text


def test_texts_of_the_year_differ_enough_to_search_in() -> None:
    """Share of appeals whose summary reads like another one's; some people do come again with the same matter."""
    made = plan.plan(year=2021)
    for words, most in (("summary", 0.10), ("story", 0.05)):
        counted = Counter(getattr(appeal.story, words) for appeal in made)
        equal = sum(n for n in counted.values() if n > 1) / len(made)
        assert 0 < equal < most, (words, equal)
