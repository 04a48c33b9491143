"""The commands, as processes and in this one."""

from __future__ import annotations

import json
import os
import signal
import ssl
import subprocess
import sys
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from sync.server import cli

COMMAND = [sys.executable, "-m", "sync.server.cli"]


def _run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["district-server", *args])
    with pytest.raises(SystemExit) as caught:
        cli.run()
    said = capsys.readouterr()
    return int(caught.value.code or 0), said.out, said.err


def test_setting_up_and_looking(
    tmp_path: Path, repo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISTRICT_DATA_DIR", str(tmp_path / "d"))

    def run(*args: str) -> Any:
        code, out, err = _run(monkeypatch, capsys, *args, "--json")
        assert (code, err) == (0, ""), args
        return json.loads(out)

    assert run("init", "--district", "光明区群众诉求服务平台")["database"] == "sqlite"
    sample = str(repo / "resources" / "org" / "guangming.toml")
    assert run("org", "import", sample)["communities"] == 31
    assert len(run("org", "list")) == 5
    assert len(run("device", "code", "--station", "GM-FH-DK-01")["code"]) == 14
    assert run("device", "list") == []
    assert run("status")["stations"] == 5
    assert run("cases") == run("problems") == []
    password = tmp_path / "password"
    password.write_text("a long password\n")
    assert run("user", "add", "王书记", "--role", "secretary", "--password-file", str(password))["role"] == "secretary"
    assert run("export", str(tmp_path / "cases.csv"))["cases"] == 0
    assert (tmp_path / "cases.csv").read_text("utf-8-sig").startswith("rec,stream,station")
    backup = run("backup", str(tmp_path / "b"), "--password-file", str(password))
    again = run("restore", str(tmp_path / "b"), "--data-dir", str(tmp_path / "e"), "--password-file", str(password))
    assert again["rows"] == backup["rows"]
    assert run("status", "--data-dir", str(tmp_path / "e"))["epoch"] > 1


@pytest.mark.parametrize(
    ("args", "status", "said"),
    [
        (["status"], 1, "E-510"),
        (["device", "code", "--station", "X"], 1, "E-510"),
        (["restore", "none", "--password-file", "none"], 1, "E-516"),
        (["serve", "--port", "x"], 2, ""),
        (["none"], 2, ""),
    ],
)
def test_errors_are_one_sentence_and_a_code(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    args: list[str],
    status: int,
    said: str,
) -> None:
    monkeypatch.setenv("DISTRICT_DATA_DIR", str(tmp_path / "d"))
    code, out, err = _run(monkeypatch, capsys, *args)
    assert code == status
    assert "Traceback" not in out + err
    if status == 1:
        assert err.startswith(said)
        assert err.count("\n") == 1


def test_texts_for_people(
    tmp_path: Path, repo: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("DISTRICT_DATA_DIR", str(tmp_path / "d"))
    assert "已建立" in _run(monkeypatch, capsys, "init", "--district", "光明区平台")[1]
    assert _run(monkeypatch, capsys, "init", "--district", "光明区平台")[2].startswith("E-511")
    _run(monkeypatch, capsys, "org", "import", str(repo / "resources" / "org" / "guangming.toml"))
    assert "站点 5 个" in _run(monkeypatch, capsys, "status")[1]
    assert _run(monkeypatch, capsys, "device", "code", "--station", "X")[2].startswith("E-223 没有找到“X”。")
    assert _run(monkeypatch, capsys, "device", "revoke", "d-x", "--reason", " ")[2].startswith("E-408")


@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGTERM])
def test_serving_says_where_and_stops_cleanly(tmp_path: Path, repo: Path, ending: signal.Signals) -> None:
    environment = {**os.environ, "PYTHONPATH": str(repo), "DISTRICT_DATA_DIR": str(tmp_path / "d")}
    subprocess.run([*COMMAND, "init", "--district", "光明区平台"], env=environment, check=True, capture_output=True)
    process = subprocess.Popen(
        [*COMMAND, "serve", "--port", "0"], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("listening http://127.0.0.1:")
        with urllib.request.urlopen(line.split()[1] + "/healthz", timeout=10) as answer:
            assert json.loads(answer.read()) == {"ok": True, "epoch": 1}
    finally:
        process.send_signal(ending)
        out, err = process.communicate(timeout=20)
    assert (out, err) == ("", "")
    assert process.returncode == 0
    left = tmp_path / "d" / "district.sqlite-wal"
    assert not left.exists() or left.stat().st_size == 0, "everything is in the database file"


def test_serving_with_the_districts_own_certificate(tmp_path: Path, repo: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(repo), "DISTRICT_DATA_DIR": str(tmp_path / "d")}
    for args in (["init", "--district", "光明区平台"], ["tls", "--host", "127.0.0.1", "--host", "district.test"]):
        subprocess.run([*COMMAND, *args], env=environment, check=True, capture_output=True)
    authority = (tmp_path / "d" / "tls-ca.pem").read_bytes()
    subprocess.run([*COMMAND, "tls", "--host", "127.0.0.1"], env=environment, check=True, capture_output=True)
    assert (tmp_path / "d" / "tls-ca.pem").read_bytes() == authority
    command = [*COMMAND, "serve", "--port", "0", "--tls"]
    process = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        assert line.startswith("listening https://")
        context = ssl.create_default_context(cafile=str(tmp_path / "d" / "tls-ca.pem"))
        with urllib.request.urlopen(line.split()[1] + "/healthz", timeout=10, context=context) as answer:
            assert answer.status == 200
    finally:
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)


def test_a_taken_port_is_a_known_error(tmp_path: Path, repo: Path) -> None:
    import socket

    environment = {**os.environ, "PYTHONPATH": str(repo), "DISTRICT_DATA_DIR": str(tmp_path / "d")}
    subprocess.run([*COMMAND, "init", "--district", "光明区平台"], env=environment, check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        done = subprocess.run(
            [*COMMAND, "serve", "--port", port], env=environment, capture_output=True, text=True, check=False
        )
    assert done.returncode == 1
    assert done.stderr.startswith("E-518")
