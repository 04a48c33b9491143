"""Who received the ruling when: each party by a day of its own, an interested person from knowing (民诉解释 372)."""

from __future__ import annotations

from dataclasses import dataclass

from station_app.domain.case import Case, text


@dataclass(frozen=True, slots=True)
class Received:
    """People with one day (YYYY-MM-DD). `rec`: the record that says so, for a group the first one."""

    day: str
    who: tuple[str, ...]
    rec: str


@dataclass(frozen=True, slots=True)
class Receipts:
    """`parties`: by day, the earliest first; `waiting`: parties whose day is not known; `interested`: one each."""

    parties: tuple[Received, ...]
    waiting: tuple[str, ...]
    interested: tuple[Received, ...]


def receipts(case: Case) -> Receipts:
    """Read the days of the last application's ruling.

    The day on the application itself counts for every party without a day of his own.
    """
    application = case.confirmation
    if application is None:
        return Receipts((), (), ())
    rows = [r for r in case.kind("ruling_receipt") if text(r, "confirmation") == application.id]
    own = {text(r, "party"): r for r in rows if text(r, "party")}
    common = text(application, "received_on")
    by_day: dict[str, list[tuple[str, str]]] = {}
    waiting = []
    for party in case.parties:
        record = own.get(party.id)
        day = text(record, "on") or common
        if day:
            by_day.setdefault(day, []).append((party.name, record.id if record and text(record, "on") else ""))
        else:
            waiting.append(party.name)
    parties = tuple(
        Received(day, tuple(name for name, _ in many), next((rec for _, rec in many if rec), application.id))
        for day, many in sorted(by_day.items())
    )
    others = [r for r in rows if not text(r, "party") and text(r, "on")]
    interested = tuple(Received(text(r, "on"), (text(r, "name"),), r.id) for r in others)
    return Receipts(parties, tuple(waiting), interested)
