"""A resident says what is the matter: what is taken, what is told, what is refused in words, who gets the files."""

from __future__ import annotations

import json

import pytest

from sync.contract import ticket as codes
from sync.contract.canonical import Json
from sync.server.selfentry import pictures, routes
from sync.server.selfentry.form import BadForm, read
from sync.server.server import Server
from tests.server.selfentry.sending import Telephone, multipart, photo, place_code
from tests.server.support import Device, Face

SAID = {"what": "老板欠我三个月工资", "where": "东坑工地站 东区", "called": "王某", "phone": "13800138000"}


def _entries(server: Server) -> list[tuple[object, ...]]:
    with server.storage.read() as tx:
        return tx.rows(
            "SELECT rec, ticket, station, at, hours, readers, answer, withdrawn FROM self_entry ORDER BY rec"
        )


def _files(server: Server) -> list[tuple[object, ...]]:
    with server.storage.read() as tx:
        return tx.rows("SELECT stream, case_rec, id, size FROM blob ORDER BY id")


def test_three_questions_a_code_and_when_somebody_calls(server: Server, face: Face, s1: Device) -> None:
    tele = Telephone(face, place_code(s1, "东区食堂", 4))
    page = tele.open()
    for words in ("1 什么事", "2 在哪里", "3 怎么联系您", "可以不留", "东坑工地站 东区食堂", "请立即拨打 110"):
        assert words in page, words
    assert "<script" not in page
    answer = tele.send([photo(), photo("blue", kind="PNG")], **SAID)
    assert answer.status == 303, answer.body.decode()
    page = tele.look()
    for words in (tele.codes[0], "已收到", "4 小时内给您打电话", "确认撤回"):
        assert words in page, words
    assert not any(words in page for words in ("王某", "13800138000", "三个月")), "the page of a code names nobody"
    ((_, ticket, station, _, hours, readers, said, withdrawn),) = _entries(server)
    assert (station, hours, readers, said, withdrawn) == ("S1", 4, s1.id, "", "")
    assert ticket == codes.ticket_of(tele.codes[0])
    assert [row[:2] for row in _files(server)] == [("dongkeng", "station:S1")] * 3


def test_without_a_limit_nothing_is_promised(face: Face, s1: Device) -> None:
    tele = Telephone(face, place_code(s1))
    tele.send(what="路灯坏了")
    page = tele.look()
    assert "小时" not in page
    assert "服务站会给您打电话" in page


def test_the_same_form_twice_is_one_entry(server: Server, face: Face, s1: Device) -> None:
    tele = Telephone(face, place_code(s1))
    tele.send([photo()], **SAID)
    tele.send([photo()], **SAID)
    assert tele.codes[0] == tele.codes[1]
    assert (len(_entries(server)), len(_files(server))) == (1, 2)
    tele.send([photo()], **{**SAID, "what": "还有押金"})
    assert len(_entries(server)) == 2, "another text on a page gone back to is another entry"
    other = Telephone(face, place_code(s1))
    other.send([photo()], **SAID)
    assert other.codes[0] not in tele.codes


def test_a_station_whose_pcs_are_gone_says_so_and_pretends_nothing(server: Server, face: Face, s1: Device) -> None:
    tele = Telephone(face, place_code(s1))
    tele.send(**SAID)
    with server.storage.read() as tx:
        assert tx.row("SELECT 1 FROM device WHERE id = ? AND revoked = 0", (s1.id,))
    server.storage.write(lambda tx: tx.run("UPDATE device SET revoked = 1"))
    page = tele.open()
    assert "您写的东西我们收不到" in page
    assert "<form" not in page
    assert tele.send(**SAID).status == 200
    assert len(tele.codes) == 1
    assert "没有人能打开" in tele.look()
    second = Device(face, "S1")
    second.enrol()
    assert "<form" in tele.open(), "the sheet on the wall holds when the PC was replaced"


def test_what_is_wrong_is_said_and_what_was_written_is_put_back(server: Server, face: Face, s1: Device) -> None:
    tele = Telephone(face, place_code(s1))
    for more, photos, words in (
        ({"what": "  "}, None, "请写明是什么事。"),
        ({"what": "长" * 2001}, None, "最多 2000 字"),
        ({"phone": "打我手机"}, None, "电话号码看不懂"),
        ({}, [b"GIF89a not a photo"], "不是照片"),
        ({}, [photo()] * 5, "最多 4 张"),
        ({"website": "http://spam"}, None, "没有收到完整的内容"),
    ):
        answer = tele.send(photos, **{**SAID, **more})
        page = answer.body.decode()
        assert (answer.status, words in page) == (422, True), words
        assert "王某" in page, "what was right stands there still"
    assert _entries(server) == []
    assert _files(server) == []


def test_hostile_words_stay_words(face: Face, s1: Device) -> None:
    tele = Telephone(face, place_code(s1, "<b>"))
    nasty = '"><script>alert(1)</script>\u202e{form.title}'
    page = tele.send(what="", where=nasty, called=nasty, phone="x").body.decode()
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "&lt;b&gt;" in tele.open()
    for path in (f"/r/{nasty}", "/r/" + "A" * 5000, "/e/" + "A" * 5000, "/e/..", "/r/%00"):
        answer = face.call("GET", path)
        assert answer.status == 404
        assert b"<script" not in answer.body


def test_only_codes_of_a_pc_here_open_the_page(face: Face, s1: Device) -> None:
    good = place_code(s1)
    stranger = Device(face, "S1")
    for bad in (good[:-2] + ("AA" if good[-2:] != "AA" else "BB"), place_code(stranger), good + "A", "x"):
        answer = face.call("GET", f"/e/{bad}")
        assert (answer.status, "不是本平台的" in answer.body.decode()) == (404, True)
        assert Telephone(face, bad).send(**SAID).status == 404


def test_too_large_and_cut_forms(face: Face, s1: Device, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(routes, "MOST_BODY", 2000)
    tele = Telephone(face, place_code(s1))
    answer = tele.send([b"x" * 3000], **SAID)
    assert (answer.status, "照片太大" in answer.body.decode()) == (413, True)
    headers, body = multipart(SAID)
    for wrong in (body[:-10], body.replace(b"\r\n\r\n", b"\r\n", 1), b"", b"\xff" * 50):
        answer = face.call("POST", f"/e/{tele.payload}", headers=headers | {"Content-Length": "0"}, body=wrong)
        assert (answer.status, "没有收到完整的内容" in answer.body.decode()) == (422, True)


def test_a_form_is_read_strictly() -> None:
    headers, body = multipart({"what": "甲\r\n--乙"}, [b"\r\n\x00\xff--", b"2"])
    form = read(headers["Content-Type"], body)
    assert form.texts["what"] == "甲\r\n--乙"
    assert form.files["photos"] == [b"\r\n\x00\xff--", b"2"]
    many, long = multipart({f"n{i}": "x" for i in range(20)})
    for kind, sent in ((many["Content-Type"], long), ("text/plain", body), ("multipart/form-data", body)):
        with pytest.raises(BadForm):
            read(kind, sent)


def test_photographs_are_written_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    large = photo(size=(4000, 3000))
    assert b"NOTED-BY-THE-TELEPHONE" in large
    made = pictures.clean(large)
    assert b"NOTED-BY-THE-TELEPHONE" not in made
    assert len(made) < pictures.MOST_BYTES
    assert pictures.clean(large) != made, "each one's hash is its own"
    for bad in (b"", large[: len(large) // 2], b"<svg onload=alert(1)>", b"\x89PNG\r\n\x1a\n" + b"\0" * 100):
        with pytest.raises(pictures.NoPicture):
            pictures.clean(bad)
    monkeypatch.setattr(pictures, "MOST_PIXELS", 1000)
    with pytest.raises(pictures.NoPicture):
        pictures.clean(large)


def test_often_is_told_to_wait(face: Face, s1: Device, server: Server) -> None:
    tele = Telephone(face, place_code(s1))
    answers = [tele.send(what=f"第{n}件") for n in range(21)]
    assert [a.status for a in answers] == [303] * 20 + [429]
    assert "分钟再试" in answers[-1].body.decode()
    assert "第20件" in answers[-1].body.decode(), "what was written is not lost"
    assert len(_entries(server)) == 20


def test_codes_cannot_be_tried_out(face: Face, s1: Device) -> None:
    tele = Telephone(face, place_code(s1))
    tele.send(**SAID)
    answers = [face.call("GET", "/r/ABCD-EFGH-JKMN").status for _ in range(11)]
    assert answers == [404] * 10 + [429]
    assert "查询的次数太多" in tele.look()


def test_withdrawn_before_it_was_taken_up(server: Server, face: Face, s1: Device) -> None:
    tele = Telephone(face, place_code(s1))
    tele.send([photo()], **SAID)
    assert tele.withdraw().status == 303
    assert "已撤回" in tele.look()
    assert _files(server) == [], "what was written is gone with it"
    tele.withdraw()
    page = s1.pull()
    said = [json.loads(op.body or b"{}")["changes"][0]["set"] for op in page.ops if op.header.verb == "self_entry"]
    assert [set(s) for s in said] == [
        {"ticket", "station", "at", "files", "keys"},
        {"withdrawn_at"},
    ]


def test_only_pcs_of_the_station_get_the_files(face: Face, s1: Device, s2: Device, server: Server) -> None:
    Telephone(face, place_code(s1)).send(**SAID)
    ((_, _, name, _),) = _files(server)
    head: dict[str, Json] = {"case": "", "id": str(name)}
    assert s1.post("/v1/blob/get", head).status == 200
    assert s2.post("/v1/blob/get", head).status == 404
