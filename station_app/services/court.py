"""The court's view of a case: findings, answers of people, what holds back court papers and the committee's seal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from station_app.domain.case import Case, text
from station_app.domain.court import check as court_check
from station_app.domain.court.facts import Committee, Facts
from station_app.domain.court.finding import Finding, Severity
from station_app.domain.court.materials import needed
from station_app.domain.court.questions import QUESTIONS, Question
from station_app.domain.court.venue import Venue, venues
from station_app.domain.rules import load_rules
from station_app.services import records
from station_app.services.cases import Values
from station_app.services.changes import Changes
from station_app.services.station import Station
from station_app.store.core import Tx
from sync.contract.errors import KnownError
from sync.contract.fold import Record, State
from sync.contract.permissions import HEAD

OVERRIDE: Final = "seal_override"
"""Question whose answer is the head's decision to seal all the same, with his reason and what he was shown."""
_UNSAVED: Final = "0000000000000000.1.0"
"""Record id of an agreement that is only on screen yet."""
TOLD: Final = "told"
"""Question whose answer says which findings the parties were told of when their agreement was issued."""


@dataclass(frozen=True, slots=True)
class View:
    """What a person sees: findings, gravest first; open questions; the materials a court wants; the courts."""

    findings: list[Finding]
    questions: list[Question]
    materials: list[str]
    venues: list[Venue]

    def count(self, severity: Severity) -> int:
        """How many findings of one severity."""
        return sum(f.severity is severity for f in self.findings)


def facts_of(station: Station, view: Case) -> Facts:
    """The facts the rules look at: the case with the people and the committee it names."""
    store = station.store
    reference = store.reference()
    rec = text(view.record, "committee") or store.setting("committee.rec")
    committee = reference.records.get(rec)
    rules = load_rules()
    return Facts(
        view,
        station.clock.today(),
        Committee(
            text(committee, "name") or store.setting("committee.name"),
            text(committee, "court") or store.setting("committee.court"),
            rec,
        ),
        {r.id: r for r in reference.records.values() if r.kind == "person"},
        rest_days=rules.rest_days,
        pack={key: setting.value for key, setting in rules.settings.items()},
    )


def look(station: Station, *, case: str) -> View:
    """The whole view of one case; nothing is written."""
    return _view(facts_of(station, station.case(case)))


def look_at(station: Station, *, case: str, agreement: Values, rows: Sequence[Values]) -> View:
    """The view as it would be with an agreement of these values and rows; for the editor, nothing is written."""
    view = station.case(case)
    standing = view.agreement
    rec = standing.id if standing is not None else _UNSAVED
    others = {r.id: r for r in view.state.records.values() if r.kind != "obligation" or text(r, "agreement") != rec}
    values = {**(standing.values if standing is not None else {}), **agreement}
    values["total"] = sum(v for r in rows if isinstance(v := r.get("amount"), int) and r.get("kind", "pay") == "pay")
    others[rec] = Record.created(rec, "agreement", case, by="", values=values)
    for order, row in enumerate(rows, 1):
        made = f"{_UNSAVED.rsplit('.', 1)[0]}.{order}"
        filled: Values = {"kind": "pay", **row, "agreement": rec, "order": order}
        others[made] = Record.created(made, "obligation", case, by="", values=filled)
    return _view(facts_of(station, Case(State(others), case)))


def _view(facts: Facts) -> View:
    found = court_check.findings(facts)
    asked = list(dict.fromkeys(f.question for f in found if f.question))
    has = facts.agreement is not None
    return View(found, [QUESTIONS[code] for code in asked], needed(facts) if has else [], venues(facts) if has else [])


def check(station: Station, *, case: str) -> list[Finding]:
    """The findings alone."""
    return look(station, case=case).findings


def stopped(view: View) -> list[Finding]:
    """Findings of a view that hold back papers for the court."""
    return court_check.holds_court_papers(view.findings)


def answer(station: Station, *, case: str, question: str, values: Values) -> Changes:
    """Keep what a person answered; asked once, the answer stays and can be corrected. E-217 for no such question."""
    known = QUESTIONS.get(question)
    value = values.get("value")
    if known is None or (value and known.options and value not in dict(known.options)):
        raise KnownError("E-217", field="answer.question", value=str(value or question))
    return records.answer(station, case=case, question=question, values=values)


def may_override(station: Station) -> bool:
    """True for the committee's head."""
    return HEAD in station.user.roles


def override_seal(station: Station, *, case: str, reason: str) -> Changes:
    """负责人决定加盖印章: by the committee's head, with a reason (E-404, E-408); what held it back is kept too."""
    if not may_override(station):
        raise KnownError("E-404", user=station.user.name, verb="sign")
    if not reason.strip():
        raise KnownError("E-408", step="sign")
    held = court_check.holds_seal(check(station, case=case))
    codes = "、".join(dict.fromkeys(f.code for f in held))
    given: Values = {"value": codes or "none", "text": reason.strip(), "date": station.clock.today().isoformat()}
    return records.answer(station, case=case, question=OVERRIDE, values=given)


def guard_paper(station: Station, view: Case, title: str) -> None:
    """E-461 where findings hold back a paper for the court."""
    held = court_check.holds_court_papers(court_check.findings(facts_of(station, view)))
    if held:
        raise KnownError("E-461", count=len(held), title=title, first=held[0].sentence)


def guard_seal(station: Station, view: Case) -> None:
    """E-462 where the committee may not seal and its head has not decided otherwise on just these findings."""
    facts = facts_of(station, view)
    held = court_check.holds_seal(court_check.findings(facts))
    decided = set(facts.answer(OVERRIDE).split("、"))
    left = [f for f in held if f.code not in decided]
    if left:
        raise KnownError("E-462", first=left[0].sentence)


def put_told(station: Station, tx: Tx, view: Case) -> None:
    """Keep with an issued agreement what its parties were told a court would refuse (nothing where nothing is)."""
    facts = facts_of(station, view)
    held = court_check.holds_court_papers(court_check.findings(facts))
    codes = "、".join(dict.fromkeys(f.code for f in held))
    if codes and facts.answer(TOLD) != codes and station.can("answer"):
        said = "；".join(f.sentence for f in held)[:480]
        values: Values = {"question": TOLD, "value": codes[:480], "text": said, "by": station.user.person or None}
        tx.op("answer", "content", case=view.id).new("answer", {k: v for k, v in values.items() if v is not None})
