"""The second implementation works against the real server, beside a real station: the text is enough."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from station_app.clock import SystemClock
from station_app.services.travel import bundles, enrolment, syncing
from station_app.store import consistency
from sync.client.transport import HttpTransport
from tests.contract.second import client
from tests.contract.second.client import Broken, Head, Refused, Station
from tests.support.district import District
from tests.support.served import served
from tests.support.stations import make_station
from tests.sync.pcs import register


@pytest.fixture
def district(tmp_path: Path) -> Iterator[District]:
    """A district; another process serves it."""
    made = District(tmp_path / "district", SystemClock())  # type: ignore[arg-type]  # that process has the true time
    yield made
    made.close()


@pytest.fixture
def url(district: District, tmp_path: Path) -> Iterator[str]:
    """Its address."""
    with served(tmp_path / "district") as found:
        yield found


def joined(district: District, url: str, code: str = "S1") -> Station:
    """A second implementation's station."""
    made = Station(url)
    made.join(district.code(code))
    return made


def work(station: Station) -> str:
    """A person, a case with a party, and a change of its place; the case."""
    person = station.rec()
    told: Head = {"name": "周平", "roles": ["mediator"], "station": station.told["station"]["code"]}
    station.op("add_person", "reference", [{"rec": person, "kind": "person", "set": told}])
    case = station.rec()
    facts: Head = {"title": "田某与某公司欠薪纠纷", "service": "mediation", "state": "registered", "place": "西门"}
    facts |= {"people": 1, "station": station.told["station"]["code"]}
    party: Head = {"role": "applicant", "kind": "person", "name": "田某", "order": 1}
    changes = [{"rec": case, "kind": "case", "set": facts}, {"rec": station.rec(1), "kind": "party", "set": party}]
    born = station.op("register", "register", changes, case=case, actor=person)
    moved = {"rec": case, "kind": "case", "set": {"place": "东门"}, "base": {"place": [born]}}
    station.op("edit", "register", [moved], case=case, actor=person)
    return case


def test_it_shares_no_code_with_the_first() -> None:
    tree = ast.parse(Path(client.__file__).read_text("utf-8"))
    named = {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    named |= {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    assert {name.split(".")[0] for name in named} - set(sys.stdlib_module_names) == {"cryptography", "zstandard"}


def test_two_of_them_and_a_real_station_understand_each_other(district: District, url: str, tmp_path: Path) -> None:
    one, two = joined(district, url), joined(district, url)
    case = work(one)
    assert one.push() | {"acked": 0} == {"acked": 0, "stored": 3, "duplicates": 0, "problems": []}
    assert one.push()["duplicates"] == 3
    assert one.hello()["needs"] == "ok"
    pulled = two.pull(limit=500)
    assert client.values(pulled, case)["place"] == "东门"
    assert [op.name for op in pulled if op.header["case"] == case] == [f"{one.inst}.2", f"{one.inst}.3"]
    real = make_station(tmp_path / "real").station
    line = HttpTransport(url)
    try:
        enrolment.enrol(real, url=url, code=district.code("S1"), transport=line)
        outcome = syncing.run(real, transport=line)
        assert (outcome.error, outcome.problems) == (None, 0)
        assert real.case(case).get("place") == "东门"
        assert consistency.check(real.store) == []
        theirs = register(real)
        syncing.run(real, transport=line)
        assert client.values(two.pull(), theirs)["type"] == "wage_arrears"
        made = bundles.export(real, to=tmp_path)
        keys = {d["device"]: client.unb64(d["sign_key"]) for d in one.hello()["directory"]}
        header, sealed = client.bundle(made.path.read_bytes(), keys[real.store.setting("device.id")])
        assert (header["v"], header["from"], header["to"]) == (1, real.store.setting("device.id"), one.server["device"])
        assert sealed
    finally:
        line.close()
        real.store.close()
    assert district.count("SELECT count(*) FROM problem WHERE settled = 0") == 0


def test_one_case_and_its_files(district: District, url: str) -> None:
    one, other = joined(district, url), joined(district, url, "S2")
    case = work(one)
    one.push()
    asked: Head = {"case": case, "cursor": 0}
    head, batch = one.ask("/v1/history", asked)
    assert [op.name for op in one.page(head, batch, 0)] == [f"{one.inst}.2", f"{one.inst}.3"]
    data, name = b"sealed by the sender", "ab" * 32
    put: Head = {"case": case, "id": name, "size": len(data)}
    assert one.ask("/v1/blob/put", put, data)[0] == {"stored": 1, "duplicates": 0}
    assert one.ask("/v1/blob/put", put, data)[0] == {"stored": 0, "duplicates": 1}
    assert one.ask("/v1/blob/put", {"ask": [[case, name], [case, "cd" * 32]]})[0] == {"lacking": [[case, "cd" * 32]]}
    assert one.ask("/v1/blob/get", {"case": case, "id": name}) == ({"size": len(data)}, data)
    for path, said in (("/v1/history", asked), ("/v1/blob/get", {"case": case, "id": name})):
        with pytest.raises(Refused) as closed:
            other.ask(path, said)
        assert closed.value.said["code"] == "E-407"
    grant: Head = {"rec": one.rec(), "kind": "grant", "set": {"station": "S2", "reason": "协助调解"}}
    one.op("grant", "register", [grant], case=case, actor=f"{one.inst}.1.0")
    one.push()
    assert {"case": case, "stream": "dongkeng"} in other.hello()["grants"]
    assert len(other.page(*other.ask("/v1/history", asked), 0)) == 3
    assert other.ask("/v1/blob/get", {"case": case, "id": name})[1] == data


def test_it_believes_nothing_that_does_not_verify(district: District, url: str) -> None:
    one = joined(district, url)
    work(one)
    one.push()
    asked: Head = {"stream": one.told["stream"], "cursor": 0}
    head, batch = one.ask("/v1/pull", asked)
    assert one.page(head, batch, 0)
    place = batch.index("东门".encode())
    with pytest.raises(Broken):
        one.page(head, batch[:place] + "西".encode() + batch[place + 3 :], 0)
    with pytest.raises(Broken):
        one.page({**head, "revs": [1, *head["revs"][:-1]]} if head["revs"][0] != 1 else {**head, "cursor": 0}, batch, 0)
    one.told["district"]["server"]["sign_key"] = client.b64(bytes(31) + b"\1")
    with pytest.raises(Broken):
        one.ask("/v1/pull", asked)


def test_refusals_are_those_of_the_text(district: District, url: str) -> None:
    one, code = Station(url), district.code("S1")
    one.join(code)
    with pytest.raises(Refused) as used:
        Station(url).join(code)
    assert (used.value.status, used.value.said["code"]) == (403, "E-111")
    work(one)
    one.push()
    one.counter -= 1
    with pytest.raises(Refused) as replayed:
        one.hello()
    assert (replayed.value.status, replayed.value.said["code"], replayed.value.said["counter"]) == (409, "E-112", 1)
    with pytest.raises(Refused) as foreign:
        one.ask("/v1/pull", {"stream": "tangjia", "cursor": 0})
    assert foreign.value.said["code"] == "E-407"
    with pytest.raises(Refused) as later:
        one.ask("/v1/hello", {"protocol": [8, 9], "wall": 0})
    assert (later.value.said["code"], later.value.said["protocol"]) == ("E-108", [1, 1])
