"""以案定补: a person gives a mediated case its class with a reason, another reviews it, the month's sheet follows.

Classes come from the rules pack, most of them without an amount because none was found. The program proposes no class
and raises none: it shows the facts of the case beside the choice, and counts what people decided.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final

from station_app.domain.case import Case, number, text
from station_app.domain.checks import check_values
from station_app.domain.figures import period as periods
from station_app.domain.rules import Rules, load_rules
from station_app.services import people
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.figures import counting
from station_app.services.performance import dues_of
from station_app.services.reading import conditions
from station_app.services.reading.conditions import Condition
from station_app.services.station import Station, changes_of
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite

KIND: Final = "grading"
_PREFIX: Final = "grading."


@dataclass(frozen=True, slots=True)
class Grade:
    """A class of the rules pack; `amount` in 元 as text, "" where the pack has none; `source` as the pack says."""

    code: str
    title: str
    amount: str
    source: str


@dataclass(frozen=True, slots=True)
class Claim:
    """A mediated case of a month with what a class is judged by. `fen`: 协议金额; `performed`: of that, 分.

    `grade` "" and `rec` "" while nobody gave it a class; `answer`: accepted, returned or "".
    """

    case: str
    rec: str
    title: str
    number: str
    mediator: str
    closed: str
    form: str
    people: int
    fen: int
    performed: int
    grade: str
    reason: str
    by: str
    answer: str
    review_note: str


def grades(rules: Rules | None = None) -> list[Grade]:
    """The classes of the pack, in its order."""
    pack = rules or load_rules()
    return [
        Grade(key.removeprefix(_PREFIX), s.title, "" if s.value is None else str(s.value), s.source)
        for key, s in pack.settings.items()
        if key.startswith(_PREFIX)
    ]


def grade(station: Station, *, case: str, code: str, reason: str, month: str = "") -> Changes:
    """Give a case its class for a month ("2026-11", this month where left out); a further one takes its place.

    E-394 for a class the pack does not have, E-395 without a reason, E-405 for a case that was not mediated to an
    agreement, E-209 for a month there is none of.
    """
    known = {g.code: g.title for g in grades()}
    if code not in known:
        raise KnownError("E-394", grade=code, known="、".join(known))
    if not reason.strip():
        raise KnownError("E-395")
    view, today = station.case(case), station.clock.today()
    if text(view.record, "service") != "mediation" or not text(view.record, "resolved_at"):
        raise KnownError("E-405", step="agree", state=view.case_state)
    values: Values = {
        "grade": code,
        "edition": load_rules().edition,
        "reason": reason.strip(),
        "month": month_of(month or today.isoformat()[:7]),
        "on": today.isoformat(),
        "by": station.user.person or None,
    }
    clean, errors = check_values(KIND, values, today=today)
    if errors:
        raise errors[0].error
    standing = standing_of(view)
    with station.write("note") as tx:
        op = tx.op("note", "register", case=case)
        if standing is None:
            op.new(KIND, {k: v for k, v in clean.items() if v is not None})
        else:  # a changed class is reviewed anew
            blank = dict.fromkeys(("answer", "reviewed_on", "reviewed_by", "review_note"))
            op.put(overwrite(standing, {**clean, **{k: None for k in blank if standing.get(k)}}))
    return changes_of(tx, label="确定案件类别")


def review(station: Station, *, case: str, answer: str, note: str = "") -> Changes:
    """同意 or 退回 the class of a case. E-396 by who gave it, E-223 without one, E-408 to return it unexplained."""
    standing = standing_of(station.case(case))
    if standing is None:
        raise KnownError("E-223", what=case)
    if station.user.person and text(standing, "by") == station.user.person:
        raise KnownError("E-396")
    if answer == "returned" and not note.strip():
        raise KnownError("E-408", step="decide")
    values: Values = {"answer": answer, "review_note": note.strip() or None, "reviewed_by": station.user.person or None}
    values["reviewed_on"] = station.clock.today().isoformat()
    clean, errors = check_values(KIND, values, today=station.clock.today())
    if errors:
        raise errors[0].error
    with station.write("decide") as tx:
        tx.op("decide", "register", case=case).put(overwrite(standing, clean))
    return changes_of(tx, label="审核案件类别")


def month_of(word: str) -> str:
    """ "2026-11" from "2026-11" or "2026-1". E-209 for anything else."""
    year, _, part = word.partition("-")
    if not (year.isdigit() and part.isdigit() and len(year) == 4 and 1 <= int(part) <= 12):
        raise KnownError("E-209", text=word)
    return f"{int(year):04d}-{int(part):02d}"


def standing_of(view: Case) -> Record | None:
    """The class a case has, None while it has none."""
    return next((r for r in reversed(view.kind(KIND))), None)


def claims(station: Station, *, month: str) -> list[Claim]:
    """All mediations that came to an agreement in a month, and those claimed for it later; by mediator, then by day."""
    month = month_of(month)
    period = periods.month(int(month[:4]), int(month[5:]))
    base = (
        *counting.base_of(station, period, by="closed_at"),
        Condition("service", "is", ("mediation",)),
        Condition("resolved", "is", (1,)),
    )
    where, args = conditions.sql(base)
    # of the month: closed in it and claimed for no other one, or claimed for it
    sql = (
        "SELECT rec FROM case_row WHERE discarded = 0"
        f" AND (({where} AND coalesce(grade_month, '') = '') OR grade_month = ?)"
    )
    found = [str(r[0]) for r in station.store.reader.execute(sql, (*args, month))]
    shown = [_claim(station, station.case(rec)) for rec in found]
    return sorted(shown, key=lambda c: (c.mediator, c.closed, c.number))


def _claim(station: Station, view: Case) -> Claim:
    standing = standing_of(view)
    record = view.record
    owed = dues_of(view)
    return Claim(
        view.id,
        standing.id if standing else "",
        text(record, "title"),
        text(record, "number"),
        people.person_name(station, text(record, "mediator") or text(record, "recorder")),
        text(record, "resolved_at")[:10],
        text(view.agreement, "form") or text(record, "agreement_form"),
        number(record, "people"),
        sum(d.amount for d in owed),
        sum(d.amount - d.left for d in owed),
        text(standing, "grade"),
        text(standing, "reason"),
        people.person_name(station, text(standing, "by")),
        text(standing, "answer"),
        text(standing, "review_note"),
    )


def words(code: str) -> str:
    """The title of a class, the code itself for one this pack does not have (any more)."""
    return next((g.title for g in grades() if g.code == code), code)


def month_words(month: str) -> str:
    """ "2026年11月"."""
    day = date.fromisoformat(f"{month}-01")
    return f"{day.year}年{day.month}月"
