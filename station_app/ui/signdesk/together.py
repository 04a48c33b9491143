"""Many at once: everybody signed on one day before one witness; the seal, with its line of 用印登记."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from station_app.services.changes import Changes
from station_app.services.signdesk import mass
from station_app.ui.case.dialog import FormDialog
from station_app.ui.forms.spec import FormSpec, Item, Section
from sync.contract.canonical import Json

if TYPE_CHECKING:
    from station_app.ui.signdesk.page import SignDeskPage

_ALL: Final = FormSpec("sign_all", (Section("", (Item("signature.on", required=True), Item("signature.witness"))),))
_SEAL: Final = FormSpec(
    "sign_seal",
    (Section("", (Item("seal_use.on", required=True), Item("seal_use.approved_by"), Item("seal_use.used_by"))),),
)
Read = dict[str, dict[str, Json]]


def all_signed(page: SignDeskPage) -> None:
    """Day and witness of all who are still waited for."""
    if page.found is None:
        return
    station, case, waiting = page.station, page.rec, page.found.waiting
    said = QCoreApplication.translate("SignDesk", "登记 {n} 方已签署；已登记拒签、未到的不动。").format(n=len(waiting))

    def save(values: Read) -> Changes:
        given = {name: str(value or "") for name, value in values["signature"].items()}
        return mass.sign_all(station, case=case, on=given["on"], witness=given["witness"]).changes

    shown = {"signature.on": station.clock.today().isoformat()}
    title = QCoreApplication.translate("SignDesk", "全部当事人已签")
    FormDialog(page, page.desk, title=title, spec=_ALL, values=shown, save=save, intro=said).open()


def sealed(page: SignDeskPage) -> None:
    """调解员签名、加盖印章 of all agreements that every party signed."""
    if page.found is None:
        return
    station, case, count = page.station, page.rec, page.found.to_seal
    said = QCoreApplication.translate("SignDesk", "登记 {n} 份协议已由调解员签名、加盖人民调解委员会印章。")

    def save(values: Read) -> Changes:
        given = {name: str(value or "") for name, value in values["seal_use"].items()}
        done = mass.seal(station, case=case, on=given["on"], approved_by=given["approved_by"], used_by=given["used_by"])
        return done.changes

    shown: dict[str, Json] = {"seal_use.on": station.clock.today().isoformat(), "seal_use.used_by": station.user.name}
    title = QCoreApplication.translate("SignDesk", "盖章并作用印登记")
    intro = said.format(n=count)
    FormDialog(page, page.desk, title=title, spec=_SEAL, values=shown, save=save, intro=intro).open()
