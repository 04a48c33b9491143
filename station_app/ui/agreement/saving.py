"""From the screen to the verb: the agreement's fields and rows as they are saved, and as they would be judged now."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from station_app.services import agreements
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.ui.agreement import unsaved
from sync.contract.canonical import Json

if TYPE_CHECKING:
    from station_app.ui.agreement.page import AgreementPage


def on_screen(page: AgreementPage) -> tuple[Values, list[Values]] | None:
    """Agreement and rows as they would be saved now; None where nothing unsaved can be judged."""
    dues, grid = page.instalments.peek(), page.model.grid
    if page.seen is None or page.seen.case.sealed or not grid.payees or grid.columns != len(dues):
        return None
    values, _ = page.form.read()
    return _given(page, values, dues)


def save(page: AgreementPage) -> None:
    """Check what is typed, and make the agreement of it; its draft is gone once it is saved."""
    values, errors = page.form.check()
    read = page.instalments.read() if not errors else None
    if read is None:
        return
    totals, dues = read
    grid = page.model.grid
    if grid.columns != len(dues):
        said = QCoreApplication.translate("AgreementPage", "请先把各期金额分到每人。")
        page.notices.say(said, tone="amber")
        return
    if totals != grid.column_sums:
        said = QCoreApplication.translate("AgreementPage", "各期金额与分到每人的合计不一致，请重新分到每人后再保存。")
        page.notices.say(said, tone="amber")
        return
    agreement, rows = _given(page, values, dues)
    station, rec = page.station, page.rec
    page.unsaved.keep()

    def make() -> Changes:
        changes = agreements.make(station, case=rec, values=agreement, rows=rows)
        unsaved.forget(station, rec)
        return changes

    def made(changes: Changes) -> None:
        page.unsaved.saved()
        page.desk.did(QCoreApplication.translate("AgreementPage", "协议已保存。"), changes)

    page.tasks.write(make, done=made, failed=page.notices.error, owner=page)


def _given(page: AgreementPage, values: dict[str, dict[str, Json]], dues: list[Values]) -> tuple[Values, list[Values]]:
    given = values["obligation"]
    common: Values = {k: given[k] for k in ("payers", "liability", "what", "method") if given.get(k)}
    rows = agreements.rows_of(page.model.grid, common=common, dues=dues) + page.others
    return {k: v for k, v in values["agreement"].items() if v}, rows
