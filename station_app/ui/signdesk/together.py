"""Many at once: everybody signed on one day before one witness; the seal, with its line of 用印登记."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QCoreApplication

from station_app.services.cases import Values
from station_app.services.signdesk import mass
from station_app.services.signdesk.mass import Done, Told
from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.signdesk.running import MassDialog

if TYPE_CHECKING:
    from station_app.ui.signdesk.page import SignDeskPage

_ALL: Final = FormSpec("sign_all", (Section("", (Item("signature.on", required=True), Item("signature.witness"))),))
_SEAL: Final = FormSpec(
    "sign_seal",
    (Section("", (Item("seal_use.on", required=True), Item("seal_use.approved_by"), Item("seal_use.used_by"))),),
)


def all_signed(page: SignDeskPage) -> MassDialog | None:
    """Day and witness of all who are still waited for."""
    if page.found is None:
        return None
    station, case, waiting = page.station, page.rec, page.found.waiting
    said = QCoreApplication.translate("SignDesk", "登记 {n} 方已签署；已登记拒签、未到的不动。").format(n=len(waiting))

    def act(given: dict[str, str], tell: Told) -> Done:
        on, witness = given["on"], given["witness"]
        return mass.sign_all(station, case=case, on=on, witness=witness, progress=tell, cancelled=mass.at_once)

    shown: Values = {"signature.on": station.clock.today().isoformat()}
    title = QCoreApplication.translate("SignDesk", "全部当事人已签")
    return _opened(MassDialog(page, title=title, intro=said, spec=_ALL, values=shown, kind="signature", act=act))


def sealed(page: SignDeskPage) -> MassDialog | None:
    """调解员签名、加盖印章 of all agreements that every party signed."""
    if page.found is None:
        return None
    station, case, count = page.station, page.rec, page.found.to_seal
    said = QCoreApplication.translate("SignDesk", "登记 {n} 份协议已由调解员签名、加盖人民调解委员会印章。")

    def act(given: dict[str, str], tell: Told) -> Done:
        by, user = given["approved_by"], given["used_by"]
        return mass.seal(station, case=case, on=given["on"], approved_by=by, used_by=user, progress=tell,
                         cancelled=mass.at_once)  # fmt: skip

    shown: Values = {"seal_use.on": station.clock.today().isoformat(), "seal_use.used_by": station.user.name}
    title = QCoreApplication.translate("SignDesk", "盖章并作用印登记")
    intro = said.format(n=count)
    return _opened(MassDialog(page, title=title, intro=intro, spec=_SEAL, values=shown, kind="seal_use", act=act))


def _opened(made: MassDialog) -> MassDialog:
    made.open()
    return made
