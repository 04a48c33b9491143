"""Chinese is the source, English is complete: every text of the desk, with the same places, compiled and loaded."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

from PySide6.QtCore import QTranslator
from PySide6.QtWidgets import QApplication

from station_app.ui import app as desk_app
from station_app.ui import words
from station_app.ui.frame.pages import menu_title

Texts = dict[tuple[str, str], str]


def read(file: Path) -> Texts:
    """(context, source) -> translation, "" for an unfinished one."""
    found: Texts = {}
    for context in ElementTree.parse(file).getroot().iter("context"):
        name = context.findtext("name") or ""
        for message in context.iter("message"):
            target = message.find("translation")
            done = target is not None and target.get("type") != "unfinished"
            found[name, message.findtext("source") or ""] = (target.text or "") if done and target is not None else ""
    return found


@pytest.fixture(scope="module")
def kept(repo: Path) -> Texts:
    return read(repo / "resources" / "i18n" / "desk_en_US.ts")


@pytest.fixture(scope="module")
def said(repo: Path, tmp_path_factory: pytest.TempPathFactory) -> Texts:
    """What the program says now."""
    file = tmp_path_factory.mktemp("texts") / "now.ts"
    sources = sorted(map(str, (repo / "station_app" / "ui").rglob("*.py")))
    tool = Path(sys.executable).parent / "pyside6-lupdate"
    subprocess.run([tool, "-silent", "-locations", "none", *sources, "-ts", file], check=True, capture_output=True)
    return read(file)


def test_every_text_has_its_english(kept: Texts, said: Texts) -> None:
    missing = [f"{context}: {source}" for context, source in said if not kept.get((context, source))]
    assert missing == [], "run `make texts` and translate resources/i18n/desk_en_US.ts"


def test_no_text_hides_behind_another_name(repo: Path) -> None:
    """The tool that reads the sources knows `tr` and `translate` only: a text said through an alias has no English."""
    hiding = []
    for file in sorted((repo / "station_app" / "ui").rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Assign) and ast.unparse(node.value).endswith(".translate"):
                hiding.append(f"{file.name}:{node.lineno}")
    assert hiding == []


def test_every_context_is_a_class_or_a_table(said: Texts, repo: Path) -> None:
    """A text whose context is not the class that says it would stay Chinese."""
    classes, marked = set[str](), set[str]()
    for file in (repo / "station_app" / "ui").rglob("*.py"):
        source = file.read_text("utf-8")
        classes |= {node.name for node in ast.walk(ast.parse(source)) if isinstance(node, ast.ClassDef)}
        marked |= set(re.findall(r"(?:translate|QT_TRANSLATE_NOOP)\(\s*\"(\w+)\"", source))
    assert {context for context, _ in said} - classes - marked == set()


def test_places_are_the_same_in_both_languages(kept: Texts) -> None:
    def places(text: str) -> set[str]:
        return set(re.findall(r"\{(\w+)\}", text))

    assert [source for (_, source), english in kept.items() if english and places(source) != places(english)] == []


def test_chinese_is_written_as_an_office_writes(said: Texts) -> None:
    assert [source for _, source in said if re.search(r"[!！]|您好|哦|啦|亲", source)] == []


def test_the_compiled_file_is_of_these_texts(kept: Texts, repo: Path, qapp: QApplication) -> None:
    translator = QTranslator()
    assert translator.load("desk_en_US", str(repo / "resources" / "i18n"))
    stale = [s for (c, s), english in kept.items() if english and translator.translate(c, s) != english]
    assert stale == [], "run `make texts`"


def test_the_desk_speaks_english_and_chinese(qapp: QApplication) -> None:
    try:
        desk_app.speak(qapp, "en_US")
        assert menu_title("cases") == "Cases"
        assert words.label("party.name") == "Name"
    finally:
        desk_app.speak(qapp, "zh_CN")
    assert menu_title("cases") == "诉求办理"
    assert qapp.translate("QPlatformTheme", "Cancel") == "取消"
