"""`station confirm receive`: each party by its own day, an interested person by name, the days in words and as data."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.services import confirmation, signing
from station_app.services.signing import Signer
from tests.support.stations import PASSWORD, make_station
from tests.support.wages import showcase_agreement, wage_case

DAY = "2026-11-20"


def test_receipts_of_a_ruling(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    station = make_station(tmp_path / "data").station
    case = wage_case(station)
    showcase_agreement(station, case)
    parties = station.case(case).parties
    signers = [Signer("party", "signed_sealed", p.id, seal="official", on=DAY) for p in parties]
    signers += [Signer("mediator", "signed", on=DAY), Signer("committee", "sealed", seal="committee", on=DAY)]
    signing.sign_many(station, case=case, signers=signers)
    confirmation.apply(station, case=case, on=DAY)
    confirmation.rule(station, case=case, result="valid", on=DAY)
    station.store.close()
    secret = tmp_path / "secret"
    secret.write_text(PASSWORD)
    common = ["--data-dir", str(tmp_path / "data"), "--user", "李明", "--password-file", str(secret)]

    receive = ["confirm", "receive", case, *common]
    assert run([*receive, "--party", parties[0].name, "--on", "2026-11-23", "--json"]) == 0
    first, asked = [c for c in json.loads(capsys.readouterr().out) if c["code"] == "objection"]
    assert first["last"] == "2026-12-08"
    assert first["sentence"].startswith(parties[0].name)
    assert asked["last"] == ""
    assert run([*receive, "--interested", "陈某", "--on", "2026-11-24"]) == 0
    assert "陈某（利害关系人，2026年11月24日知道）提出异议" in capsys.readouterr().out
    assert run([*receive, "--on", "2026-11-24"]) == 0
    assert "请登记" not in capsys.readouterr().out
    assert run([*receive, "--party", "无此人"]) == 1
    assert "E-223" in capsys.readouterr().err
    assert run([*receive, "--on", "2026-11-01"]) == 1
    assert "E-380" in capsys.readouterr().err
