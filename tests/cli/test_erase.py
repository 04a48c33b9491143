"""The commands of an erasure, at the station and at the district."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from station_app.cli.main import run
from sync.contract.errors import KnownError
from sync.server import cli as district_cli
from sync.server.admin import accounts
from tests.support.district import District, district
from tests.support.stations import PASSWORD
from tests.sync.pcs import Join, go, join, register

__all__ = ["district", "join"]


def test_asked_granted_listed(
    district: District, join: Join, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    one = join("S1", place="data")
    case = register(one)
    secret = tmp_path / "secret"
    secret.write_text(PASSWORD)
    common = ["--data-dir", str(tmp_path / "data"), "--user", "李明", "--password-file", str(secret)]
    assert run(["case", "erase", case, "--ground", "consent", "--reason", "本人撤回同意", *common]) == 0
    said = capsys.readouterr().out
    assert "不能恢复" in said
    assert "保留：案件编号" in said
    assert run(["case", "erase", case, "--ground", "law", "--reason", "再申请", *common]) == 1
    assert "E-414" in capsys.readouterr().err
    assert run(["case", "erased", *common, "--json"]) == 0
    assert [a["answer"] for a in json.loads(capsys.readouterr().out)["asked"]] == [""]
    assert run(["case", "erase", case, "--withdraw", *common]) == 0
    assert run(["case", "erase", case, "--ground", "law", "--reason", "判决", *common]) == 0
    capsys.readouterr()

    go(district, one)
    for name, role in (("周某", "data_officer"), ("吴某", "operator")):
        accounts.add(district.server, name=name, role=role, password="long enough password")
    password = tmp_path / "officer"
    password.write_text("long enough password")
    place = ["--data-dir", str(district.server.district.directory)]

    def server(*words: str) -> object:
        result = CliRunner().invoke(district_cli.app, [*words, *place, "--json"])
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        return json.loads(result.stdout)

    (asked,) = [a for a in server("erase", "list") if a["answer"] == ""]  # type: ignore[attr-defined]  # JSON
    assert (asked["case"], asked["ground"]) == (case, "law")
    officer = ["--password-file", str(password), "--authority", "区司法局〔2026〕1号"]
    with pytest.raises(KnownError, match="E-413"):
        server("erase", "grant", str(asked["no"]), "--user", "吴某", *officer)
    assert server("erase", "grant", str(asked["no"]), "--user", "周某", *officer)["case"] == case  # type: ignore[index]  # JSON, or a row that is there
    assert [d["by"] for d in server("erase", "done")] == ["周某"]  # type: ignore[attr-defined]  # JSON
    go(district, one)
    assert run(["case", "erased", *common]) == 0
    told = capsys.readouterr().out
    assert "已删除" in told
    assert "区司法局〔2026〕1号" in told
