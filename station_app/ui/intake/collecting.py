"""From what is typed on the page to the appeal as the verb takes it, each fault shown under its field."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import TYPE_CHECKING, Final

from PySide6.QtCore import QTimer

from station_app.domain.case import APPLICANT
from station_app.services.cases import Intake, Values
from station_app.services.changes import Changes
from station_app.services.intake import pictures
from station_app.services.station import Station
from sync.contract.canonical import Json
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.ui.intake.page import IntakePage

_FIRST_RECORD: Final = {
    "complaint": "complaint",
    "legal": "consultation",
    "suggestion": "suggestion",
    "aid": "relief",
}
"""Service -> the record it begins with."""


def collect(page: IntakePage) -> tuple[Intake | None, int]:
    """The appeal, or None and the number of faults."""
    values, errors = page.form.check()
    later, wrong = page.more.check()
    errors += wrong
    values = {kind: {**values.get(kind, {}), **later.get(kind, {})} for kind in {*values, *later}}
    nameless = values["case"].get("secrecy") == "anonymous"
    parties = []
    for party in page.cards:
        if party.empty:
            continue
        given, wrong = party.input(nameless=nameless and party.role == APPLICANT)
        errors += wrong
        parties.append(given)
    if errors:
        return None, len(errors)
    case, facts = _given(values["case"]), _given(values["facts"])
    return Intake(case, facts, parties, list(page.alike.links), _records(values, facts)), 0


def with_pictures(page: IntakePage, station: Station, made: Changes) -> Changes:
    """In the write lane: what waits becomes evidence. The case stands whatever becomes of the pictures."""
    try:
        seen = pictures.attach(station, case=made.case)
    except KnownError as error:
        page.tasks.post(lambda found=error: page.notices.error(found))  # type: ignore[misc]  # bound at once
        return made
    return made.also(seen) if seen else made


def go_to_first(page: IntakePage) -> None:
    """The caret into the first field with an error, and that field into sight."""
    for form in (page.form, *(form for c in page.cards for form in (c.form, c.agent)), page.more):
        for path, box in form.boxes.items():
            if box.error:
                form.focus_on(path)
                # later: the sentence under the field and the notice still have to find their room
                QTimer.singleShot(0, box, partial(page.canvas.ensureWidgetVisible, box))
                return


def _records(values: Mapping[str, Values], facts: Values) -> list[tuple[str, Values]]:
    """The record the service begins with, where anything of it was typed."""
    kind = _FIRST_RECORD.get(str(values["case"].get("service")), "")
    told = _given(values.get(kind, {}))
    if told and kind == "complaint":
        told["matter"] = facts.get("summary")
    return [(kind, told)] if told else []


def _given(values: Mapping[str, Json]) -> Values:
    """What is not empty and not a box left unticked."""
    return {k: v for k, v in values.items() if v not in (None, "", False)}
