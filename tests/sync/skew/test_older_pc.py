"""A PC that was not upgraded yet between newer ones; and what is refused for its version: in words, with all kept."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from station_app.clock import SystemClock
from station_app.domain.sentences import sentence
from station_app.services.reading import newer
from station_app.services.station import Station
from station_app.services.travel import bundles, syncing
from station_app.store import consistency
from station_app.store.privacy import KINDS_CLOSED
from sync.contract import bundle
from sync.contract.canonical import Json, dumps
from sync.contract.catalogue import KINDS, Field
from sync.contract.errors import KnownError
from sync.contract.op import Change
from sync.server import bundling
from sync.server.admin import status
from sync.server.rights import _SERVER_KINDS
from tests.server.support import Device, Face
from tests.support.district import District
from tests.sync.pcs import Join, go, register
from tests.sync.skew import pcs
from tests.sync.skew.program import OLDER, TODAY

SAMPLES: dict[str, Json] = {
    "text": "某事", "long": "某事如下", "int": 3, "money": 100, "days": 150, "date": "2026-11-24",
    "moment": "2026-11-24T09:00", "ms": 5, "bool": True, "code": "a", "codes": ["a"], "texts": ["甲", "乙"],
    "hash": "ab" * 32, "bytes": "AAAA", "refs": [], "ops": [], "moneymap": {},
}  # fmt: skip


@pytest.fixture
def true_time(tmp_path: Path) -> Iterator[District]:
    """A district that another process serves."""
    made = District(tmp_path / "other", SystemClock())  # type: ignore[arg-type]  # that process has the true time
    yield made
    made.close()


def _values(fields: list[Field], case: str) -> dict[str, Json]:
    return {f.name: case if f.type == "ref" else SAMPLES[f.type] for f in fields}


def everything_since(station: Station, case: str) -> dict[str, dict[str, Json]]:
    """A record of every kind that has something catalogue 1 lacks, with just that; record -> what was said of it."""
    said: dict[str, dict[str, Json]] = {}
    for kind in KINDS.values():
        if kind.name in _SERVER_KINDS or kind.name == "self_entry":  # no station begins them
            continue
        later = _values([f for f in kind.fields.values() if f.since > 1], case)
        if kind.name == "case":
            pcs.change(station, case, case, "register", later)
            said[case] = later
        elif later:
            (rec,) = pcs.write(station, case, "note", (kind.compartment, kind.name, later))
            said[rec] = later
    return said


def _unknown_to_the_older(station: Station, case: str, said: dict[str, dict[str, Json]]) -> int:
    """A record of a kind it does not know counts once, of the others each field."""
    records = station.case(case).state.records
    mine = [(records[rec].kind, values) for rec, values in said.items() if rec in records]
    return sum(len(values) if kind in OLDER.kinds else 1 for kind, values in mine)


@pytest.mark.parametrize("served_by", ["older", "today"])
def test_everything_since_catalogue_1_passes_through_a_program_of_that_time(
    true_time: District, tmp_path: Path, served_by: str
) -> None:
    one, two = (pcs.make(tmp_path / name, TODAY) for name in ("one", "two"))
    old = pcs.make(tmp_path / "old", OLDER)
    with pcs.serving(true_time, tmp_path / "other", served_by) as url:
        for pc in (one, old, two):
            pcs.join(pc, true_time, url, "S1")
        for pc in (one, old, two, one, old, two):
            pcs.go(pc, url)
        with one.at() as station:
            case = register(station)
            said = everything_since(station, case)
            written = pcs.ops_of(station)
            mine = station.case(case).state.records
            team = {rec for rec in said if rec in mine and mine[rec].kind in KINDS_CLOSED}
        for pc in (one, old, two):
            pcs.go(pc, url)
        with old.at() as station:
            pcs.same(pcs.ops_of(station), written)
            assert newer.count(station.case(case).state) == _unknown_to_the_older(station, case, said)
            own = register(station)
        pcs.go(old, url)
        pcs.go(two, url)
    for pc in (two, old):
        pc.program = TODAY
        with pc.at() as station:
            records = {**station.store.reference().records, **station.case(case).state.records}
            assert not team & records.keys(), "sealed to the case team, whatever the version"
            shared = {rec: values for rec, values in said.items() if rec not in team}
            assert {rec: {n: records[rec].get(n) for n in values} for rec, values in shared.items()} == shared
            assert station.case(own).case_state == "registered", "what the older program writes is read by today's"
    assert not [p for p in status.problems(true_time.server) if p["code"] != "E-125"]
    assert true_time.count("SELECT count(*) FROM verdict_row") == 0


# -- refused for the version ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("protocol", "shown"), [((2, 3), "2–3"), ((7, 7), "7")])
def test_a_district_of_another_protocol_takes_nothing_and_nothing_is_lost(
    district: District, join: Join, monkeypatch: pytest.MonkeyPatch, protocol: tuple[int, int], shown: str
) -> None:
    one = join("S1")
    go(district, one)
    register(one)
    waits, here = syncing.status(one).unsent_ops, pcs.ops_of(one)
    with monkeypatch.context() as other:
        other.setattr("sync.server.hello.PROTOCOL", protocol)
        outcome = syncing.run(one, transport=district.line)
    assert outcome.error is not None
    assert outcome.error.code == "E-108"
    words = sentence(outcome.error)
    assert f"本机 1，平台 {shown}" in words
    assert "保存在本机" in words
    assert (syncing.status(one).unsent_ops, pcs.ops_of(one)) == (waits, here)
    register(one)
    assert consistency.check(one.store) == []
    go(district, one)
    assert syncing.status(one).unsent_ops == 0


@pytest.mark.parametrize("version", [0, -1, 10_000, "1", None, True])
def test_an_op_without_a_possible_version_is_refused_before_anything_is_stored(
    district: District, version: Json
) -> None:
    face = Face(district.server)
    device = Device(face, "S1")
    assert device.enrol().status == 200
    device.op("note", [Change(device.rec(), "almanac", {"text": "某事"})], compartment="reference")
    header, body = device.chain[0]
    device.chain[0] = (dumps({**json.loads(header), "v": version}), body)
    before = district.count("SELECT count(*) FROM op")
    answer = device.push_answer()
    assert (answer.status, answer.code) == (400, "E-106")
    assert district.count("SELECT count(*) FROM op") == before


LATER_FORMS: dict[str, Callable[[bytes], bytes]] = {
    "magic": lambda data: b"GMB2" + data[4:],
    "header": lambda data: data.replace(b'"v":1}', b'"v":2}', 1),
}


@pytest.mark.parametrize("form", LATER_FORMS)
def test_a_stick_of_a_later_form_is_named_as_such(district: District, join: Join, tmp_path: Path, form: str) -> None:
    one = join("S1")
    go(district, one)
    register(one)
    made = bundles.export(one, to=tmp_path)
    later = LATER_FORMS[form](made.path.read_bytes())
    with pytest.raises(KnownError) as caught:
        bundling.take(district.server, later)
    assert caught.value.code == "E-126"
    made.path.write_bytes(later)
    with pytest.raises(KnownError) as here:
        bundles.take(one, path=made.path)
    assert here.value.code == "E-126"
    assert made.path.read_bytes() == later
    with pytest.raises(KnownError):
        bundle.split(later)
