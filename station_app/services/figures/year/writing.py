"""Write a planned year through the store: real operations, sealed and chained, many appeals to one durable group.

Each appeal is written the way its steps were recorded, with their own true times; a step its state does not allow
is refused here as anywhere. The clock of the station moves along.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from station_app.clock import SHANGHAI, FixedClock
from station_app.domain.case import default_title
from station_app.domain.course.services import MEDIATION
from station_app.domain.figures import places
from station_app.services import warning
from station_app.services.cases import Values, matter
from station_app.services.figures.year.plan import Appeal
from station_app.services.figures.year.recipe import load
from station_app.services.figures.year.stations import Place
from station_app.services.figures.year.texts import Person
from station_app.services.station import Station
from station_app.store.core import NEW_CASE, OpDraft, Tx
from sync.contract.errors import KnownError
from sync.contract.fold import Record, fold, overwrite
from sync.contract.states import REGISTERED, STEPS, may_step

BATCH: Final = 200
"""Appeals to one group: a commit costs as much as writing some forty of them."""


def write_stations(station: Station, stations: Iterable[Place]) -> None:
    """Enter the stations and their committees as reference facts, so that figures can name them."""
    with station.store.write(actor=station.user.person, wall=station.clock.now_ms()) as tx:
        op = tx.op("set_station", "reference")
        committees: dict[str, str] = {}
        for place in stations:
            home = place.street if place.kind == "street" else place.street + places.communities()[place.stream]
            if home not in committees:
                named: Values = {"name": f"深圳市光明区{home}人民调解委员会", "community": place.stream}
                committees[home] = op.new("committee", named)
            values: Values = {"name": place.name, "code": place.code, "community": place.stream}
            op.new("station", {**values, "street": place.street, "committee": committees[home]})


def write_year(
    station: Station,
    clock: FixedClock,
    appeals: list[Appeal],
    *,
    progress: Callable[[int, int], bool] | None = None,
) -> int:
    """Write all appeals; how many were written. `progress(done, all)` is told after each group, False stops there."""
    done = 0
    while done < len(appeals):
        batch = appeals[done : done + BATCH]
        clock.set(datetime.fromisoformat(batch[-1].last).replace(tzinfo=SHANGHAI))
        with station.write("register") as tx:
            for appeal in batch:
                _Writer(station, tx, appeal).write()
        done += len(batch)
        if progress is not None and not progress(done, len(appeals)):
            break
    return done


@dataclass(slots=True)
class _Writer:
    """One appeal into an open transaction."""

    station: Station
    tx: Tx
    appeal: Appeal
    case: str = ""
    drafts: list[OpDraft] | None = None

    def write(self) -> None:
        """登记 and every step."""
        self.drafts = []
        parties = self._register()
        obligation = ""
        for verb, at, reason in self.appeal.steps:
            self._step(verb, at, reason)
            if verb == "agree":
                obligation = self._agreement(parties, at)
            elif verb in ("perform_all", "feed_back") and obligation:
                self._perform(obligation, parties, at)
                obligation = ""

    def _op(self, verb: str, compartment: str) -> OpDraft:
        op = self.tx.op(verb, compartment, case=self.case or NEW_CASE, stream=self.appeal.place.stream)
        assert self.drafts is not None
        self.drafts.append(op)
        return op

    def _register(self) -> list[str]:
        told = self.appeal.story
        op = self._op("register", "register")
        self.case = op.new("case", self._values())
        parties = [*told.applicants, *([told.respondent] if told.respondent else [])]
        recs = [
            op.new("party", {"order": n, "role": self._role(person), "kind": _kind(person), "name": person.name})
            for n, person in enumerate(parties, 1)
        ]
        content = self._op("register", "content")
        content.new("facts", {"summary": told.summary, "story": told.story, "request": "依法处理。"})
        for rec, person in zip(recs, parties, strict=True):
            if person.id_number:
                identity: Values = {"id_kind": "resident", "id_number": person.id_number, "phone": person.phone}
                content.new("identity", {"party": rec, **identity})
        return recs

    def _role(self, person: Person) -> str:
        return "respondent" if person is self.appeal.story.respondent else "applicant"

    def _values(self) -> Values:
        appeal, told = self.appeal, self.appeal.story
        values: Values = {
            "service": appeal.service,
            "channel": appeal.channel,
            "type": appeal.type or None,
            "labour": appeal.labour or None,
            "state": REGISTERED,
            "state_since": appeal.registered_at,
            "registered_at": appeal.registered_at,
            "found_at": appeal.registered_at,
            "station": appeal.place.code,
            "community": appeal.place.stream,
            "recorder": self.station.user.person,
            "people": told.people,
            "amount": told.amount or None,
            "place": told.place,
            "demo": True,
        }
        if appeal.service == MEDIATION and told.people >= load().difficult_people:
            reason = f"涉及{told.people}人"
            values |= {"difficult": True, "difficult_reason": reason, "difficult_by": self.station.user.person}
        names = [p.name for p in told.applicants]
        respondents = [told.respondent.name] if told.respondent else []
        values["title"] = default_title(names, respondents, matter(values))
        values.update(warning.at_intake(values, {"summary": told.summary, "story": told.story}))
        return {key: value for key, value in values.items() if value is not None}

    def _record(self) -> Record:
        assert self.drafts is not None
        said = [d.as_folded(self.tx.actor, self.tx.wall) for d in self.drafts if d.compartment == "register"]
        return fold(said).records[self.case]

    def _step(self, verb: str, at: str, reason: str) -> None:
        record, rule = self._record(), STEPS[verb]
        state = str(record.values["state"])
        if not may_step(verb, state):
            raise KnownError("E-405", step=verb, state=state)
        values: Values = {"state": rule.reaches, "state_reason": reason or None, "state_since": at}
        if rule.stamps:
            values[rule.stamps] = at
        if verb == "accept":
            values["legal_date"] = at[:10]
        change = overwrite(record, values)
        change.expect["state"] = state
        self._op(verb, "register").put(change)

    def _agreement(self, parties: list[str], at: str) -> str:
        """The agreement with its one sum; returns the obligation, "" where no money is paid."""
        told = self.appeal.story
        op = self._op("agree", "content")
        form = "oral" if self.appeal.oral else "written"
        agreement = op.new("agreement", {"form": form, "total": told.amount or None, "effective_on": at[:10]})
        if not told.amount or told.respondent is None:
            return ""
        due = (date.fromisoformat(at[:10]) + timedelta(3)).isoformat()
        return op.new(
            "obligation",
            {
                "agreement": agreement,
                "order": 1,
                "kind": "pay",
                "payers": [parties[-1]],
                "what": "约定款项",
                "amount": told.amount,
                "shares": {parties[0]: told.amount},
                "due": due,
                "due_rule": "on_date",
            },
        )

    def _perform(self, obligation: str, parties: list[str], at: str) -> None:
        amount = self.appeal.story.amount
        values: Values = {"obligation": obligation, "party": parties[0], "amount": amount, "on": at[:10]}
        self._op("perform", "content").new("performance", {**values, "outcome": "paid"})


def _kind(person: Person) -> str:
    return "organisation" if person.company else "person"
