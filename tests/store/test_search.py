"""Search finds exactly what LIKE finds, at any length, in any mix of characters, digits and signs."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from station_app.store import database, search
from station_app.store.database import Connection

ALPHABET = "张三李四欠薪工资A栋b0123456789-· 、（）(%_\"'*\n𬱖"
TEXTS = st.lists(st.text(ALPHABET, max_size=30), min_size=1, max_size=8)


@pytest.fixture(scope="module")
def con(tmp_path_factory: pytest.TempPathFactory) -> Connection:
    return database.create(Path(tmp_path_factory.mktemp("search")) / "x.db", bytes(32))


def fill(con: Connection, texts: list[str], *, indexed: int) -> None:
    con.execute("DELETE FROM pend")
    con.execute("INSERT INTO idx(idx) VALUES('delete-all')")
    for number, text in enumerate(texts, 1):
        search.put_pending(con, number, search.NAMES_END + text)
    search.flush(con, limit=indexed) if indexed else None


@settings(max_examples=300)
@given(TEXTS, st.text(ALPHABET, min_size=1, max_size=6), st.integers(0, 8))
def test_hits_are_exactly_those_of_a_substring_search(
    con: Connection, texts: list[str], query: str, indexed: int
) -> None:
    fill(con, texts, indexed=indexed)
    needle = search.fold_text(query.strip())
    expected = [n for n, text in enumerate(texts, 1) if needle and needle in search.fold_text("\n" + text)]
    assert search.find(con, query) == sorted(expected, reverse=True)
    assert search.count(con, query) == len(expected)


@settings(max_examples=200)
@given(st.text(ALPHABET, min_size=3, max_size=40), st.data())
def test_every_piece_of_a_text_finds_it(con: Connection, text: str, data: st.DataObject) -> None:
    fill(con, [text], indexed=8)
    start = data.draw(st.integers(0, len(text) - 1))
    piece = text[start : data.draw(st.integers(start + 1, len(text)))].strip()
    if piece:
        assert search.find(con, piece) == [1]


@given(st.text() | st.text(ALPHABET, max_size=200) | st.from_regex(r"([0-9]{1,4}[甲a -])*", fullmatch=True))
def test_the_index_takes_the_tokens_one_by_one(text: str) -> None:
    assert search.indexed_text(text) == " ".join(search.tokens(search.fold_text(text)))


@given(st.text())
def test_folding_replaces_each_sign_once(text: str) -> None:
    table = {ord(char): other for char, other in search._FOLD_FULL.items()}
    assert search.fold_text(text) == text.translate(table)


def test_a_text_saved_again_is_found_by_its_new_words_only(con: Connection) -> None:
    fill(con, ["甲方"], indexed=8)
    search.put_pending(con, 1, search.NAMES_END + "乙方")
    assert search.find(con, "甲方") == []
    assert search.find(con, "乙") == [1]
    assert (search.count(con, "甲方"), search.count(con, "方")) == (0, 1)
    search.flush(con)
    assert (search.find(con, "甲方"), search.find(con, "乙方")) == ([], [1])


def test_width_and_case_do_not_matter(con: Connection) -> None:
    fill(con, ["ＡＢＣ公司 １３８"], indexed=8)
    assert search.find(con, "abc公司") == search.find(con, "ABC") == search.find(con, "138") == [1]


def test_newest_first_and_no_more_than_asked(con: Connection) -> None:
    fill(con, ["田"] * 120, indexed=100)
    assert search.find(con, "田", limit=50) == list(range(120, 70, -1))
