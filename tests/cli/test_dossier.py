"""station paper dossier and the list of all papers, as a person types them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station_app.cli.main import run
from station_app.services import papers
from tests.services.test_dossier_papers import neighbours, photograph
from tests.support.stations import PASSWORD, make_station

Capture = pytest.CaptureFixture[str]

OWN = set(
    "dossier_cover dossier_contents application refusal_notice identity_sheets power_of_attorney recusal invitation "
    "session_notice attendance inquiry evidence_list evidence_pictures extension mediation_record undisputed_facts "
    "oral_agreement supplement share_slip receipt_slip performance_reminder return_visit mediation_advice "
    "seal_register dossier_note dossier_back".split()
)


def test_list_without_a_case_names_basis_and_source(capsys: Capture) -> None:
    assert run(["paper", "list", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    assert {row["template"] for row in rows} >= OWN
    for row in rows:
        assert all(row[name] for name in ("edition", "basis", "source")), row["template"]
    assert run(["paper", "list"]) == 0
    assert "第二十七条" in capsys.readouterr().out


def test_dossier_is_written(tmp_path: Path, capsys: Capture) -> None:
    station = make_station(tmp_path / "data").station
    case = neighbours(station)
    station.store.close()
    (tmp_path / "pw").write_text(PASSWORD)
    options = ["--data-dir", str(tmp_path / "data"), "--password-file", str(tmp_path / "pw"), "--user", "李明"]
    out = tmp_path / "file.pdf"
    assert run(["paper", "dossier", case, "--out", str(out), *options]) == 1
    assert "E-358" in capsys.readouterr().err
    assert not out.exists()
    assert run(["paper", "print", case, "application", "--out", str(tmp_path / "a.pdf"), *options]) == 0
    (tmp_path / "墙面.jpg").write_bytes(photograph())
    assert run(["record", "picture", case, str(tmp_path / "墙面.jpg"), "--source", "田志强", *options]) == 0
    assert "已存入证据图片 1 幅。" in capsys.readouterr().out
    assert run(["paper", "print", case, "evidence_pictures", "--out", str(tmp_path / "b.pdf"), *options]) == 0
    capsys.readouterr()
    assert run(["paper", "dossier", case, "--out", str(out), "--json", *options]) == 0
    facts = json.loads(capsys.readouterr().out)
    assert facts["pages"] == papers.page_count(out.read_bytes()) == 5
