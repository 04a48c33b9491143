"""The station command as a person types it: exit codes, one plain sentence, nothing lost, no trace on the screen."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from station_app.cli.main import run
from tests.services.test_casefile import FILE, encode
from tests.support.stations import cheap_passwords

Capture = pytest.CaptureFixture[str]


@pytest.fixture
def data(tmp_path: Path, capsys: Capture) -> list[str]:
    cheap_passwords()
    (tmp_path / "pw").write_text("correct horse")
    options = ["--data-dir", str(tmp_path / "data"), "--password-file", str(tmp_path / "pw")]
    given = {
        "station": "东坑社区科学城工地群众诉求服务站",
        "station-code": "GM-FH-DK-01",
        "community": "dongkeng",
        "street": "凤凰街道",
        "committee": "深圳市光明区凤凰街道东坑社区人民调解委员会",
        "short": "光凤东坑",
        "court": "深圳市光明区人民法院",
        "mediator": "李明",
        "appointed": "2024-06-01/2027-05-31",
        "series": "A",
    }
    assert run(["init", *options, *(part for k, v in given.items() for part in (f"--{k}", v))]) == 0
    assert "密钥恢复码" in capsys.readouterr().out
    return options


def test_a_case_is_registered_listed_found_and_shown(data: list[str], capsys: Capture) -> None:
    new = ["case", "new", "--summary", "拖欠工资", "--applicant", "田志强,45012619890412011X,15026018159"]
    assert run([*new, "--respondent", "演示宏川劳务有限公司", "--type", "拖欠农民工工资", *data]) == 0
    assert "已登记：" in capsys.readouterr().out
    for command in (["case", "list"], ["search", "011X"], ["search", "tzq"]):
        assert run([*command, *data]) == 0
        assert "田志强" in capsys.readouterr().out
    assert run(["case", "list", "--json", *data]) == 0
    rec = json.loads(capsys.readouterr().out)[0]["rec"]
    assert run(["case", "show", rec, *data]) == 0
    assert "案件名称：田志强与演示宏川劳务有限公司" in capsys.readouterr().out


def test_a_case_goes_on_as_another_and_into_other_systems(data: list[str], capsys: Capture) -> None:
    new = ["case", "new", "--summary", "拖欠工资", "--applicant", "田志强,45012619890412011X,15026018159", "--json"]
    assert run([*new, "--respondent", "演示宏川劳务有限公司", *data]) == 0
    one = json.loads(capsys.readouterr().out)["case"]
    assert run(["case", "new", "--like", one, "--applicant", "石来旺", "--json", *data]) == 0
    assert json.loads(capsys.readouterr().out)["title"] == "石来旺与演示宏川劳务有限公司纠纷"
    assert run(["case", "open-linked", one, "--to", "心理服务", "--summary", "情绪低落", *data]) == 0
    assert run(["case", "turn", one, "--to", "问题投诉", "--reason", "按投诉办理", *data]) == 0
    assert run(["case", "turn", one, "--to", "问题投诉", "--reason", "再次", *data]) == 1
    assert "E-259" in capsys.readouterr().err
    assert run(["copy", "list", one, "--system", "12345", "--json", *data]) == 0
    fields = json.loads(capsys.readouterr().out)["fields"]
    assert [f["value"] for f in fields[:2]] == ["田志强", "15026018159"]
    assert run(["copy", "number", one, "--system", "12345", "--number", "GM-0088", *data]) == 0
    assert run(["copy", "fields", "--json"]) == 0
    capsys.readouterr()
    assert run(["search", "GM-0088", "--json", *data]) == 0
    assert [row["rec"] for row in json.loads(capsys.readouterr().out)] == [one]
    assert run(["party", "find", "tzq", "--json", *data]) == 0
    assert json.loads(capsys.readouterr().out)[0]["id_number"] == "450126********011X"
    assert run(["party", "respondent", "演示宏川劳务有限公司", "--json", *data]) == 0
    assert json.loads(capsys.readouterr().out)["before"] == 3


def test_a_confidential_appeal_shows_a_stand_in(data: list[str], capsys: Capture) -> None:
    new = ["case", "new", "--summary", "投诉窗口", "--applicant", "田志强", "--service", "问题投诉", "--json", *data]
    assert run([*new, "--secrecy", "身份保密"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told["title"] == "保密反映人问题投诉"
    assert run(["case", "who", told["case"], *data]) == 0
    assert "田志强" in capsys.readouterr().out
    assert run(["case", "reveal", told["case"], "--reason", "本人书面同意", *data]) == 0
    assert run(["case", "reveal", told["case"], "--reason", "再次", *data]) == 1


def test_a_second_entry_is_named_linked_merged_and_taken_back(data: list[str], capsys: Capture) -> None:
    new = ["case", "new", "--summary", "拖欠工资", "--applicant", "田志强,45012619890412011X", "--json"]
    recs = []
    for _ in range(2):
        assert run([*new, "--respondent", "演示宏川劳务有限公司", *data]) == 0
        told = json.loads(capsys.readouterr().out)
        recs.append(told["case"])
    one, two = recs
    assert told["alike"] == [one]
    assert run(["link", "find", two, "--json", *data]) == 0
    assert json.loads(capsys.readouterr().out)[0]["reasons"][:2] == ["id", "respondent"]
    assert run(["link", "add", two, one, *data]) == 0
    assert run(["link", "add", two, one, *data]) == 1
    assert "E-251" in capsys.readouterr().err
    assert run(["link", "remove", one, two, *data]) == 0
    assert run(["link", "merge", two, "--into", one, *data]) == 0
    assert run(["link", "list", one, *data]) == 0
    assert "并入的案件" in capsys.readouterr().out
    assert run(["case", "list", "--json", *data]) == 0
    assert [row["rec"] for row in json.loads(capsys.readouterr().out)] == [one]
    assert run(["link", "split", two, *data]) == 0
    assert run(["link", "split", two, *data]) == 1


def test_a_wrong_file_is_kept_and_the_rest_goes_on(data: list[str], tmp_path: Path, capsys: Capture) -> None:
    spoiled = json.loads(encode(FILE))
    spoiled["parties"][0]["identity"]["id_number"] = "450126198904120111"
    (tmp_path / "wrong.json").write_bytes(encode(spoiled))
    (tmp_path / "good.json").write_bytes(encode(FILE))
    (tmp_path / "html.json").write_text("<html>")
    files = [str(tmp_path / f"{n}.json") for n in ("wrong", "html", "good", "missing")]
    assert run(["case", "import", *files, *data]) == 1
    shown = capsys.readouterr()
    assert "已存为草稿" in shown.out
    assert "已导入：" in shown.out
    for code in ("E-201", "E-215", "E-516"):
        assert code in shown.err
    assert "Traceback" not in shown.err
    assert run(["case", "drafts", "--json", *data]) == 0
    draft = json.loads(capsys.readouterr().out)[0]["id"]
    assert run(["case", "register", str(draft), "--override", "w1=证件核对无误", *data]) == 0
    assert "已登记：" in capsys.readouterr().out


def test_export_writes_a_file_that_can_be_imported_again(data: list[str], tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "good.json").write_bytes(encode(FILE))
    assert run(["case", "import", str(tmp_path / "good.json"), *data]) == 0
    capsys.readouterr()
    assert run(["case", "export", "田志强", "--out", str(tmp_path / "out.json"), *data]) == 0
    assert json.loads((tmp_path / "out.json").read_text("utf-8"))["case"]["title"].startswith("田志强与")


def test_the_schema_is_printed_and_names_what_may_stand_in_a_file(capsys: Capture) -> None:
    assert run(["case", "schema"]) == 0
    schema = json.loads(capsys.readouterr().out)
    assert schema["properties"]["case"]["properties"]["labour"]["title"] == "劳动争议"
    assert "state" not in schema["properties"]["case"]["properties"]


def test_a_wrong_password_is_one_sentence(data: list[str], tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "pw").write_text("wrong password")
    assert run(["case", "list", *data]) == 1
    error = capsys.readouterr().err
    assert "E-501" in error
    assert len(error.strip().splitlines()) == 1


def test_no_station_yet_is_said(tmp_path: Path, capsys: Capture) -> None:
    (tmp_path / "pw").write_text("x")
    options = ["--data-dir", str(tmp_path / "none"), "--user", "李明", "--password-file", str(tmp_path / "pw")]
    assert run(["case", "list", *options]) == 1
    assert "E-510" in capsys.readouterr().err


def test_a_second_init_does_not_touch_the_first(data: list[str], capsys: Capture) -> None:
    assert run(["init", *data, "--mediator", "某人", "--station", "x", "--station-code", "x", "--community", "x",
                "--committee", "x", "--short", "x", "--court", "x"]) == 1  # fmt: skip
    assert "E-511" in capsys.readouterr().err
    assert run(["people", "list", *data]) == 0
    assert "李明" in capsys.readouterr().out


def test_a_wrong_option_is_a_usage_error(capsys: Capture) -> None:
    assert run(["case", "list", "--nothing"]) == 2
    assert "Traceback" not in capsys.readouterr().err


def test_settings_and_doctor(data: list[str], capsys: Capture) -> None:
    assert run(["doctor", *data]) in (0, 1)
    assert capsys.readouterr().out.strip()
