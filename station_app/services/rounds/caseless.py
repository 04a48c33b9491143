"""Records about no case (排查、值班、日志、评价): read, added, corrected, taken out.

They are reference: the stations of the community and the district read them in clear, so they name no party. A text in
which an identity or telephone number stands is refused (E-270) before it can travel.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from station_app.domain.case import in_order, text
from station_app.domain.checks import check_values
from station_app.domain.labels import label
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.station import Station, changes_of
from station_app.store.core import OpDraft
from sync.contract.catalogue import KINDS
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

VERBS: Final = {
    "patrol": "patrol",
    "finding": "patrol",
    "duty": "duty",
    "day_log": "duty",
    "evaluation": "evaluate",
    "report": "report",
}
"""Kind -> the verb of its op."""
_NUMBERS: Final = re.compile(r"(?<!\d)(?:\d{17}[\dXx]|1[3-9]\d{9})(?!\d)")
"""Identity numbers and mobile telephone numbers."""


def standing(station: Station, kind: str) -> list[Record]:
    """The records of a kind that were not taken out, in their order."""
    return in_order(station.store.reference().of_kind(kind))


def find(station: Station, rec: str, kind: str) -> Record:
    """One of them by its id or the end of it; E-223 where none or more than one fits."""
    fitting = [r for r in standing(station, kind) if r.id == rec or (rec and r.id.endswith(rec))]
    exact = [r for r in fitting if r.id == rec] or fitting
    if len(exact) != 1:
        raise KnownError("E-223", what=rec)
    return exact[0]


def clean(station: Station, kind: str, values: Values, *, needs: Iterable[str] = ()) -> Values:
    """Checked values without empty ones. E-214, E-216, E-217 … as the catalogue says; E-270 for numbers of a person."""
    given = {n: v.strip() if isinstance(v, str) else v for n, v in values.items()}
    given = {name: value for name, value in given.items() if value not in (None, "", [])}
    unknown = set(given) - set(KINDS[kind].fields)
    if unknown:
        raise KnownError("E-214", key=sorted(unknown)[0], where=label(f"{kind}.{sorted(KINDS[kind].fields)[0]}"))
    for name in needs:
        if name not in given:
            raise KnownError("E-216", field=f"{kind}.{name}")
    checked, errors = check_values(kind, given, today=station.clock.today())
    if errors:
        raise errors[0].error
    for name, value in checked.items():
        if name != "phone" and isinstance(value, str) and _NUMBERS.search(value):
            raise KnownError("E-270", field=f"{kind}.{name}")
    return {name: value for name, value in checked.items() if value is not None}


def put_new(station: Station, op: OpDraft, kind: str, values: Values) -> str:
    """Add a record to an op: whose station it is and who wrote it are filled in; returns its id."""
    own: Values = {"station": station.store.setting("station.code")}
    if "by" in KINDS[kind].fields and station.user.person:
        own["by"] = station.user.person
    return op.new(kind, {**own, **values})


def add(station: Station, *, kind: str, values: Values, label: str) -> Changes:
    """One more record of checked values."""
    with station.write(VERBS[kind]) as tx:
        put_new(station, tx.op(VERBS[kind], "reference"), kind, values)
    return changes_of(tx, label=label)


def edit(station: Station, *, kind: str, rec: str, values: Values, label: str) -> Changes:
    """Correct a record; None clears a field. E-271 for a record of another station."""
    record = own(station, find(station, rec, kind))
    cleared: Values = {name: None for name, value in values.items() if value is None}
    wanted = {**cleared, **clean(station, kind, values)}
    changed = {name: value for name, value in wanted.items() if record.get(name) != value}
    if not changed:
        return Changes(frozenset(), (), ())
    with station.write(VERBS[kind]) as tx:
        tx.op(VERBS[kind], "reference").put(overwrite(record, changed))
    return changes_of(tx, label=label)


def own(station: Station, record: Record) -> Record:
    """The record, where it was written by this station; E-271 for another's: each answers for its own."""
    if text(record, "station") != station.store.setting("station.code"):
        raise KnownError("E-271", station=station_name(station, text(record, "station")))
    return record


def station_name(station: Station, code: str) -> str:
    """A station of the community by its code; the code where its name is not known."""
    if code == station.store.setting("station.code"):
        return station.store.setting("station.name") or code
    found = [text(r, "name") for r in station.store.reference().of_kind("station") if text(r, "code") == code]
    return found[-1] if found else code
