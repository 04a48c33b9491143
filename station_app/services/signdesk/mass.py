"""Verbs of the sign desk: one person signs all that is his, all who are waited for sign, the committee seals.

One op a verb, or one for every fifty agreements of a large group, so that it can be told how far it is and stopped:
what was recorded stays, and the same call goes on with the rest. `signing` says what each act must be.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from station_app.domain.case import NOT_SIGNED, Case, text
from station_app.services import court, signing
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.signdesk.desk import OF_PARTY, agreements
from station_app.services.signing import Signer
from station_app.services.station import Station, changes_of
from sync.contract.errors import KnownError

AT_ONCE: Final = 50
"""Agreements in one transaction: about a fifth of a second, and an op far below its limit of 256 KiB."""
Told = Callable[[int, int], object]


@dataclass(frozen=True, slots=True)
class Done:
    """What came of it: `agreements` touched, `acts` recorded, `stopped` by a person before the last."""

    changes: Changes
    agreements: int
    acts: int
    stopped: bool = False


def _quiet(_done: int, _total: int) -> None:
    return


def _never() -> bool:
    return False


def at_once() -> bool:
    """As `cancelled`: one part only; the same call does the next, and other writing gets its turn between."""
    return True


def usual(role: str, *, person: bool) -> str:
    """The usual manner: people sign and press a finger, bodies sign and seal."""
    if role == "party":
        return "signed_fingerprint" if person else "signed_sealed"
    return "sealed" if role == "committee" else "signed"


def sign_one(
    station: Station, *, case: str, party: str, manner: str = "", on: str = "", witness: str = "", note: str = ""
) -> Changes:
    """One party signs every agreement that is his and not signed by him yet, or refuses, or did not come (`manner`).

    E-211 for who is no party, E-386 where he has signed everything already; else as `signing.sign_many`.
    """
    view = station.case(case)
    person = next((p for p in view.parties if p.id == party), None)
    if person is None:
        raise KnownError("E-211", name=party, why="payee")
    how = manner or usual("party", person=person.is_person)
    signer = Signer("party", how, party, seal=_seal(how, person=person.is_person), on=on, witness=witness, note=note)
    todo = [(own, [signer]) for own in agreements(view) if _waits(own, party)]
    if not todo:
        raise KnownError("E-386", name=person.name)
    return _record(station, case, todo, _quiet, _never).changes


def sign_all(
    station: Station,
    *,
    case: str,
    on: str = "",
    witness: str = "",
    parties: Sequence[str] = (),
    progress: Told = _quiet,
    cancelled: Callable[[], bool] = _never,
) -> Done:
    """Everybody still waited for (or only `parties`) signed on that day in the usual manner, before that witness.

    Who refused or did not come is left as he is: that he signed after all is said of him alone. E-386 where nobody is
    waited for.
    """
    view = station.case(case)
    todo: list[tuple[Case, list[Signer]]] = []
    for own in agreements(view):
        said = {text(s, "party") for s in own.signatures if text(s, "role") in OF_PARTY}
        waiting = [p for p in own.parties if p.id not in said and (not parties or p.id in parties)]
        signers = [
            Signer("party", how := usual("party", person=p.is_person), p.id, seal=_seal(how, person=p.is_person),
                   on=on, witness=witness)
            for p in waiting
        ]  # fmt: skip
        if signers:
            todo.append((own, signers))
    if not todo:
        raise KnownError("E-386")
    return _record(station, case, todo, progress, cancelled)


def seal(
    station: Station,
    *,
    case: str,
    on: str = "",
    approved_by: str = "",
    used_by: str = "",
    progress: Told = _quiet,
    cancelled: Callable[[], bool] = _never,
) -> Done:
    """调解员签名、加盖人民调解委员会印章 on every agreement that all parties signed, and its line of 用印登记.

    E-387 where none is ready for the seal, E-462 where the committee may not seal, E-402 without an appointed mediator.
    """
    view = station.case(case)
    todo: list[tuple[Case, list[Signer]]] = []
    for own in agreements(view):
        roles = {text(s, "role") for s in own.signed}
        if not all(not _waits(own, p.id) for p in own.parties) or "committee" in roles:
            continue
        mediator = [] if "mediator" in roles else [Signer("mediator", "signed", on=on)]
        todo.append((own, [*mediator, Signer("committee", "sealed", seal="committee", on=on)]))
    if not todo:
        raise KnownError("E-387")
    for own, _ in todo:
        court.guard_seal(station, own)
    used: Values = {"approved_by": approved_by or None, "used_by": used_by or station.user.name}
    return _record(station, case, todo, progress, cancelled, used=used)


def take_back(station: Station, *, case: str, party: str, reason: str) -> Changes:
    """What was recorded of one party by mistake, on every agreement that is his. E-408 without a reason, E-223 where
    nothing of him is on record; else as `signing.void_signature`.
    """
    view = station.case(case)
    acts = [s for own in agreements(view) for s in own.signatures if text(s, "party") == party]
    if not acts:
        raise KnownError("E-223", what=party)
    whole = Changes(frozenset(), (), (), case)
    for act in acts:
        whole = whole.also(signing.void_signature(station, case=case, signature=act.id, reason=reason))
    return replace(whole, label="撤销签署登记")


def _waits(own: Case, party: str) -> bool:
    """True for a party of this agreement who has not signed it."""
    mine = [s for s in own.signed if text(s, "party") == party and text(s, "role") in OF_PARTY]
    return not mine and any(p.id == party for p in own.parties)


def _seal(manner: str, *, person: bool) -> str:
    return "" if person or manner in NOT_SIGNED else "official"


def _record(
    station: Station,
    case: str,
    todo: Sequence[tuple[Case, list[Signer]]],
    progress: Told,
    cancelled: Callable[[], bool],
    used: Values | None = None,
) -> Done:
    """Write the acts, fifty agreements at a time; with the seal also that it was used, and on how many copies."""
    whole, done, acts = Changes(frozenset(), (), (), case), 0, 0
    for part in _parts(todo):
        if done and cancelled():
            return Done(whole, done, acts, stopped=True)
        rows = [(own, [signing.row(station, own, signer) for signer in signers]) for own, signers in part]
        for own, _ in part:
            signing.guard(own)
        with station.write("sign") as tx:
            op = tx.op("sign", "content", case=case)
            for own, values in rows:
                signing.put(station, op, own, values)
            if used is not None:
                op.new("seal_use", _use(rows, used))
            signing.follow(station, tx, case)
        label = "签署" if used is None else "加盖印章"
        whole = replace(whole.also(changes_of(tx, label=label)), label=label)
        done += len(part)
        acts += sum(len(values) for _, values in rows)
        progress(done, len(todo))
    return Done(whole, done, acts)


def _parts(todo: Sequence[tuple[Case, list[Signer]]]) -> Iterable[Sequence[tuple[Case, list[Signer]]]]:
    for first in range(0, len(todo), AT_ONCE):
        yield todo[first : first + AT_ONCE]


def _use(rows: Sequence[tuple[Case, list[Values]]], used: Values) -> Values:
    """The line of 用印登记: the paper where it is one, its copies in all, the day of the seal."""
    papers = [paper for own, _ in rows if (paper := own.paper("agreement")) is not None]
    copies = sum(int(str(p.get("copies") or 0)) for p in papers)
    values: Values = {"title": "人民调解协议书", "seal": "committee", "on": rows[0][1][-1]["on"], **used}
    values["copies"] = copies or None
    values["paper"] = papers[0].id if len(papers) == 1 else None
    return {name: value for name, value in values.items() if value not in (None, "")}
