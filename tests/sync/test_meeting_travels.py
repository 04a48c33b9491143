"""What a meeting decided elsewhere comes back to the station of the case; classes and units travel to its PCs."""

from __future__ import annotations

from pathlib import Path

from station_app.services import cases
from station_app.services.figures import ministry
from station_app.services.figures.counting import ALWAYS
from station_app.services.meeting import agenda, decisions
from station_app.services.places import units
from station_app.services.subsidy import grading
from station_app.services.travel import grants, syncing
from tests.services.test_meeting import DECISION
from tests.support.district import District
from tests.sync.pcs import Join, go, register
from tests.sync.test_orders_travel import around


def test_a_decision_made_elsewhere_comes_back_and_its_result_goes_there(district: District, join: Join) -> None:
    one, two = join("S1"), join("S2")
    around(district, one, two)
    case = register(one)
    cases.step(one, case=case, verb="accept")
    grants.grant(one, case=case, station_code="S2", reason="书记会商")
    around(district, one, two)
    # the other station decides with no network
    rec = decisions.decide(two, case=case, values=DECISION).ids[0]
    assert decisions.followed(one) == []
    around(district, two, one)
    assert syncing.problems(two) == syncing.problems(one) == []
    (here,) = decisions.followed(one)
    assert (here.rec, here.words, here.who) == (rec, DECISION["matter"], "东坑社区工作站　周某")
    assert [t.case for t in agenda.agenda(one).topics] == [case]
    decisions.done(one, case=case, rec=rec, result="已约谈")
    around(district, one, two)
    assert decisions.followed(two) == []
    (there,) = decisions.followed(two, everything=True)
    assert there.result == "已约谈"


def test_class_form_and_units_reach_the_other_pc(district: District, join: Join, tmp_path: Path) -> None:
    one, two = join("S1"), join("S1")
    around(district, one, two)
    case = register(one)
    cases.step(one, case=case, verb="accept")
    cases.step(one, case=case, verb="agree", extra={"agreement_form": "written"})
    month = one.clock.today().isoformat()[:7]
    grading.grade(one, case=case, code="simple", reason="事实清楚", month=month)
    (tmp_path / "a.csv").write_text("类别,名称\n部门,区住房建设局\n", "utf-8")
    units.put(one, units.read(tmp_path / "a.csv", station=one))
    around(district, one, two)
    assert syncing.problems(one) == syncing.problems(two) == []
    assert [c.grade for c in grading.claims(two, month=month)] == ["simple"]
    assert ministry.table(two, ALWAYS)[-1].values["written"] == 1
    assert [u.name for u in units.units(two)] == ["区住房建设局"]
    go(district, two)
