"""依法删除: the head asks the district, with what goes and what stays in plain words; an erased case says so."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from station_app.clock import shanghai_time
from station_app.domain.case import Case
from station_app.services.changes import Changes
from station_app.services.travel import erasing
from station_app.services.travel.erasing import Erased
from station_app.ui import words
from station_app.ui.case.dialog import FormDialog
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.marks import QT_TRANSLATE_NOOP
from sync.contract.canonical import Json

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage

Given = dict[str, dict[str, Json]]
_ASK: Final = FormSpec(
    "ask_erasure",
    (
        Section(
            "",
            (
                Item("erasure_request.ground", required=True),
                Item(
                    "erasure_request.reason",
                    required=True,
                    hint=QT_TRANSLATE_NOOP("Forms", "例如：依据哪份判决或者申请；不要写当事人的个人信息"),
                ),
            ),
            1,
        ),
    ),
)


def entries(page: CasePage, view: Case) -> list[tuple[str, Callable[[], object]]]:
    """(words, act) for the menu of a case."""
    if not page.station.can("ask_erasure"):
        return []
    if erasing.waiting(view.kind("erasure_request")):
        return [(QCoreApplication.translate("CasePage", "撤回删除申请"), lambda: _withdraw(page))]
    return [(QCoreApplication.translate("CasePage", "申请依法删除"), lambda: _ask(page))]


def said(found: Erased) -> str:
    """When a case was erased, on which ground, by whose authority; who asked and who decided."""
    text = QCoreApplication.translate(
        "CasePage", "{at}依法删除，依据：{ground}；批准机关：{authority}；申请人 {asked}，批准人 {by}"
    )
    return text.format(
        at=words.day(f"{shanghai_time(found.at):%Y-%m-%d}"),
        ground=words.code("erasure_grounds", found.ground),
        authority=found.authority,
        asked=found.asked_by,
        by=found.by,
    )


def _ask(page: CasePage) -> None:
    station, rec = page.station, page.rec

    def save(values: Given) -> Changes:
        given = values["erasure_request"]
        ground, reason = str(given.get("ground") or ""), str(given.get("reason") or "")
        return erasing.ask(station, case=rec, ground=ground, reason=reason)

    dialog = FormDialog(
        page,
        page.desk,
        title=QCoreApplication.translate("CasePage", "申请依法删除"),
        spec=_ASK,
        values={},
        save=save,
        remarks=lambda _given: [
            QCoreApplication.translate(
                "CasePage", "删除：各站点和区级平台上本案的内容、当事人资料、文书和附件，不能恢复。"
            ),
            QCoreApplication.translate(
                "CasePage", "保留：编号、登记和办理日期、统计项目、文书核验记录，以及删除的依据、批准机关和经办人。"
            ),
            QCoreApplication.translate(
                "CasePage", "申请随下次上传送达，由区级平台另一人批准后执行；批准前不删除任何内容，可以撤回。"
            ),
        ],
    )
    dialog.ok.setText(QCoreApplication.translate("CasePage", "提交申请"))
    dialog.open()


def _withdraw(page: CasePage) -> None:
    from station_app.ui.case import acts

    station, rec = page.station, page.rec
    done = QCoreApplication.translate("CasePage", "已撤回删除申请。")
    acts.do(page, lambda: erasing.withdraw(station, case=rec), done)
