"""One key, one meaning; none of those that input methods and chat programs take."""

from __future__ import annotations

import re
from pathlib import Path

from station_app.ui import keys


def test_no_key_means_two_things() -> None:
    assert len({k.keys for k in keys.KEYS}) == len(keys.KEYS)
    assert len({k.name for k in keys.KEYS}) == len(keys.KEYS)


def test_no_key_of_input_methods_or_of_typing() -> None:
    taken = {"Ctrl+Space", "Ctrl+.", "Ctrl+,", "Ctrl+Alt+A", "Shift", "Space", "Return", "Enter"}
    assert [k.keys for k in keys.KEYS if k.keys in taken or re.fullmatch(r"[0-9A-Z]|Shift\+\w", k.keys)] == []


def test_every_key_is_known_to_qt() -> None:
    for key in keys.KEYS:
        assert keys.sequence(key.name).toString() == key.keys


def test_keys_are_named_in_the_table_only(repo: Path) -> None:
    named = [
        f"{path.name}: {match}"
        for path in (repo / "station_app" / "ui").rglob("*.py")
        if path.name != "keys.py"
        for match in re.findall(r"QKeySequence\([^)]*\)|QShortcut\(", path.read_text("utf-8"))
    ]
    assert named == []


def test_no_key_of_the_table_does_nothing(repo: Path) -> None:
    """What the settings page lists can be pressed somewhere."""
    source = "".join(path.read_text("utf-8") for path in (repo / "station_app" / "ui").rglob("*.py"))
    bound = set(re.findall(r"""bind\([\w.]+, "(\w+)\"""", source)) | set(re.findall(r'acts(?:\["(\w+)"\]| = )', source))
    idle = [k.name for k in keys.KEYS if k.name not in bound and k.name.rstrip("0123456789") not in _BY_LOOP]
    assert idle == []


_BY_LOOP = {"page", "service", "search", "lock", "back"}
"""Bound from a table, not by name."""
