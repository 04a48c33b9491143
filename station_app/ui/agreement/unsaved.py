"""What is typed in an agreement and not saved yet: it outlives leaving the page, a power cut, and what arrives."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFrame

from station_app.clock import shanghai_time
from station_app.domain.agreement.grid import Grid
from station_app.domain.case import text
from station_app.services.local import drafts
from station_app.services.local.drafts import Draft
from station_app.services.station import Station
from station_app.ui.agreement.reading import Look
from station_app.ui.forms.autosave import Autosave, Snapshot
from station_app.ui.style.style import set_tone
from station_app.ui.style.tokens import S3
from station_app.ui.widgets.layout import button, row
from station_app.ui.widgets.layout import text as label
from sync.contract.canonical import Json, dumps

if TYPE_CHECKING:
    from station_app.ui.agreement.page import AgreementPage

KIND = "agreement"


def forget(station: Station, rec: str) -> None:
    """The agreement was saved: its draft is gone with it (write lane)."""
    draft = drafts.load(station, kind=KIND, record=rec)
    if draft is not None:
        drafts.drop(station, draft.id)


class Unsaved(QFrame):
    """A strip above the agreement, seen when something unsaved came back or the saved agreement changed under it."""

    def __init__(self, page: AgreementPage) -> None:
        super().__init__()
        self._page = page
        self._saver: Autosave | None = None
        self._base = ""
        self.typed = False
        self.said = label("", wrap=True)
        self.discard = button(self.tr("放弃未保存的内容"), self._discard, kind="quiet")
        self.setProperty("role", "notice")
        set_tone(self, "amber")
        line = row(self.said, self.discard, spacing=S3)
        line.setStretch(0, 1)
        line.setContentsMargins(S3, S3, S3, S3)
        self.setLayout(line)
        self.hide()

    def begin(self, rec: str) -> None:
        """Another case is shown from now on; what was typed in the last one is kept."""
        self.keep()
        if self._saver is not None:
            self._saver.deleteLater()
        self._saver = Autosave(self._page.desk, self._shot, kind=KIND, record=rec, parent=self)
        self.typed = False
        self.hide()

    def touch(self) -> None:
        """Something was typed."""
        if self._saver is not None and self._page.seen is not None:
            if not self.typed:
                self._base = _stand(self._page.seen)
            self.typed = True
            self._saver.touch()

    def keep(self) -> None:
        """On its way to the disk now."""
        if self._saver is not None:
            self._saver.flush()

    def saved(self) -> None:
        """What was typed is the agreement now."""
        self.typed = False
        self.hide()
        if self._saver is not None:
            self._saver.drop()

    def put_back(self, found: Look, draft: Draft | None, live: dict[str, Json] | None) -> None:
        """After the saved agreement was shown: what is typed and unsaved is put over it (`live` before `draft`)."""
        data = live if live is not None else draft.data if draft is not None else None
        if data is None:
            self.hide()
            return
        if live is None and draft is not None and self._saver is not None:
            self._saver.adopt(draft.id)
            self._base = str(data.get("base") or "")
        at = shanghai_time(draft.saved).strftime("%m-%d %H:%M") if draft is not None else ""
        self.typed = not found.case.sealed
        if found.case.sealed:
            self.said.setText(self.tr("◆ 协议已有签署，不能再修改；此前未保存的内容没有用上。"))
        elif self._base != _stand(found):
            self._put(found, data)
            self.said.setText(self.tr("◆ 协议在别处有了新的修改，您未保存的内容没有被覆盖。保存后以您的内容为准；"
                                      "要先看新的修改，请放弃未保存的内容。"))  # fmt: skip
        else:
            self._put(found, data)
            self.said.setText(self.tr("◆ 已恢复 {at} 未保存的内容，请核对后保存。").format(at=at))
        self.setVisible(found.case.sealed or live is None or self._base != _stand(found) or self.isVisible())

    def shot(self) -> dict[str, Json] | None:
        """What is typed and unsaved now; None where nothing is."""
        return self._shot().data if self.typed else None

    def _shot(self) -> Snapshot:
        page, grid = self._page, self._page.model.grid
        title = text(page.seen.case.record, "title") if page.seen is not None else ""
        data: dict[str, Json] = {
            "form": page.form.raw(),
            "lines": [form.raw() for form in page.instalments.forms],
            "rows": {payee: list(cells) for payee, cells in zip(grid.payees, grid.cells, strict=True)},
            "dues": list(page.model.dues),
            "base": self._base,
        }
        return Snapshot(self.tr("调解协议　{title}").format(title=title), data, page.form.caret())

    def _put(self, found: Look, data: dict[str, Json]) -> None:
        page = self._page
        form, lines, rows, dues = (data.get(name) for name in ("form", "lines", "rows", "dues"))
        if isinstance(form, dict):
            page.form.set_raw(form)
        if isinstance(lines, list):
            page.instalments.show_raw([given for given in lines if isinstance(given, dict)])
        if isinstance(rows, dict) and isinstance(dues, list):
            names = {p.id: p.name for p in found.case.parties}
            there = {payee: cells for payee, cells in rows.items() if payee in names and isinstance(cells, list)}
            grid = Grid(tuple(there), tuple(tuple(c for c in cells if isinstance(c, int)) for cells in there.values()))
            page.model.show_grid(grid, names, [str(due) for due in dues])
            page.show_sums(grid)

    def _discard(self) -> None:
        station, rec = self._page.station, self._page.rec
        self.saved()
        self._page.tasks.write(
            lambda: forget(station, rec),
            done=lambda _: self._page.refresh(),
            failed=self._page.notices.error,
            owner=self,
        )


def _stand(found: Look) -> str:
    """The saved agreement in one word: it differs when anybody changed it."""
    agreement = found.case.agreement
    rows: list[Json] = [{**o.values, "rec": o.id} for o in found.case.obligations]
    stand: dict[str, Json] = {"agreement": dict(agreement.values) if agreement else None, "rows": rows}
    return hashlib.sha256(dumps(stand)).hexdigest()[:16]
