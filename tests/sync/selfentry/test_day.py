"""The resident's day: says it by the code on the wall with a photograph, gets a code, hears back, is told the time,
withdraws or comes in; real sheet, real code, real server, real station.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from station_app.cli.main import run
from station_app.documents.preview import extract_text
from station_app.documents.scan import codes
from station_app.services import cases, papers
from station_app.services.reading import lists
from station_app.services.rounds import bookings, door
from station_app.services.selfentry import appointments, entries
from station_app.services.station import Station
from station_app.services.travel import enrolment, syncing
from station_app.store import blobs, consistency
from sync.contract.errors import KnownError
from sync.server import codes as enrol_codes
from sync.server import keys
from sync.server.admin import organisation
from sync.server.server import open_server
from tests.server.selfentry.sending import photo
from tests.support.clock import START, FakeClock
from tests.support.district import sample_organisation
from tests.support.served import served
from tests.support.stations import PASSWORD, make_station
from tests.sync.selfentry.phone import Phone

TELEPHONE = "0755-8888 0001"
SAID = {"what": "老板欠我三个月工资。\n一共两万四，要求月底前付清。", "called": "王强", "phone": "13800138000"}


@pytest.fixture
def line(tmp_path: Path) -> Iterator[tuple[str, Station]]:
    """A served district and a station that joined it."""
    place = tmp_path / "district"
    keys.create(place, name="光明区群众诉求服务平台")
    server = open_server(place, FakeClock(START))
    plan = sample_organisation()
    plan.stations["S1"] |= {"phone": TELEPHONE, "address": "东坑社区一号"}
    organisation.apply(server, plan)
    server.close()
    with served(place) as url:
        station = make_station(tmp_path / "pc").station
        again = open_server(place, station.clock)
        code = enrol_codes.issue(again, station="S1")
        again.close()
        enrolment.enrol(station, url=url, code=code)
        yield url, station
        station.store.close()


def travel(station: Station) -> None:
    outcome = syncing.run(station)
    assert outcome.error is None, outcome.error
    assert consistency.check(station.store) == []


def on_the_wall(station: Station, spot: str = "") -> str:
    """What a telephone reads on the sheet, from a picture of 60 dots an inch, as from some steps away."""
    with pypdfium2.PdfDocument(BytesIO(door.paper(station, spot).pdf)) as document:
        assert len(document) == 1
        (found,) = codes.texts(document[0].render(scale=60 / 72).to_pil().convert("L"))
    return found


def test_said_with_a_photograph_taken_up_and_heard_back(line: tuple[str, Station]) -> None:
    url, station = line
    travel(station)
    phone = Phone(url)
    wall = on_the_wall(station, "东区食堂")
    assert wall.startswith(f"{url}/e/")
    page = phone.scan(wall)
    assert page.values["where"] == "S1站 东区食堂"
    phone.say([photo(), photo("blue")], **SAID)
    code = phone.code
    assert "已收到" in phone.page.words
    assert entries.entries(station) == []

    travel(station)
    (waiting,) = entries.entries(station)
    assert (waiting.open, waiting.readable, waiting.missing) == (True, True, 0)
    assert {n: waiting.said(n) for n in SAID} == SAID
    assert (waiting.said("code"), waiting.said("where")) == (code, "S1站 东区食堂")
    assert entries.photo(station, entry=code, no=1)[:2] == b"\xff\xd8"

    case = entries.accept(station, entry=code).case
    view = station.case(case)
    assert (view.get("channel"), view.get("found_at"), view.get("entry")) == ("qr", waiting.at, waiting.rec)
    assert [p.name for p in view.parties] == ["王强"]
    assert view.kind("identity")[0].get("phone") == "13800138000"
    pictures = view.kind("evidence")
    assert [len(blobs.get(station.store, str(r.get("blob")))) for r in pictures] == [r.get("bytes") for r in pictures]
    assert len(pictures) == 2
    assert [found.rec for found in lists.find(station, code.replace("-", " ").lower())] == [case]
    with pytest.raises(KnownError, match="E-296"):
        entries.accept(station, entry=code)
    with pytest.raises(KnownError, match="E-296"):
        entries.decline(station, entry=code, answer="invalid", reason="没有内容")

    travel(station)
    words = phone.look(code).words
    assert "已经登记，正在研究是否受理" in words
    assert not [w for w in ("王强", "13800138000", "欠我", "两万四") if w in words]
    cases.step(station, case=case, verb="accept")
    bookings.book(station, case=case, values={"purpose": "mediation", "at": "2099-11-24T10:00", "place": "三楼调解室"})
    travel(station)
    assert "约定时间" not in phone.look(code).words, "the mediator did not choose to show it"
    booking = station.case(case).kind("booking")[0].id
    appointments.show(station, case=case, booking=booking)
    travel(station)
    assert "李明 11月24日 10:00 三楼调解室" in phone.look(code).words
    bookings.move(station, case=case, rec=booking, values={"at": "2099-11-25T15:30"})
    travel(station)
    assert "李明 11月25日 15:30 三楼调解室" in phone.look(code).words
    bookings.cancel(station, case=case, rec=booking)
    travel(station)
    assert "约定时间" not in phone.look(code).words

    # who has no telephone is given the same code and the same times on paper
    bookings.book(station, case=case, values={"purpose": "mediation", "at": "2099-11-26T10:00", "place": "三楼调解室"})
    papers.issue(station, case=case, template="reception_slip")
    slip = "".join(extract_text(papers.pdf(station, case=case, paper=station.case(case).kind("paper")[-1].id)))
    assert code in slip
    assert "11月26日" in slip


def test_answered_in_words_when_it_is_no_appeal(line: tuple[str, Station]) -> None:
    url, station = line
    travel(station)
    phone = Phone(url)
    for answer, reason, word in (
        ("不属本站", "这条路由塘家社区管理，请到塘家社区党群服务中心反映。", "不属本站"),
        ("duplicate", "同宿舍的工友已经登记，一并办理。", "重复提交"),
        ("invalid", "没有写明是什么事，欢迎来站说明。", "没有办理"),
    ):
        phone.scan(on_the_wall(station))
        phone.say(what=f"一件事 {answer}")
        code = phone.code
        travel(station)
        with pytest.raises(KnownError, match="E-408"):
            entries.decline(station, entry=code, answer=answer, reason=" ")
        with pytest.raises(KnownError, match="E-270"):
            entries.decline(station, entry=code, answer=answer, reason="请打 13800138000")
        entries.decline(station, entry=code, answer=answer, reason=reason)
        travel(station)
        words = phone.look(code).words
        assert (word in words, reason in words, "确认撤回" in words) == (True, True, False), words
    kept = entries.entries(station)
    assert [e.open for e in kept] == [False] * 3
    assert all(e.said("what") for e in kept), "what was said stays on record"


def test_withdrawn_before_and_after_it_was_taken_up(line: tuple[str, Station]) -> None:
    url, station = line
    travel(station)
    phone = Phone(url)
    phone.scan(on_the_wall(station))
    phone.say([photo()], **SAID)
    early = phone.code
    travel(station)
    (entry,) = entries.entries(station)
    assert entry.letter is not None
    phone.look(early)
    phone.withdraw()
    assert "已撤回" in phone.page.words
    travel(station)
    (entry,) = entries.entries(station)
    assert (entry.open, entry.letter) == (False, None), "the words are gone here too"
    with pytest.raises(KnownError, match="E-296"):
        entries.accept(station, entry=entry.rec)

    phone.scan(on_the_wall(station))
    phone.say(**SAID)
    late = phone.code
    travel(station)
    case = entries.accept(station, entry=late).case
    travel(station)
    phone.look(late)
    phone.withdraw()
    assert "已经告诉服务站要撤回" in phone.page.words
    travel(station)
    assert entries.entry(station, late).withdrawn
    assert station.case(case).case_state == "registered", "what becomes of the case is a person's decision"


def test_by_command(line: tuple[str, Station], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url, station = line
    travel(station)
    phone = Phone(url)
    phone.scan(on_the_wall(station))
    phone.say([photo()], what="路灯坏了三天")
    phone_code = phone.code
    phone.scan(on_the_wall(station))
    phone.say(what="你好")
    other = phone.code
    travel(station)
    secret = tmp_path / "password"
    secret.write_text(PASSWORD)
    station_at = ["--data-dir", str(tmp_path / "pc"), "--user", "李明", "--password-file", str(secret)]

    def call(*words: str) -> Any:
        capsys.readouterr()
        assert run([*words, *station_at, "--json"]) == 0, capsys.readouterr().err
        return json.loads(capsys.readouterr().out)

    listed = call("selfentry", "list")
    assert sorted(e["what"] for e in listed) == ["你好", "路灯坏了三天"]
    shown = call("selfentry", "show", phone_code, "--photos", str(tmp_path / "photos"))
    assert [Path(p).read_bytes()[:2] for p in shown["saved"]] == [b"\xff\xd8"]
    assert call("selfentry", "accept", phone_code)["case"]
    declined = call("selfentry", "decline", other, "内容无效", "--reason", "没有写明是什么事")
    assert declined["entry"] == call("selfentry", "show", other)["rec"]
    assert call("selfentry", "list") == []
    assert len(call("selfentry", "list", "--all")) == 2
    assert run(["selfentry", "accept", other, *station_at]) == 1
    assert "已经处理" in capsys.readouterr().err
