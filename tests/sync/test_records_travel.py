"""Everything a station can write down travels: each kind of record, clauses, proposals; nothing is refused."""

from __future__ import annotations

from station_app.domain.case import text
from station_app.domain.clocks.firsts import Mark
from station_app.services import cases, clauses, court, records, redline
from station_app.services.loop import colours, firsts, orders
from station_app.services.reading import notes
from station_app.services.review import queue
from station_app.services.travel import syncing
from station_app.store.privacy import KINDS_CLOSED
from tests.services.test_clauses import ANSWERS, plain
from tests.services.test_records import HOME, SOUND, home
from tests.support.district import District
from tests.support.stations import wage_intake
from tests.sync.pcs import Join, go


def test_every_record_reaches_the_other_pc_of_the_station(district: District, join: Join) -> None:
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two):
        go(district, station)
    case = plain(one)
    elsewhere = {kind: home(one, case, kind) for kind in HOME}
    for kind, values in SOUND.items():
        records.add(one, case=elsewhere.get(kind, case), kind=kind, values=values)
    clauses.put(one, case=case, kind="rent", values=ANSWERS["rent"])
    term = one.case(case).terms[0]
    redline.propose(one, case=case, term=term.id, words="另一种写法。", reason="更清楚")
    court.answer(one, case=case, question="voluntary", values={"value": "yes"})
    clauses.keep(one, title="加速到期", words="任何一期逾期的，全部款项立即到期。", offered=True)
    go(district, one)
    assert syncing.problems(one) == []
    go(district, two)
    mine, theirs = one.case(case), two.case(case)
    shared = [(e.kind, e.words) for e in records.entries(mine) if e.kind not in KINDS_CLOSED]
    assert shared == [(e.kind, e.words) for e in records.entries(theirs)]
    for kind, own in elsewhere.items():
        words = [(e.kind, e.words) for e in records.entries(two.case(own))]
        assert words == [(e.kind, e.words) for e in records.entries(one.case(own))]
        assert [k for k, _ in words] == [kind]
    assert notes.held_back(two, theirs) == len(records.entries(mine)) - len(shared) == 2, "for the case team alone"
    assert [p.new for p in redline.proposals(theirs)] == ["另一种写法。"]
    assert [text(t, "text") for t in theirs.terms] == [text(t, "text") for t in mine.terms]
    assert [text(r, "title") for r in clauses.kept(two)] == ["加速到期"]
    assert court.check(two, case=case) == court.check(one, case=case)


def test_limits_colours_receipts_and_reviews_reach_the_other_pc(district: District, join: Join) -> None:
    one, two = join("S1"), join("S1")
    for station in (one, two, one, two):
        go(district, station)
    case = plain(one)
    fresh = cases.register(one, intake=wage_intake()).case
    firsts.suspend(one, case=fresh, first="accept", reason="等待补交证件")
    colours.raise_(one, case=case, to="red", reason="多次来访")
    colours.ask_lower(one, case=case, to="amber", reason="已平息")
    clauses.put(one, case=case, kind="rent", values=ANSWERS["rent"])
    queue.done(one, case=case, note="可以签署")
    go(district, one)
    assert syncing.problems(one) == []
    go(district, two)
    mine, theirs = one.case(case), two.case(case)
    for kind in ("colour_change", "answer"):
        assert [r.values for r in mine.kind(kind)] == [r.values for r in theirs.kind(kind)] != []
    assert firsts.of_case(two, case=fresh)[1].mark is Mark.PAUSED
    assert firsts.of_case(two, case=fresh) == firsts.of_case(one, case=fresh)
    assert colours.look(two, case=case) == colours.look(one, case=case)
    assert queue.reviewed(theirs)
    with district.server.storage.read() as tx:
        bodies = [bytes(row[0]) for row in tx.rows("SELECT body FROM op WHERE body IS NOT NULL")]
    assert any("等待补交证件".encode() in body for body in bodies), "why a limit stands still is of the register"
    assert not any("可以签署".encode() in body for body in bodies), "a review is content"


def test_the_district_reads_orders_and_hand_overs_and_no_content(district: District, join: Join) -> None:
    one = join("S1")
    go(district, one)
    case = plain(one)
    marker = "绝密标记甲乙丙"
    orders.issue(one, case=case, values={"matter": "派员到场", "lead": "区住房建设局"})
    for kind, field in (
        ("inquiry", "record"),
        ("private_note", "text"),
        ("psych_note", "text"),
        ("consultation", "advice"),
    ):
        records.add(one, case=case, kind=kind, values={**SOUND[kind], field: marker})
    go(district, one)
    with district.server.storage.read() as tx:
        bodies = [bytes(row[0]) for row in tx.rows("SELECT body FROM op WHERE body IS NOT NULL")]
    assert any("区住房建设局".encode() in body for body in bodies)
    assert not any(marker.encode() in body for body in bodies)
