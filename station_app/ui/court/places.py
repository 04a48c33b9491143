"""From a finding to the field that mends it: the page is opened, then the place itself, once its case is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from station_app.domain.case import text
from station_app.domain.court.finding import Finding
from station_app.ui.case.dialog import FormDialog
from station_app.ui.widgets.lines import Line

if TYPE_CHECKING:
    from station_app.ui.agreement.page import AgreementPage
    from station_app.ui.case.page import CasePage


def on_agreement(page: AgreementPage, finding: Finding) -> None:
    """Terms open with their words, rows and signatures get the focus, fields of the form the caret."""
    kind = finding.place.partition(".")[0]
    if kind == "term" and finding.rec:
        page.wording.edit(Line("", "", "none", "term", finding.rec))
    elif finding.place in {item.path for item in page.form.spec.items()}:
        page.form.focus_on(finding.place)
    elif kind == "signature":
        page.signing.lines.setFocus()
        page.canvas.ensureWidgetVisible(page.signing)
    else:
        page.matrix.setFocus()
        page.canvas.ensureWidgetVisible(page.matrix)


def on_case(page: CasePage, finding: Finding) -> None:
    """The small form of what is to be mended opens with the caret in its field."""
    opened = _forms(page).get(finding.place.partition(".")[0])
    if opened is None or page.seen is None:
        return
    opened(finding)
    made = next((d for d in page.findChildren(FormDialog) if d.isVisible()), None)
    if made is not None and finding.place in {item.path for item in made.form.spec.items()}:
        made.form.focus_on(finding.place)


def _forms(page: CasePage) -> dict[str, Callable[[Finding], None]]:
    from station_app.ui.case import acts

    def party(finding: Finding) -> None:
        seen = page.seen.case if page.seen is not None else None
        if seen is None:
            return
        field = finding.place.partition(".")[2]
        record = seen.state.records.get(finding.rec)
        rec = text(record, "party") if record is not None and record.kind != "party" else finding.rec
        empty = (p for p in seen.parties if field and not text(p.identity, field))
        found = next((p for p in seen.parties if p.id == rec), None) or next(empty, None)
        if found is not None:
            acts.edit_party(page, found)

    def consent(finding: Finding) -> None:
        acts.consent(page) if "consent" in finding.place else acts.edit_case(page)

    return {
        "party": party,
        "identity": party,
        "case": consent,
        "facts": lambda _f: acts.edit_case(page),
        "session": lambda _f: acts.add_session(page),
        "evidence": lambda _f: page.records.open_new("evidence"),
    }
