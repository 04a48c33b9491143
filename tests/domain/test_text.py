"""Names, widths, folding and masks."""

from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.domain.text import (
    check_name,
    clean_name,
    compact,
    fold,
    half_width,
    mask_middle,
    one_line,
    pinyin_initials,
)
from sync.contract.errors import KnownError


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("田志强", "田志强"),
        (" 周　文 ", "周文"),
        ("周 文", "周文"),
        ("张𬱖", "张𬱖"),
        ("李㐱", "李㐱"),
        ("\U000323af某", "\U000323af某"),  # extension H: unassigned in the tables of this Python
        ("\U0002ebf0某", "\U0002ebf0某"),  # extension I, the names of the police registers
        ("\ue863某", "\ue863某"),  # private use, from an old register
        ("郞\ufa0e", "郞\ufa0e"),  # a compatibility ideograph is not replaced
        ("买买提•艾力", "买买提·艾力"),
        ("买买提 · 艾力", "买买提·艾力"),
        ("阿依古丽・买买提", "阿依古丽·买买提"),
        ("José  García", "José García"),
        ("O'Brien-Smith J.", "O'Brien-Smith J."),
        ("Ｊｏｈｎ　Ｓｍｉｔｈ", "John Smith"),
        ("王\u200b某", "王某"),
        ("赵〇", "赵〇"),
        ("多" * 50, "多" * 50),
        ("𬱖" * 50, "𬱖" * 50),
    ],
)
def test_names(text: str, name: str) -> None:
    assert check_name(text) == name
    assert check_name(name) == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "E-230"),
        (" 　\n", "E-230"),
        ("·", "E-230"),
        ("张3", "E-230"),
        ("张三，李四", "E-230"),
        ("张三(老乡)", "E-230"),
        ("张*", "E-230"),
        ("张\U0001f600", "E-230"),
        ("=HYPERLINK", "E-230"),
        ("多" * 51, "E-224"),
    ],
)
def test_names_refused(text: str, code: str) -> None:
    with pytest.raises(KnownError) as caught:
        check_name(text)
    assert caught.value.code == code


@given(st.text(max_size=60))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    for clean in (clean_name, compact, fold, one_line, half_width):
        assert clean(clean(text)) == clean(text)


def test_fold_and_compact() -> None:
    assert fold(" ＡＢＣ　有限公司\n 光明 分公司 ") == "abc 有限公司 光明 分公司"
    assert compact(" ４５０１２６ 1989 0412 011ｘ ") == "45012619890412011X"
    assert one_line("第一行\r\n第二行\t末") == "第一行 第二行 末"


def test_mask_never_shows_a_short_text() -> None:
    assert mask_middle("45012619890412011X", head=6, tail=4) == "450126********011X"
    assert mask_middle("1234", head=2, tail=2) == "1***"
    assert mask_middle("1", head=6, tail=4) == "1"
    assert mask_middle("", head=6, tail=4) == ""


@pytest.mark.parametrize(
    ("name", "likeliest"),
    [
        ("田志强", "tzq"),
        ("单志强", "szq"),
        ("仇和", "qh"),
        ("曾国藩", "zgf"),
        ("解缙", "xj"),
        ("区某", "om"),
        ("翟某", "zm"),
        ("覃国华", "qgh"),
        ("尉迟恭", "ycg"),
        ("万俟卨", "mqx"),
        ("长孙无忌", "zswj"),
        ("欧阳修", "oyx"),
        ("张𬱖", "zd"),
        ("买买提·艾力", "mmtal"),
        ("John Smith", "johnsmith"),
        ("演示宏川劳务有限公司", "yshclwyxgs"),
        ("吕某", "lm"),
        ("3号楼", "3hl"),
    ],
)
def test_initials(name: str, likeliest: str) -> None:
    assert pinyin_initials(name)[0] == likeliest


def test_every_reading_is_found() -> None:
    assert {"szq", "dzq", "czq"} <= set(pinyin_initials("单志强"))
    assert {"qgh", "tgh"} <= set(pinyin_initials("覃国华"))
    assert {"zcq", "ccq", "zzq"} & set(pinyin_initials("张重庆")) >= {"zcq", "zzq"}
    assert pinyin_initials("，。") == ()
    assert pinyin_initials("") == ()


@given(st.text(max_size=50))
def test_initials_are_few_and_plain(name: str) -> None:
    spellings = pinyin_initials(name)
    assert len(spellings) <= 16
    assert len(set(spellings)) == len(spellings)
    assert all(s.isascii() and s.isalnum() and s == s.lower() for s in spellings)


def test_pinyin_is_loaded_only_when_needed() -> None:
    code = (
        "import sys, station_app.domain.text, station_app.domain.dates, station_app.domain.idcard; print(*sys.modules)"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"station_app.domain.names.letters"} & set(loaded)
    assert not {"pypinyin", "chinese_calendar", "stdnum", "openpyxl"} & {m.split(".")[0] for m in loaded}
