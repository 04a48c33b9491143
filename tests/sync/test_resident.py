"""The resident's day (peers 2.5): a receipt with a code in the hand, the district's page on the telephone, a word on
the service, the station's door; without an account, and without anybody's name. Real paper, real code, real server.
"""

from __future__ import annotations

import urllib.error
import urllib.request
from collections.abc import Iterator
from html.parser import HTMLParser
from io import BytesIO
from pathlib import Path
from urllib.parse import quote, urlencode

import pypdfium2
import pytest

from station_app.documents.preview import extract_text
from station_app.documents.scan import codes
from station_app.services import cases, papers
from station_app.services.reading import lists
from station_app.services.rounds import door, satisfaction
from station_app.services.station import Station
from station_app.services.travel import enrolment, syncing
from station_app.store import consistency
from sync.contract.errors import KnownError
from sync.contract.slip import slip_of
from sync.server import codes as enrol_codes
from sync.server import keys
from sync.server.admin import organisation
from sync.server.server import open_server
from tests.support.clock import START, FakeClock
from tests.support.district import sample_organisation
from tests.support.served import served
from tests.support.stations import make_station, wage_intake

PERSONAL = ("田志强", "45012619890412011X", "15026018159", "演示宏川", "拖欠", "8400", "8,400", "李明", "科学城")
PHONE = "0755-8888 0001"


class Looked(HTMLParser):
    """A page as its reader sees it: words, links, forms; that it asks nothing of other servers is checked here."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.forms: list[str] = []
        self.fields: set[str] = set()
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        assert tag not in ("script", "img", "iframe", "link"), tag
        if tag == "a":
            self.links.append(str(given["href"]))
        if tag == "form":
            self.forms.append(str(given["action"]))
        if tag in ("input", "textarea"):
            self.fields.add(str(given["name"]))

    def handle_data(self, data: str) -> None:
        self.words += data + "\n"


@pytest.fixture
def line(tmp_path: Path) -> Iterator[tuple[str, Station]]:
    """A served district with telephone numbers, and a station that joined it."""
    place = tmp_path / "district"
    keys.create(place, name="光明区群众诉求服务平台")
    server = open_server(place, FakeClock(START))
    plan = sample_organisation()
    plan.stations["S1"] |= {"phone": PHONE, "address": "东坑社区一号"}
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


def look(url: str, body: dict[str, str] | None = None) -> Looked:
    data = urlencode(body).encode() if body is not None else None
    with urllib.request.urlopen(url, data, timeout=20) as answer:
        assert "form-action" in answer.headers["Content-Security-Policy"]
        return Looked(answer.read().decode())


def code_on(pdf: bytes) -> str:
    """What a telephone reads on the first page."""
    with pypdfium2.PdfDocument(BytesIO(pdf)) as document:
        picture = document[0].render(scale=3).to_pil().convert("L")
    (found,) = [text for text in codes.texts(picture) if "/v/" in text]
    return found


def travel(station: Station) -> None:
    outcome = syncing.run(station)
    assert outcome.error is None, outcome.error
    assert consistency.check(station.store) == []


def given_out(station: Station, case: str, template: str) -> str:
    return code_on(papers.issue(station, case=case, template=template).pdf)


def station_text(station: Station, case: str) -> list[str]:
    paper = station.case(case).kind("paper")[-1].id
    return extract_text(papers.pdf(station, case=case, paper=paper))


def test_the_receipt_shows_how_the_matter_stands_and_takes_a_word(line: tuple[str, Station]) -> None:
    url, station = line
    case = cases.register(station, intake=wage_intake()).case
    scanned = given_out(station, case, "reception_slip")
    assert scanned.startswith(url)
    number = slip_of(case)
    assert number in "".join(station_text(station, case))
    assert [line.rec for line in lists.find(station, number.replace("-", ""))] == [case], (
        "as it is read out by telephone"
    )

    # before the station had a network: nothing is said against the paper
    early = look(scanned)
    assert "不能据此认定为虚假" in early.words
    travel(station)
    seen = look(scanned)
    assert "已经登记，正在研究是否受理。" in seen.words
    assert "诉求登记回执" in seen.words
    assert (PHONE in seen.words, f"tel:{PHONE.replace('-', '').replace(' ', '')}" in seen.links) == (True, True)
    assert seen.forms == [], "a matter under way is not rated"
    for word in PERSONAL:
        assert word not in seen.words, word

    cases.step(station, case=case, verb="accept")
    cases.step(station, case=case, verb="mediate")
    travel(station)
    assert "正在调解。" in look(scanned).words
    cases.step(station, case=case, verb="end", reason="failed")
    travel(station)
    over = look(scanned)
    assert "调解已经终止" in over.words
    assert over.fields == {"level", "words"}, "no name, no telephone, no account"

    # a word on the service: what is wrong is said, what is right is kept once
    answer = url + over.forms[0]
    assert "请先选择一项" in look(answer, {"words": "好"}).words
    assert "请不要写电话" in look(answer, {"level": "2", "words": "打我 15026018159"}).words
    assert "不超过" in look(answer, {"level": "2", "words": "长" * 201}).words
    assert "评价已收到" in look(answer, {"level": "2", "words": "等得太久"}).words
    assert "评价已收到" in look(answer, {"level": "5"}).words
    travel(station)
    (kept,) = satisfaction.evaluations(station)
    assert (kept.case, kept.level, kept.manner, kept.words) == (case, "不满意", "扫码评价", "等得太久")
    with pytest.raises(KnownError, match="E-217"):
        satisfaction.record(station, slip=kept.slip, satisfaction="5", manner="online")


def test_only_papers_handed_to_a_party_open_the_way(line: tuple[str, Station]) -> None:
    url, station = line
    case = cases.register(station, intake=wage_intake()).case
    cases.step(station, case=case, verb="accept")
    travel(station)
    for template, open_ in (("acceptance_register", False), ("rights_notice", True)):
        scanned = given_out(station, case, template)
        travel(station)
        page = look(scanned)
        assert ("办理进展" in page.words) is open_, template
    forged = scanned[:-2] + ("AA" if not scanned.endswith("AA") else "BB")
    assert "办理进展" not in look(forged).words
    payload = forged.rpartition("/v/")[2]
    assert "评价已收到" not in look(f"{url}/v/{payload}", {"level": "5"}).words
    papers.void(station, case=case, paper=station.case(case).kind("paper")[-1].id, reason="误印")
    travel(station)
    assert "办理进展" not in look(scanned).words, "a paper that was voided opens nothing"
    with pytest.raises(urllib.error.HTTPError, match="413"):
        look(scanned, {"level": "5", "words": "长" * 9000})


def test_the_door_says_what_whom_and_where(line: tuple[str, Station]) -> None:
    url, station = line
    travel(station)
    page = look(f"{url}/s/S1")
    assert ("S1站" in page.words, "东坑社区一号" in page.words, "心理服务" in page.words) == (True, True, True)
    assert page.fields == set()
    sheet = door.paper(station)
    with pypdfium2.PdfDocument(BytesIO(sheet.pdf)) as document:
        picture = document[0].render(scale=0.6).to_pil().convert("L")
    assert codes.texts(picture) == [door.address(station)], "read from 44 dots an inch, as from some steps away"
    assert sheet.pages == 1
    bare = look(f"{url}/s/S2")
    assert [link for link in bare.links if link.startswith("tel:")] == []
    with pytest.raises(urllib.error.HTTPError, match="404"):
        look(f"{url}/s/{quote('没有')}")
