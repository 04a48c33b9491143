"""The table of first letters says what the dictionary says, and costs next to nothing."""

from __future__ import annotations

import subprocess
import sys

from station_app.domain.names import letters
from tests.domain.names import letters_table


def test_the_table_is_the_dictionary() -> None:
    """`python -m tests.domain.names.letters_table` writes it anew."""
    assert letters_table.PATH.read_text("utf-8") == letters_table.rendered()


def test_every_character_is_found_with_its_letters_in_order() -> None:
    table = letters.table()
    assert table["单"] == ("d", "c", "s")
    assert table["志"][0] == "z"
    assert "#" not in table
    expected = {chr(code): letters_table.letters_of(said) for code, said in letters_table.pinyin_dict.items()}
    assert {char: "".join(found) for char, found in table.items()} == {c: s for c, s in expected.items() if s}


def test_the_dictionary_itself_is_never_loaded() -> None:
    """It would be two seconds and 55 MB in every program that indexes a name."""
    code = "import sys; from station_app.domain import text; text.pinyin_initials('田志强'); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert "pypinyin" not in {m.split(".")[0] for m in loaded}
