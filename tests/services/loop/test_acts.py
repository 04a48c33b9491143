"""Every act beside the steps, in every state of every service: done where the course of a case has a place for it, else
refused with a plain sentence and nothing written.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Final

import pytest

from station_app.domain.sentences import sentence
from station_app.services import agreements, cases, confirmation, performance, records, sessions
from station_app.services.cases import Values
from station_app.services.intake import links, turning
from station_app.services.loop import contacts, difficult, exits, hand_offs, orders, outside, reopening, succession
from station_app.services.station import Station
from station_app.services.travel import erasing
from station_app.store import consistency
from sync.contract.errors import KnownError
from sync.contract.fold import overwrite
from sync.contract.states import STATES
from tests.support.stations import make_station, wage_intake

MEDIATION: Final = "mediation"
SERVICES: Final = (MEDIATION, "legal", "psych", "complaint", "suggestion", "aid")
EVERY: Final = frozenset(STATES)
NONE: Final = frozenset[str]()
CLOSED: Final = frozenset({"fedback", "archived"})
STANDING: Final = EVERY - CLOSED - {"referred"}
HELD: Values = {"from": "2026-11-20T08:00", "record": "双方到场。"}
NEW: Values = {"from": "2026-11-20T08:40", "record": "又到场。"}
Act = Callable[[Station, str, str], object]
"""Done to a case; the second one is another standing case."""


def _order(station: Station, case: str, _other: str) -> object:
    made = orders.issue(station, case=case, values={"matter": "到场处置", "lead": "区住房和建设局"})
    rec = station.case(case).kind("order")[-1].id
    outside.note(station, case=case, order=rec, values={"unit": "区供电局", "phone": "0755-1"})
    return made


def _turn(station: Station, case: str, _other: str) -> object:
    service = "aid" if station.case(case).get("service") == "legal" else "legal"
    return turning.turn(station, case=case, service=service, reason="来访人要求")


def _note(kind: str, **values: str | bool) -> Act:
    return lambda station, case, _other: records.add(station, case=case, kind=kind, values={**values})


# act, what it does, states where a mediation allows it, states where another service does
ACTS: Final[dict[str, tuple[Act, frozenset[str], frozenset[str]]]] = {
    "调解记录": (
        lambda s, c, _o: sessions.record(s, case=c, values=HELD),
        EVERY - {"registered", "refused", "referred"},
        NONE,
    ),
    "此后的调解": (
        lambda s, c, _o: sessions.record(s, case=c, values=NEW),
        EVERY - {"registered", "refused", "referred", "ended"} - CLOSED,
        NONE,
    ),
    "征求意见": (lambda s, c, _o: sessions.consent(s, case=c, applicant="agreed"), STANDING - {"refused"}, NONE),
    "终止调解": (lambda s, c, _o: sessions.end(s, case=c, reason="failed"), frozenset({"accepted", "mediating"}), NONE),
    "制作协议": (
        lambda s, c, _o: agreements.make(s, case=c, values={"form": "written"}),
        STANDING - {"registered", "refused", "ended"},
        NONE,
    ),
    "疑难复杂": (lambda s, c, _o: difficult.mark(s, case=c, difficult=True, reason="人数多"), EVERY, NONE),
    "申请确认": (lambda s, c, _o: confirmation.apply(s, case=c), frozenset({"effective", "performed"}), NONE),
    "发令和外单位": (_order, STANDING, STANDING),
    "移交": (lambda s, c, _o: hand_offs.offer(s, case=c, to="凤凰街道办事处", reason="请接办"), STANDING, STANDING),
    "转出": (
        lambda s, c, _o: exits.leave(s, case=c, kind="police", to="派出所", reason="涉嫌违法"),
        frozenset({"registered", "accepted", "mediating", "ended"}),
        frozenset({"registered", "accepted", "mediating", "ended"}),
    ),
    "恢复办理": (
        lambda s, c, _o: reopening.reopen(s, case=c, reason="有新情况"),
        frozenset({"refused", "referred", "ended"}) | CLOSED,
        frozenset({"refused", "referred", "ended"}) | CLOSED,
    ),
    "转为其他服务": (_turn, frozenset({"registered", "accepted"}), frozenset({"registered", "accepted"})),
    "另开关联诉求": (lambda s, c, _o: turning.open_linked(s, case=c, service="legal", summary="咨询"), EVERY, EVERY),
    "并入": (
        lambda s, c, o: links.merge(s, case=c, into=o, parties=False),
        frozenset({"registered", "accepted", "mediating"}),
        frozenset({"registered", "accepted", "mediating"}),
    ),
    "并进来": (
        lambda s, c, o: links.merge(s, case=o, into=c, parties=False),
        STANDING - {"refused", "ended"},
        STANDING - {"refused", "ended"},
    ),
    "交接": (
        lambda s, c, _o: succession.reassign(s, cases=[c], to=s.user.person, reason="轮班"),
        EVERY - CLOSED,
        EVERY - CLOSED,
    ),
    "回访": (
        lambda s, c, _o: performance.visit(s, case=c, values={"text": "已付清"}),
        EVERY - {"registered"},
        EVERY - {"registered"},
    ),
    "计划回访": (
        lambda s, c, _o: performance.plan_visit(s, case=c, on="2026-12-20"),
        EVERY - {"registered"},
        EVERY - {"registered"},
    ),
    "联系": (lambda s, c, _o: contacts.record(s, case=c, outcome="reached"), EVERY, EVERY),
    "延期": (_note("extension", until="2026-12-30", agreed_on="2026-11-20"), EVERY, NONE),
    "回避": (_note("recusal", asked_by="田志强", reason="系亲属"), EVERY, NONE),
    "申请删除": (lambda s, c, _o: erasing.ask(s, case=c, ground="consent", reason="本人撤回同意"), EVERY, EVERY),
    "移入回收站": (lambda s, c, _o: cases.discard(s, case=c), EVERY, EVERY),
}  # fmt: skip


@pytest.fixture
def station(tmp_path: Path) -> Station:
    made = make_station(tmp_path / "data").station
    made.store.set_settings({"link.key": "00" * 32})  # enrolled: only then an erasure can be asked for
    return made


def _fresh(station: Station) -> str:
    return cases.register(station, intake=wage_intake()).case


def at(station: Station, state: str, service: str) -> str:
    """A case of a service that stands at a state, whichever way it came there."""
    given = wage_intake()
    given.case["service"] = service
    case = cases.register(station, intake=given).case
    with station.write("edit") as tx:
        record = station.case(case, tx).record
        tx.op("edit", "register", case=case).put(overwrite(record, {"state": state, "state_since": "2026-11-20T08:30"}))
    return case


def ops(station: Station) -> int:
    return int(station.store.con.execute("SELECT count(*) FROM op").fetchone()[0])


def plain(error: KnownError) -> str:
    """The sentence, which is Chinese throughout: no code, no name of a field."""
    said = sentence(error)
    assert not re.search(r"[A-Za-z_]{2,}|＿＿|\{|\[", said), said
    assert said.endswith("。")
    return said


@pytest.mark.parametrize("service", SERVICES)
@pytest.mark.parametrize("act", ACTS)
def test_an_act_in_every_state(station: Station, act: str, service: str) -> None:
    do, mediation, other = ACTS[act]
    allowed = mediation if service == MEDIATION else other
    for state in STATES:
        case, other = at(station, state, service), _fresh(station)
        before = ops(station)
        if state in allowed:
            do(station, case, other)
            assert ops(station) > before, state
            continue
        with pytest.raises(KnownError) as caught:
            do(station, case, other)
        assert caught.value.code in ("E-405", "E-278", "E-244"), (state, caught.value.code)
        assert plain(caught.value)
        assert ops(station) == before, state
    assert consistency.check(station.store) == []


OWN: Final = {
    "consultation": {"question": "工伤怎么认定"},
    "suggestion": {"text": "加装路灯"},
    "complaint": {"unit": "某物业公司", "matter": "停水未通知"},
    "relief": {"need": "临时住处"},
    "psych_note": {"text": "情绪平稳", "consent": True, "consent_on": "2026-11-20"},
    "inquiry": {"at": "2026-11-20T08:00", "person": "工友", "record": "属实"},
    "private_note": {"text": "可以分期"},
}  # fmt: skip
FITS: Final = {
    MEDIATION: {"consultation", "relief", "psych_note", "inquiry", "private_note"},
    "legal": {"consultation", "psych_note"},
    "psych": {"psych_note", "consultation", "relief"},
    "complaint": {"complaint", "inquiry"},
    "suggestion": {"suggestion"},
    "aid": {"relief", "inquiry", "consultation", "psych_note"},
}


@pytest.mark.parametrize("service", SERVICES)
def test_a_record_of_another_service_is_refused(station: Station, service: str) -> None:
    for kind, values in OWN.items():
        case = at(station, "accepted", service)
        before = ops(station)
        if kind in FITS[service]:
            records.add(station, case=case, kind=kind, values={**values})
            continue
        with pytest.raises(KnownError, match="E-278") as caught:
            records.add(station, case=case, kind=kind, values={**values})
        assert records.title_of(kind) in plain(caught.value)
        assert ops(station) == before


@pytest.mark.parametrize(
    "act", sorted(set(ACTS) - {"联系", "延期", "回避", "申请删除", "移入回收站", "终止调解", "申请确认"})
)
def test_a_merged_case_takes_no_act(station: Station, act: str) -> None:
    case = at(station, "accepted", MEDIATION)
    other = _fresh(station)
    links.merge(station, case=case, into=_fresh(station), parties=False)
    with pytest.raises(KnownError, match="E-252") as caught:
        ACTS[act][0](station, case, other)
    assert plain(caught.value)


def test_a_case_with_a_standing_paper_stays_out_of_the_bin(station: Station) -> None:
    from station_app.services import papers

    case = _fresh(station)
    cases.step(station, case=case, verb="accept")
    made = papers.issue(station, case=case, template="acceptance_register")
    with pytest.raises(KnownError, match="E-246") as caught:
        cases.discard(station, case=case)
    assert "受理登记表" in plain(caught.value)
    papers.void(station, case=case, paper=made.paper, reason="登记有误")
    cases.discard(station, case=case)
    assert station.case(case).get("discarded") is True
