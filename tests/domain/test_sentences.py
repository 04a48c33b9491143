"""Every code has its sentence in both languages, in the words of an office, with the values its raisers give."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from station_app.domain import sentences_en, sentences_zh
from station_app.domain.dates import Shift, confirmation_deadline
from station_app.domain.holidays import HOLIDAYS
from station_app.domain.labels import CHINESE, ENGLISH
from station_app.domain.sentences import note, places, sentence, shift_note, with_code
from sync.contract.catalogue import KINDS
from sync.contract.errors import CODES, KnownError

ZH, EN = sentences_zh.SENTENCES, sentences_en.SENTENCES
SPECS = {
    "yuan",
    "date",
    "md",
    "weekday",
    "skew",
    "field",
    "state",
    "verb",
    "order_state",
    "order_step",
    "track",
    "service",
}
TECHNICAL = "异常 堆栈 报错 数据库 线程 句柄 字段 哈希 接口 进程 同步 送达 JSON HTTP SQL API Null None bug".split()


def test_every_code_has_its_sentence_and_no_sentence_is_left_over() -> None:
    for table in (ZH, EN):
        assert {key.split(".")[0] for key in table} == set(CODES)
        assert set(CODES) <= set(table)
    assert set(ZH) == set(EN)
    assert set(sentences_zh.NOTES) == set(sentences_en.NOTES)


@pytest.mark.parametrize("key", sorted(ZH))
def test_both_languages_have_the_same_places(key: str) -> None:
    assert places(ZH[key]) == places(EN[key])


@pytest.mark.parametrize("key", sorted(sentences_zh.NOTES))
def test_notes_have_the_same_places(key: str) -> None:
    assert places(sentences_zh.NOTES[key]) == places(sentences_en.NOTES[key])


@pytest.mark.parametrize("key", sorted(ZH))
def test_tone(key: str) -> None:
    text = ZH[key]
    assert text.endswith(("。", "。]]"))
    assert not set("！!？?~～…") & set(text)
    assert [w for w in TECHNICAL if w in text] == []
    assert not re.search(r"[\u4e00-\u9fff][,.;:()](?!\d)", text), "half-width punctuation in Chinese"
    assert text.count("“") == text.count("”")
    assert text.count("（") == text.count("）")
    assert set(re.findall(r"\{\w+:([^}]*)\}", text)) <= SPECS
    assert EN[key].isprintable()
    assert EN[key][0] in "[{“" or EN[key][0].isupper()
    assert "!" not in EN[key]


@pytest.mark.parametrize("key", sorted(ZH))
def test_a_sentence_reads_well_with_no_value_and_never_fails(key: str) -> None:
    code, _, why = key.partition(".")
    error = KnownError(code, why=why) if why else KnownError(code)
    for text in (sentence(error, "zh_CN"), sentence(error, "en_US")):
        assert not set("{}[]") & set(text)
        assert (places(ZH[key])[0] != frozenset()) == ("＿＿" in text)


FULL = [
    (KnownError("E-101", pending=5), "联网后自动上传。待上传 5 件，均已保存在本机。"),
    (KnownError("E-101", pending=0), "联网后自动上传。"),
    (KnownError("E-202", year=1985, month=2, day=29), "出生日期不存在（1985年2月29日），请核对第七至十四位。"),
    (
        KnownError("E-210", sum=13100000, total=13146000, diff=46000),
        "分期合计 131,000.00 元，与约定总额 131,460.00 元相差 460.00 元。请修改分期数额或者总额。",
    ),
    (
        KnownError("E-212", row=9, given=840000, computed=800000, rest=16),
        "名册第 9 行：欠发 8,400.00 元，按“应发－已发”应为 8,000.00 元。其余 16 行可以导入。",
    ),
    (KnownError("E-211", name="某公司"), "付款人“某公司”不是本协议当事人，"),
    (KnownError("E-211", name="某公司", why="payee"), "收款人“某公司”不是本协议当事人，"),
    (KnownError("E-216", field="facts.summary"), "“诉求概要”尚未填写"),
    (KnownError("E-219", columns=["姓名", "欠发（元）"]), "名册缺少“姓名、欠发（元）”列，没有导入。请在表头补上"),
    (KnownError("E-226", birth=date(2030, 1, 5)), "出生日期（2030年1月5日）晚于办理之日"),
    (KnownError("E-301", name="张𬱖", char="𬱖"), "“张𬱖”中的“𬱖”没有可用字体，未打印，以免印成空白。"),
    (KnownError("E-302", printer="奔图 P3010"), "打印机“奔图 P3010”没有响应。"),
    (KnownError("E-303", total=7, done=4, next=5), "打印了 7 份中的 4 份后中断。已打印的文书有效，请从第 5 份继续。"),
    (
        KnownError("E-401", number="（2026）光凤东坑人调字第A0012号"),
        "本协议编号 （2026）光凤东坑人调字第A0012号 已有人签名",
    ),
    (KnownError("E-401", number=""), "本协议已有人签名，不能修改。"),
    (KnownError("E-405", state="registered", step="confirm"), "案件现处于“已登记”阶段，还不能办理“裁定调解协议有效”"),
    (KnownError("E-501", left=3), "密码不正确，还可以尝试 3 次。"),
    (KnownError("E-501", left=0), "密码不正确。"),
    (KnownError("E-502", skew=-(3 * 86400 + 2 * 3600 + 59) * 1000), "本机时间比服务器慢 3 天 2 小时，"),
    (KnownError("E-502", skew=180_000), "本机时间比服务器快 3 分钟，"),
    (KnownError("E-502", skew=20), "本机时间比服务器快 不足 1 秒，"),
    (KnownError("E-506", minutes=10), "已锁定 10 分钟，数据安全。"),
    (KnownError("E-310", file="x.otf", reason="outlines"), "字体“x.otf”的格式不能用于打印文书"),
]


@pytest.mark.parametrize(("error", "start"), FULL)
def test_values_in_their_places(error: KnownError, start: str) -> None:
    assert start in sentence(error)
    assert with_code(error) == f"{error.code} {sentence(error)}"
    assert sentence(error, "en_US").isprintable()


def test_values_from_outside_cannot_break_a_sentence() -> None:
    text = sentence(KnownError("E-206", text="{text!r:>99}\n\x1b[31m" + "9" * 500))
    assert "{text!r:>99} [31m999" in text
    assert len(text) < 150
    assert "\n" not in text
    assert "\x1b" not in text


def test_wrong_types_are_shown_as_they_are() -> None:
    assert "分期合计 abc 元" in sentence(KnownError("E-210", sum="abc", total=None, diff=1))


def test_english() -> None:
    assert sentence(KnownError("E-210", sum=1, total=2, diff=1), "en_US").startswith("The instalments add up to 0.01")
    assert "3 d 2 h slow" in sentence(KnownError("E-502", skew=-(74 * 3600 * 1000)), "en_US")
    assert "2030-01-05" in sentence(KnownError("E-226", birth="2030-01-05"), "en_US")
    assert "“Summary” is empty" in sentence(KnownError("E-216", field="facts.summary"), "en_US")


def test_last_days_in_words() -> None:
    effective = date.fromisoformat
    assert shift_note(confirmation_deadline(effective("2026-11-24")), days=30) == "最后一天为 2026年12月24日（周四）。"
    moved = confirmation_deadline(effective("2026-09-01"))
    assert shift_note(moved, days=30) == "第 30 日为 10月1日（国庆节），顺延至 10月8日。"
    assert shift_note(moved, days=30, lang="en_US").startswith("Day 30 is 2026-10-01 (National Day)")
    unknown = confirmation_deadline(effective("2026-12-05"))
    assert shift_note(unknown, days=30) == "2027年放假安排尚未录入，按自然日计算，未作顺延。"
    for reason in HOLIDAYS:
        shift = Shift(date(2026, 5, 1), date(2026, 5, 6), known=True, reason=reason)
        assert HOLIDAYS[reason][0] in shift_note(shift, days=30)
    assert note("hint.luhn") != note("hint.luhn", "en_US")


def test_every_field_of_the_catalogue_has_its_word() -> None:
    fields = {f.label for k in KINDS.values() for f in k.fields.values()}
    assert fields - set(CHINESE) == set()
    assert set(CHINESE) - fields == set()
    assert all(CHINESE.values())
    assert all(ENGLISH.values())
    assert not any("|" in word for word in (*CHINESE.values(), *ENGLISH.values()))


def _raised(repo: Path) -> Iterator[tuple[str, str, set[str]]]:
    """Place, sentence key and given names of every KnownError that is written out in the program."""
    for path in sorted([*(repo / "station_app").rglob("*.py"), *(repo / "sync").rglob("*.py")]):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not (isinstance(node, ast.Call) and getattr(node.func, "id", "") == "KnownError" and node.args):
                continue
            code = node.args[0]
            if isinstance(code, ast.Constant) and all(k.arg for k in node.keywords):
                whys = [k.value for k in node.keywords if k.arg in ("why", "reason")]
                why = next((w.value for w in whys if isinstance(w, ast.Constant)), "")
                key = ".".join(map(str, (code.value, why)))
                key = key if key in ZH else str(code.value)
                yield f"{path.name}:{node.lineno}", key, {k.arg for k in node.keywords if k.arg}


def test_whoever_raises_a_code_gives_what_its_sentence_needs(repo: Path) -> None:
    seen = list(_raised(repo))
    assert len(seen) > 50
    lacking = [(place, key, sorted(places(ZH[key])[0] - given)) for place, key, given in seen]
    assert [entry for entry in lacking if entry[2]] == []
