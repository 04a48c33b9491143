"""A small form is a small window: its buttons stand under its last field, and a long one stays within the desk."""

from __future__ import annotations

from collections.abc import Callable

from pytestqt.qtbot import QtBot

from PySide6.QtWidgets import QApplication

from station_app.services.changes import Changes
from station_app.ui.case.dialog import FormDialog
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.frame.shell import Shell
from sync.contract.catalogue import KINDS

FEW = (Item("station.code", required=True), Item("station.name"))
MANY = tuple(Item(f"case.{name}", span=2) for name, field in KINDS["case"].fields.items() if field.type == "text")


def opened(shell: Shell, items: tuple[Item, ...]) -> FormDialog:
    made = FormDialog(
        shell,
        shell.desk,
        title="登记",
        spec=FormSpec("unit", (Section("", items, 2),)),
        values={},
        save=lambda _values: Changes(frozenset(), (), ()),
        intro="填写后保存。",
    )
    made.open()
    QApplication.processEvents()
    return made


def test_two_fields_ask_for_little_room(qtbot: QtBot, enter: Callable[[], Shell]) -> None:
    made = opened(enter(), FEW)
    low = made.height()
    assert low <= 320
    made.store()
    QApplication.processEvents()
    canvas = made.form.parentWidget().parentWidget()
    assert made.isVisible()
    assert made.height() >= low
    assert canvas.sizeHint().height() <= canvas.height()


def test_many_fields_stay_within_the_desk(qtbot: QtBot, enter: Callable[[], Shell]) -> None:
    shell = enter()
    assert 400 < opened(shell, MANY).height() <= shell.window().height() - 48
