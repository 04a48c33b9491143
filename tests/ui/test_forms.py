"""Forms: values in and out, errors in words under their field, nothing judged while an input method composes."""

from __future__ import annotations

from datetime import date

import pytest
from pytestqt.qtbot import QtBot

from PySide6.QtCore import Qt
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from station_app.ui import words
from station_app.ui.forms import typed
from station_app.ui.forms.controls.choosing import CodeControl
from station_app.ui.forms.controls.line import LineControl
from station_app.ui.forms.controls.long import LongControl
from station_app.ui.forms.form import Form
from station_app.ui.forms.spec import FormSpec, Item, Section
from sync.contract.errors import KnownError

TODAY = date(2026, 11, 24)
SPEC = FormSpec(
    "test",
    (
        Section(
            "",
            (
                Item("facts.summary", required=True, span=2),
                Item("case.service"),
                Item("case.amount"),
                Item("case.legal_date"),
                Item("case.found_at"),
                Item("case.people"),
                Item("case.labour"),
                Item("facts.story", span=2),
            ),
        ),
        Section(
            "",
            (
                Item("identity.id_kind"),
                Item("identity.id_number"),
                Item("identity.sex"),
                Item("identity.birth"),
                Item("identity.phone"),
            ),
        ),
        Section("", (Item("wage.days"), Item("person.roles"), Item("agent.scope"))),
    ),
)


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    made = Form(SPEC, lambda: TODAY)
    qtbot.addWidget(made)
    made.resize(900, 900)
    made.show()
    return made


def type_into(form: Form, path: str, text: str) -> None:
    """Click the field, type, leave it with Tab."""
    control = form.control(path)
    control.setFocus(Qt.FocusReason.MouseFocusReason)
    target = form.window().focusWidget()
    assert target is not None
    if text.isascii():
        QTest.keyClicks(target, text)
    else:  # Chinese arrives from an input method
        compose(target, "", commit=text)
    QTest.keyClick(QApplication.activePopupWidget() or form.window().focusWidget() or target, Qt.Key.Key_Tab)


def compose(widget: QWidget, preedit: str, commit: str = "") -> None:
    """What an input method sends."""
    event = QInputMethodEvent(preedit, [])
    if commit:
        event.setCommitString(commit)
    QApplication.sendEvent(widget, event)


def test_values_go_in_and_come_out(form: Form) -> None:
    given = {
        "facts.summary": "拖欠工资",
        "case.service": "mediation",
        "case.amount": 13_146_000,
        "case.legal_date": "2026-11-24",
        "case.found_at": "2026-11-24T09:05",
        "case.people": 17,
        "case.labour": True,
        "facts.story": "第一行\n第二行",
        "wage.days": 2550,
        "person.roles": ["mediator", "head"],
        "agent.scope": ["代为承认", "代为放弃"],
    }
    form.set_values(given)
    values, errors = form.read()
    assert errors == []
    assert {f"{k}.{n}": v for k, fields in values.items() for n, v in fields.items() if v not in (None, False)} == given


@pytest.mark.parametrize(
    ("text", "fen", "shown"),
    [("13146", 1_314_600, "13,146.00"), ("131,460.05", 13_146_005, "131,460.05"), ("0.1", 10, "0.10")],
)
def test_money_is_exact_and_shown_with_thousands(form: Form, text: str, fen: int, shown: str) -> None:
    type_into(form, "case.amount", text)
    assert form.read()[0]["case"]["amount"] == fen
    assert form.control("case.amount").raw() == shown


def test_wrong_money_is_told_and_kept_as_typed(form: Form) -> None:
    type_into(form, "case.amount", "1.234")
    assert "小数" in form.boxes["case.amount"].error
    assert form.raw()["case.amount"] == "1.234"


@pytest.mark.parametrize(
    ("text", "day"),
    [("20261124", "2026-11-24"), ("2026-11-4", "2026-11-04"), ("今天", "2026-11-24"), ("昨天", "2026-11-23"),
     ("1105", "2026-11-05"), ("11月5日", "2026-11-05"), ("2026年11月24日", "2026-11-24")],
)  # fmt: skip
def test_days_as_people_type_them(text: str, day: str) -> None:
    assert typed.read_day(text, today=TODAY) == day


@pytest.mark.parametrize(
    ("text", "moment"),
    [("9:05", "2026-11-24T09:05"), ("0905", "2026-11-24T09:05"), ("昨天 1530", "2026-11-23T15:30"),
     ("2026-11-20 09:05", "2026-11-20T09:05"), ("1120 9：05", "2026-11-20T09:05"), ("今天9点05分", "2026-11-24T09:05")],
)  # fmt: skip
def test_moments_as_people_type_them(text: str, moment: str) -> None:
    assert typed.read_moment(text, today=TODAY) == moment


@pytest.mark.parametrize("text", ["2026-02-30", "1340", "abc", "26-1-1"])
def test_no_day_is_refused(text: str) -> None:
    with pytest.raises(KnownError, match="E-209"):
        typed.read_day(text, today=TODAY)


def test_an_identity_number_fills_sex_and_birth(form: Form) -> None:
    type_into(form, "identity.id_number", "45012619890412011X")
    values, _ = form.read()
    assert values["identity"]["birth"] == "1989-04-12"
    assert words.field_code("identity.sex", values["identity"]["sex"]) == "男"
    assert form.boxes["identity.id_number"].error == ""


def test_a_wrong_identity_number_is_told_under_its_field_only(form: Form) -> None:
    type_into(form, "identity.id_number", "450126198904120119")
    assert "校验不符" in form.boxes["identity.id_number"].error
    assert [p for p, b in form.boxes.items() if b.error] == ["identity.id_number"]
    control = form.control("identity.id_number")
    assert "校验不符" in control.editor.accessibleDescription()
    type_into(form, "identity.phone", "12")
    assert "联系电话" in form.boxes["identity.phone"].error


def test_nothing_is_judged_while_an_input_method_composes(form: Form) -> None:
    control = form.control("identity.phone")
    assert isinstance(control, LineControl)
    told: list[str] = []
    form.finished.connect(told.append)
    control.line.setFocus()
    compose(control.line, "yi")
    assert control.line.composing
    control.line.editingFinished.emit()
    assert told == []
    assert control.raw() == ""
    compose(control.line, "", commit="一")
    assert control.raw() == "一"
    control.line.editingFinished.emit()
    assert told == ["identity.phone"]


def test_text_committed_by_an_input_method_counts_as_typed(form: Form) -> None:
    control = form.control("facts.story")
    assert isinstance(control, LongControl)
    seen: list[int] = []
    form.edited.connect(lambda: seen.append(1))
    control.box.setFocus()
    compose(control.box, "tuo'qian")
    compose(control.box, "", commit="拖欠工资")
    assert control.value() == "拖欠工资"
    assert seen


@pytest.mark.parametrize("text", ["调处", "mdjf", "矛盾纠纷调处"])
def test_a_code_is_found_by_label_or_initials(form: Form, text: str) -> None:
    control = form.control("case.service")
    assert isinstance(control, CodeControl)
    type_into(form, "case.service", text)
    assert form.read()[0]["case"]["service"] == "mediation"


def test_a_code_nobody_knows_is_refused_and_kept(form: Form) -> None:
    type_into(form, "case.service", "无此类别")
    assert form.boxes["case.service"].error
    assert form.raw()["case.service"] == "无此类别"


def test_required_fields_are_told_at_the_step_and_the_first_gets_the_caret(form: Form) -> None:
    _, errors = form.check()
    assert [e.place for e in errors] == ["facts.summary"]
    assert form.boxes["facts.summary"].error
    assert form.caret().startswith("facts.summary:")


def test_a_draft_comes_back_as_typed_with_its_caret(form: Form, qtbot: QtBot) -> None:
    type_into(form, "case.amount", "12.")
    form.set_values({"facts.summary": "某劳务公司拖欠工资"})
    form.set_caret("facts.summary:4")
    raw, caret = form.raw(), form.caret()
    again = Form(SPEC, lambda: TODAY)
    qtbot.addWidget(again)
    again.show()
    again.set_raw(raw)
    again.set_caret(caret)
    assert again.raw() == raw
    assert again.caret() == "facts.summary:4"


def test_fewer_columns_where_it_is_narrow(form: Form) -> None:
    boxes = [form.boxes["case.amount"], form.boxes["case.service"]]
    form.resize(900, 900)
    QTest.qWait(10)
    assert boxes[0].y() == boxes[1].y()
    form.resize(380, 900)
    QTest.qWait(10)
    assert boxes[0].y() > boxes[1].y()
