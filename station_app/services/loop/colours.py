"""Verbs on the warning colour of a case: raised by one with a reason, lowered by one who asks and another who agrees.

What the rules say today is always shown beside what stands on record: rules of time and of other cases are judged when
a case is looked at, and `take_over` or `review` write the higher colour down, by a person.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Final, cast

from station_app.domain import codes
from station_app.domain.case import Case, names, text
from station_app.domain.checks import check_values
from station_app.domain.clocks.clock import State
from station_app.domain.clocks.firsts import Mark
from station_app.domain.clocks.run import clocks as run_clocks
from station_app.domain.dates import as_date
from station_app.domain.rules import LEVELS, CaseFacts, Colour, ColourRule, colour, higher, load_rules
from station_app.domain.warning.rule import TOLD
from station_app.domain.warning.words import compiled, found
from station_app.services.cases import Values, moment
from station_app.services.changes import Changes
from station_app.services.clocks import open_cases
from station_app.services.court import facts_of
from station_app.services.intake import repeats
from station_app.services.loop import firsts
from station_app.services.station import Station, changes_of
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite
from sync.contract.states import OPEN, RESOLVED

_RAISE, _LOWER = "colour", "lower_colour"
_AROUND: Final = 8
_OUT_OF_TIME: Final = frozenset({"mediation"})
"""Clocks whose end makes a case overdue."""


@dataclass(frozen=True, slots=True)
class Said:
    """A word of a rule where it stands: catalogue path, characters start to end, and the words around it."""

    place: str
    start: int
    end: int
    word: str
    around: str


@dataclass(frozen=True, slots=True)
class Reason:
    """One rule that holds today, why, and the places of its words."""

    rule: ColourRule
    why: str
    places: tuple[Said, ...]


@dataclass(frozen=True, slots=True)
class View:
    """`level`, `standing`: on record; `today`: what the rules say now; `asked`: the open request to lower it."""

    level: str
    standing: tuple[str, ...]
    today: Colour
    reasons: tuple[Reason, ...]
    asked: Record | None

    @property
    def rising(self) -> bool:
        """True while the rules say more than what is on record."""
        return higher(self.today.level, self.level)


def look(station: Station, *, case: str) -> View:
    """The colour of a case with every reason and the places of the words; nothing is written."""
    view = station.case(case)
    seen, rules = _facts(station, view), load_rules()
    judged = names(view.record, "colour_judged")
    now = colour(seen, rules, judged=judged, living=True)
    by_code = {rule.code: rule for rule in rules.colours}
    reasons = tuple(Reason(by_code[c], by_code[c].why(seen), _places(view, by_code[c])) for c in now.codes)
    return View(text(view.record, "colour"), tuple(names(view.record, "colour_reasons")), now, reasons, asked(view))


def raise_(station: Station, *, case: str, to: str, reason: str) -> Changes:
    """提高预警 by a person. E-408 without a reason, E-217 for no such level, E-383 where it would not be higher."""
    view = station.case(case)
    level = codes.load("colours").check(to)
    if not reason.strip():
        raise KnownError("E-408", step=_RAISE)
    if not higher(level, text(view.record, "colour")):
        raise KnownError("E-383")
    standing = names(view.record, "colour_reasons")
    added = f"{station.user.name}提高为{codes.label('colours', level)}：{reason.strip()}"
    return _put(station, view, {"colour": level, "colour_reasons": cast("Json", [added, *standing])}, "提高预警")


def take_over(station: Station, *, case: str) -> Changes:
    """按规则提高: write down what the rules say today. E-383 where that is not higher than what stands."""
    view, seen = station.case(case), look(station, case=case)
    if not seen.rising:
        raise KnownError("E-383")
    values: Values = {"colour": seen.today.level, "colour_reasons": cast("Json", seen.today.texts)}
    return _put(station, view, values, "按规则提高预警")


def review(station: Station, *, apply: bool = False) -> list[tuple[str, View]]:
    """Open cases of this station whose colour the rules would raise today; with `apply` each is raised."""
    rising = [(rec, seen) for rec in open_cases(station) if (seen := look(station, case=rec)).rising]
    for rec, _ in rising if apply else []:
        take_over(station, case=rec)
    return rising


def ask_lower(station: Station, *, case: str, to: str, reason: str) -> Changes:
    """申请降低预警: the first of two people, with a reason (E-408). E-383 where it would not be lower, or is asked."""
    view = station.case(case)
    level, standing = codes.load("colours").check(to), text(view.record, "colour")
    if not reason.strip():
        raise KnownError("E-408", step=_LOWER)
    if not higher(standing, level) or asked(view) is not None:
        raise KnownError("E-383")
    values: Values = {"from": standing, "to": level, "reason": reason.strip(), "at": moment(station)}
    values["by"] = station.user.person or None
    clean = _clean(station, values)
    with station.write(_LOWER) as tx:
        tx.op(_LOWER, "register", case=case).new("colour_change", clean)
    return changes_of(tx, label="申请降低预警")


def answer_lower(station: Station, *, case: str, agreed: bool, note: str = "") -> Changes:
    """复核降低预警: the second person agrees, then the colour falls, or declines with a reason (E-408).

    E-383 where nothing is asked, or where the colour has changed since; E-382 for the one who asked.
    """
    view = station.case(case)
    request = asked(view)
    if request is None:
        raise KnownError("E-383")
    me = station.user.person
    if not me or me == text(request, "by"):
        raise KnownError("E-382")
    if not agreed and not note.strip():
        raise KnownError("E-408", step=_LOWER)
    given: Values = {"answer": "agreed" if agreed else "declined", "answered_by": me, "answered_at": moment(station)}
    clean = _clean(station, {**given, "note": note.strip() or None})
    with station.write(_LOWER) as tx:
        op = tx.op(_LOWER, "register", case=case)
        op.put(overwrite(request, clean))
        if agreed:
            op.put(overwrite(view.record, _lowered(station, view, request)))
    return changes_of(tx, label="复核降低预警")


def _lowered(station: Station, view: Case, asked: Record) -> Values:
    """The colour as two people set it; the rules that held then do not raise it again."""
    level = text(asked, "to")
    rules = load_rules()
    now = colour(_facts(station, view), rules, living=True)
    judged = dict.fromkeys([*names(view.record, "colour_judged"), *now.codes])
    said = f"经两人复核降为{codes.label('colours', level)}：{text(asked, 'reason')}"
    return {"colour": level, "colour_reasons": cast("Json", [said, rules.basis]),
            "colour_judged": cast("Json", list(judged))}  # fmt: skip


def _facts(station: Station, view: Case) -> CaseFacts:
    """What is written down, and what changes with time and other cases."""
    told = view.facts
    seen = CaseFacts.of(view.record.values, told.values if told else {})
    today = station.clock.today()
    if view.case_state not in OPEN:
        return seen
    since = text(view.record, "accepted_at")[:10]
    if since and view.case_state not in RESOLVED:
        seen.days_open = (today - as_date(since)).days
    steps = firsts.of_case(station, case=view.id)
    late = any(c.code in _OUT_OF_TIME and c.state is State.OUT for c in run_clocks(facts_of(station, view)))
    seen.overdue = late or any(step.mark is Mark.OVER for step in steps)
    seen.repeats = max((again.nth for again in repeats.of_case(station, view)), default=0)
    seen.to_festival = _to_festival(today, load_rules().festivals)
    return seen


def _to_festival(today: date, festivals: tuple[date, ...]) -> int:
    """Days until the next first day of the lunar year, -1 where the pack names none."""
    return next(((day - today).days for day in festivals if day >= today), -1)


def _places(view: Case, rule: ColourRule) -> tuple[Said, ...]:
    """Where the words of a rule stand, denied ones left out."""
    if not rule.words:
        return ()
    pattern = compiled(rule.words)
    fields = [("case.title", text(view.record, "title"))]
    fields += [(f"facts.{name}", text(view.facts, name)) for name in TOLD]
    return tuple(
        Said(place, hit.start, hit.end, hit.word, whole[max(0, hit.start - _AROUND) : hit.end + _AROUND])
        for place, whole in fields
        for hit in found(pattern, whole)
    )


def asked(view: Case) -> Record | None:
    """The request to lower that waits for the second person; one that asks for what stands no more waits for nobody."""
    standing = text(view.record, "colour")
    waiting = [r for r in view.kind("colour_change") if not text(r, "answer") and text(r, "from") == standing]
    return waiting[-1] if waiting else None


def _put(station: Station, view: Case, values: Values, label: str) -> Changes:
    with station.write(_RAISE) as tx:
        tx.op(_RAISE, "register", case=view.id).put(overwrite(view.record, values))
    return changes_of(tx, label=label)


def _clean(station: Station, values: Values) -> Values:
    given = {name: value for name, value in values.items() if value is not None}
    clean, errors = check_values("colour_change", given, today=station.clock.today())
    if errors:
        raise errors[0].error
    return clean


def levels_above(level: str) -> list[str]:
    """Levels a person may raise to, the highest first."""
    return [one for one in reversed(LEVELS) if higher(one, level)]


def levels_below(level: str) -> list[str]:
    """Levels a person may ask to lower to, the highest first; "no colour" is none of them."""
    return [one for one in reversed(LEVELS) if one and higher(level, one)]
