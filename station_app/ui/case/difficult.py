"""认定为疑难复杂案件: the reason is asked, what speaks for it is told; taken back with one key."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from station_app.domain.case import Case
from station_app.domain.course.services import MEDIATION, service_of
from station_app.services.changes import Changes
from station_app.services.loop import difficult
from station_app.ui.case.dialog import FormDialog
from station_app.ui.forms.spec import FormSpec, Item, Section
from sync.contract.canonical import Json

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage

_SPEC: Final = FormSpec("difficult", (Section("", (Item("case.difficult_reason", required=True),), 1),))


def entries(page: CasePage, view: Case) -> list[tuple[str, Callable[[], object]]]:
    """(words, act) for the menu of a mediation."""
    if service_of(view) != MEDIATION or not page.station.can("edit"):
        return []
    if view.get("difficult"):
        return [(QCoreApplication.translate("CasePage", "取消疑难复杂认定"), lambda: _take_back(page))]
    return [(QCoreApplication.translate("CasePage", "认定为疑难复杂案件"), lambda: _ask(page))]


def _ask(page: CasePage) -> None:
    station, rec = page.station, page.rec

    def save(values: dict[str, dict[str, Json]]) -> Changes:
        reason = str(values["case"].get("difficult_reason") or "")
        return difficult.mark(station, case=rec, difficult=True, reason=reason)

    def show(hints: list[str]) -> None:
        told = QCoreApplication.translate("CasePage", "本地规则提示：{what}。").format(what="；".join(hints))
        none = QCoreApplication.translate("CasePage", "由人员认定，计入调解情况统计表。")
        title = QCoreApplication.translate("CasePage", "认定为疑难复杂案件")
        FormDialog(
            page,
            page.desk,
            title=title,
            spec=_SPEC,
            values={"case.difficult_reason": "；".join(hints)} if hints else {},
            save=save,
            intro=told if hints else none,
        ).open()

    page.tasks.read(lambda: difficult.hints(station, case=rec), done=show, failed=page.notices.error, owner=page)


def _take_back(page: CasePage) -> None:
    station, rec = page.station, page.rec
    said = QCoreApplication.translate("CasePage", "已取消疑难复杂认定。")
    page.tasks.write(
        lambda: difficult.mark(station, case=rec, difficult=False),
        done=lambda changes: page.desk.did(said, changes),
        failed=page.notices.error,
        owner=page,
    )
