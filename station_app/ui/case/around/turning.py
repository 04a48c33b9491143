"""From a case to another: the same again, a linked one, this one as another service, a copy for other systems."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from station_app.domain.case import Case, text
from station_app.domain.course import allowed
from station_app.services.changes import Changes
from station_app.services.intake import turning
from station_app.ui.case.dialog import FormDialog
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.marks import QT_TRANSLATE_NOOP
from sync.contract.canonical import Json

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage

Given = dict[str, dict[str, Json]]
_TURN: Final = FormSpec(
    "turn",
    (
        Section(
            "",
            (
                Item("case.service", required=True),
                Item("step.reason", type="long", required=True, label=QT_TRANSLATE_NOOP("Forms", "原因")),
            ),
            1,
        ),
    ),
)
_OPEN: Final = FormSpec(
    "open_linked",
    (
        Section(
            "",
            (
                Item("case.service", required=True),
                Item("facts.summary", required=True),
                Item("step.parties", type="bool", label=QT_TRANSLATE_NOOP("Forms", "当事人相同")),
            ),
            1,
        ),
    ),
)


def entries(page: CasePage, view: Case) -> list[tuple[str, Callable[[], object]]]:
    """(words, act) for the menu of a case."""
    if not page.station.can("register"):
        return []
    found: list[tuple[str, Callable[[], object]]] = [
        (QCoreApplication.translate("CasePage", "逐项复制到其他系统"), lambda: _copy(page)),
        (QCoreApplication.translate("CasePage", "复制为新登记"), lambda: _template(page)),
    ]
    if not view.get("merged_into"):
        found.append((QCoreApplication.translate("CasePage", "另开关联诉求"), lambda: _open(page)))
    if allowed.may(view, allowed.TURN):
        found.append((QCoreApplication.translate("CasePage", "转为其他服务"), lambda: _turn(page, view)))
    return found


def _copy(page: CasePage) -> None:
    from station_app.ui.case.around.copying import CopyPanel

    CopyPanel(page, page.desk, case=page.rec).show()


def _template(page: CasePage) -> None:
    station, rec = page.station, page.rec
    page.tasks.read(
        lambda: turning.template(station, case=rec),
        done=lambda found: page.desk.go("intake", found),
        failed=page.notices.error,
        owner=page,
    )


def _open(page: CasePage) -> None:
    station, rec = page.station, page.rec

    def save(values: Given) -> Changes:
        service, summary = str(values["case"]["service"]), str(values["facts"].get("summary") or "")
        same = bool(values["step"].get("parties"))
        return turning.open_linked(station, case=rec, service=service, summary=summary, parties=same)

    dialog = FormDialog(
        page,
        page.desk,
        title=QCoreApplication.translate("CasePage", "另开关联诉求"),
        spec=_OPEN,
        values={"step.parties": True},
        save=save,
    )
    dialog.open()


def _turn(page: CasePage, view: Case) -> None:
    station, rec = page.station, page.rec

    def save(values: Given) -> Changes:
        reason = str(values["step"].get("reason") or "")
        return turning.turn(station, case=rec, service=str(values["case"]["service"]), reason=reason)

    FormDialog(
        page,
        page.desk,
        title=QCoreApplication.translate("CasePage", "转为其他服务"),
        spec=_TURN,
        values={"case.service": text(view.record, "service")},
        save=save,
    ).open()
