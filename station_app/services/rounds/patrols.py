"""Verbs on rounds (排查): who went where and when, what was found; a finding is dealt with or becomes an appeal.

A round is one op with all its findings. It names no party: whoever it concerns stands in the appeal, which is sealed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from station_app.domain.case import number, text
from station_app.services import cases
from station_app.services.cases import Intake, Values, check_intake, moment
from station_app.services.changes import Changes
from station_app.services.rounds.caseless import add, clean, edit, find, own, put_new, standing
from station_app.services.station import Station, changes_of
from sync.contract.catalogue import KINDS
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

NEEDS: Final = ("at", "place", "subject")
_LABEL: Final = "排查记录"


@dataclass(frozen=True, slots=True)
class Round:
    """One round with its findings, in their order."""

    record: Record
    findings: tuple[Record, ...]

    @property
    def open(self) -> int:
        """Findings nobody has dealt with yet."""
        return sum(not closed(f) for f in self.findings)


def record(station: Station, *, values: Values, findings: list[Values] | None = None) -> Changes:
    """登记排查: one round and what was found on it, in one op; nothing found is a round all the same.

    E-216 without time, place or subject, or a finding without words; E-237 where it ends before it begins; E-270 where
    an identity or telephone number stands in it.
    """
    round_ = clean(station, "patrol", {"at": moment(station), **_leader(station), **values}, needs=NEEDS)
    if text_of(round_, "until") and text_of(round_, "until") < text_of(round_, "at"):
        raise KnownError("E-237")
    found = [clean(station, "finding", given, needs=("text",)) for given in findings or []]
    with station.write("patrol") as tx:
        op = tx.op("patrol", "reference")
        rec = put_new(station, op, "patrol", round_)
        for no, given in enumerate(found, 1):
            put_new(station, op, "finding", {"patrol": rec, "no": no, **given})
    return changes_of(tx, label=_LABEL)


def edit_round(station: Station, *, rec: str, values: Values) -> Changes:
    """Correct a round of this station; errors as `record`, E-271 for another's."""
    standing_ = find(station, rec, "patrol")
    begin = text_of(values, "at") or text(standing_, "at")
    until = text_of(values, "until") or text(standing_, "until")
    if until and until < begin:
        raise KnownError("E-237")
    return edit(station, kind="patrol", rec=standing_.id, values=values, label=_LABEL)


def add_finding(station: Station, *, patrol: str, values: Values) -> Changes:
    """One more finding of a round."""
    round_ = own(station, find(station, patrol, "patrol"))
    given = clean(station, "finding", values, needs=("text",))
    no = 1 + max((number(f, "no") for f in findings_of(station, round_.id)), default=0)
    return add(station, kind="finding", values={"patrol": round_.id, "no": no, **given}, label="排查发现")


def settle(station: Station, *, finding: str, result: str, by: str = "", on: str = "") -> Changes:
    """处理: what was done about a finding on the spot. E-216 without words, E-272 once it is closed."""
    found = own(station, find(station, finding, "finding"))
    _must_be_open(found)
    given: Values = {"result": result.strip(), "done_by": by.strip() or station.user.name}
    given["done_on"] = on or station.clock.today().isoformat()
    done = clean(station, "finding", given, needs=("result",))
    return edit(station, kind="finding", rec=found.id, values=done, label="处理排查发现")


def appeal(station: Station, *, finding: str, intake: Intake) -> Changes:
    """转为诉求: register an appeal from a finding. Appeal and finding name each other; the appeal was found when the
    round was made, by who led it, through the channel 巡查, unless its intake says otherwise. Errors as
    `cases.register`; E-272 once the finding is closed, E-271 for another station's.
    """
    found = own(station, find(station, finding, "finding"))
    _must_be_open(found)
    wanted = Intake({**from_finding(station, found), **_given(intake.case)}, intake.facts, intake.parties)
    ready, errors = check_intake(wanted, station)
    if errors:
        raise errors[0].error
    station.require("register")
    with station.write("patrol") as tx:
        ready.case["finding"] = found.id
        case, _ = cases.put_new_case(station, tx, ready)
        tx.op("patrol", "reference").put(
            overwrite(found, {"case": case, "done_on": station.clock.today().isoformat(), "done_by": station.user.name})
        )
    return changes_of(tx, label="排查发现转为诉求")


def from_finding(station: Station, finding: Record) -> Values:
    """What the appeal takes over from a finding and its round: fields of the case."""
    round_ = next((r for r in standing(station, "patrol") if r.id == text(finding, "patrol")), None)
    people = station.store.reference().records
    leader = text(people.get(text(round_, "leader")), "name") or text(round_, "members")
    values: Values = {"channel": "patrol", "found_at": text(round_, "at"), "place": text(round_, "place")}
    if leader:
        values["found_by"] = leader
    return _given(values)


def remove(station: Station, *, rec: str) -> Changes:
    """Take out a round of this station with its findings; E-272 where one is an appeal by now: part of its file."""
    round_ = own(station, find(station, rec, "patrol"))
    findings = findings_of(station, round_.id)
    if any(f.get("case") for f in findings):
        raise KnownError("E-272", why="appeal")
    with station.write("patrol") as tx:
        op = tx.op("patrol", "reference")
        for record_ in (round_, *findings):
            op.put(overwrite(record_, {"removed": True}))
    return changes_of(tx, label="移除排查记录")


def rounds(station: Station, *, since: str = "", own_only: bool = False) -> list[Round]:
    """Rounds of the community from a day on (YYYY-MM-DD), newest first."""
    code = station.store.setting("station.code")
    by_round: dict[str, list[Record]] = {}
    for finding in standing(station, "finding"):
        by_round.setdefault(text(finding, "patrol"), []).append(finding)
    found = [
        Round(r, tuple(by_round.get(r.id, ())))
        for r in standing(station, "patrol")
        if text(r, "at") >= since and (not own_only or text(r, "station") == code)
    ]
    return sorted(found, key=lambda r: (text(r.record, "at"), r.record.id), reverse=True)


def findings_of(station: Station, patrol: str) -> list[Record]:
    """The findings of a round."""
    return [f for f in standing(station, "finding") if text(f, "patrol") == patrol]


def closed(finding: Record) -> bool:
    """Whether a finding was dealt with or became an appeal."""
    return bool(finding.get("case") or finding.get("done_on"))


def text_of(values: Values, name: str) -> str:
    """A value as text, "" where it is none."""
    value = values.get(name)
    return value if isinstance(value, str) else ""


def _must_be_open(finding: Record) -> None:
    if finding.get("case"):
        raise KnownError("E-272", why="appeal")
    if finding.get("done_on"):
        raise KnownError("E-272", on=text(finding, "done_on"))


def _leader(station: Station) -> Values:
    return {"leader": station.user.person} if station.user.person else {}


def _given(values: Values) -> Values:
    return {n: v for n, v in values.items() if v not in (None, "") and n in KINDS["case"].fields}
