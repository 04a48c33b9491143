"""A case as people think of it: the case, its parties, sessions, agreement, signatures, papers; read from a fold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sync.contract.canonical import Json
from sync.contract.fold import Record, State

APPLICANT, RESPONDENT, THIRD = "applicant", "respondent", "third"
PERSON, SOLE_TRADER = "person", "sole_trader"
NATURAL = frozenset({PERSON, SOLE_TRADER, ""})
"""Kinds of party that are people."""
NOT_SIGNED = frozenset({"refused", "absent"})
"""Manners of a signature record that say the person did not sign."""


def text(record: Record | None, name: str) -> str:
    """A text field, "" where it is not given."""
    value = record.get(name) if record else None
    return value if isinstance(value, str) else ""


def number(record: Record | None, name: str) -> int:
    """An integer field (分, counts), 0 where it is not given."""
    value = record.get(name) if record else None
    return value if isinstance(value, int) else 0


def names(record: Record | None, name: str) -> list[str]:
    """A list-of-text field, [] where it is not given."""
    value = record.get(name) if record else None
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []


def shares(record: Record) -> dict[str, int]:
    """The money map of an obligation: payee record -> 分."""
    value = record.get("shares")
    return {k: v for k, v in value.items() if isinstance(v, int)} if isinstance(value, dict) else {}


@dataclass(slots=True)
class Party:
    """One party with what belongs to it."""

    record: Record
    identity: Record | None = None
    wage: Record | None = None
    agents: list[Record] = field(default_factory=list)

    @property
    def id(self) -> str:
        """Record id."""
        return self.record.id

    @property
    def name(self) -> str:
        """Name as it stands on papers."""
        return text(self.record, "name")

    @property
    def role(self) -> str:
        """applicant, respondent or third."""
        return text(self.record, "role")

    @property
    def is_person(self) -> bool:
        """A natural person signs himself; a sole trader too (民法典 54)."""
        return text(self.record, "kind") in NATURAL


def in_order(records: Iterable[Record]) -> list[Record]:
    """Records that were not taken out, by their order number, then as they were made."""
    standing = [r for r in records if not r.get("removed")]
    return sorted(standing, key=lambda r: (number(r, "order") or number(r, "no"), r.id.split(".")[0], _made(r.id)))


def _made(rec: str) -> tuple[int, int]:
    _, seq, index = rec.split(".")
    return int(seq), int(index)


class Case:
    """Read-only view of one folded case; what was sorted once is kept, since a paper asks for the parties often."""

    def __init__(self, state: State, rec: str) -> None:
        """Wrap a fold, which is not changed any more; `rec` is the case's own record id."""
        self.state = state
        self.id = rec
        self.record = state.records[rec]
        self._kinds: dict[str, list[Record]] = {}
        self._parties: list[Party] | None = None

    def kind(self, name: str) -> list[Record]:
        """Standing records of one kind, in order."""
        if name not in self._kinds:
            self._kinds[name] = in_order(r for r in self.state.records.values() if r.kind == name)
        return list(self._kinds[name])

    def get(self, name: str) -> Json:
        """A field of the case itself."""
        return self.record.get(name)

    @property
    def case_state(self) -> str:
        """The state of the case (sync.contract.states)."""
        return text(self.record, "state")

    @property
    def facts(self) -> Record | None:
        """Summary and story, where they can be read."""
        return next(iter(self.kind("facts")), None)

    @property
    def parties(self) -> list[Party]:
        """All parties in their order, with identity, wage row and agents."""
        if self._parties is None:
            self._parties = self._with_all()
        return list(self._parties)

    def _with_all(self) -> list[Party]:
        result = {r.id: Party(r) for r in self.kind("party")}
        for record in self.kind("identity"):
            if text(record, "party") in result:
                result[text(record, "party")].identity = record
        for record in self.kind("wage"):
            if text(record, "party") in result:
                result[text(record, "party")].wage = record
        for record in self.kind("agent"):
            for rec in names(record, "parties"):
                if rec in result:
                    result[rec].agents.append(record)
        return list(result.values())

    def side(self, role: str) -> list[Party]:
        """Parties of one role."""
        return [p for p in self.parties if p.role == role]

    @property
    def agreement(self) -> Record | None:
        """The agreement in force: the last one made of all parties; in a narrowed case the one it was narrowed to."""
        found = self.kind("agreement")
        of_all = [a for a in found if not a.get("parties")]
        return (of_all or found)[-1] if found else None

    @property
    def confirmation(self) -> Record | None:
        """The last application for judicial confirmation, by its day."""
        found = self.kind("confirmation")
        return max(found, key=lambda r: text(r, "applied_on")) if found else None

    @property
    def individual(self) -> list[Record]:
        """The agreements made one for each worker (`domain.agreement.individual`)."""
        return [a for a in self.kind("agreement") if a.get("parties")]

    def of_agreement(self, kind: str, agreement: Record | None = None) -> list[Record]:
        """Terms, obligations or signatures of an agreement (the last one unless given)."""
        agreement = agreement or self.agreement
        return [r for r in self.kind(kind) if agreement and text(r, "agreement") == agreement.id and not r.get("void")]

    @property
    def obligations(self) -> list[Record]:
        """Obligation rows of the agreement."""
        return self.of_agreement("obligation")

    @property
    def terms(self) -> list[Record]:
        """Terms of the agreement in order."""
        return self.of_agreement("term")

    @property
    def signatures(self) -> list[Record]:
        """Signature events of the agreement."""
        return self.of_agreement("signature")

    @property
    def signed(self) -> list[Record]:
        """Signature events by which somebody really signed, sealed or fingerprinted."""
        return [s for s in self.signatures if text(s, "manner") not in NOT_SIGNED]

    @property
    def sealed(self) -> bool:
        """From the first signature event on nothing the agreement rests on is changed (CONTRACT 7); the first on any
        worker's own agreement holds all rows it was made from.
        """
        if self.signed:
            return True
        each = {a.id for a in self.individual}
        acts = (s for s in self.kind("signature") if text(s, "agreement") in each and not s.get("void"))
        return any(text(s, "manner") not in NOT_SIGNED for s in acts)

    def signed_agreement(self, record: Record) -> bool:
        """True for an agreement somebody signed, and for its terms and obligations: they never change again."""
        mine = record.id if record.kind == "agreement" else text(record, "agreement")
        if record.kind not in ("agreement", "term", "obligation") or not mine:
            return False
        signatures = (s for s in self.kind("signature") if text(s, "agreement") == mine and not s.get("void"))
        return any(text(s, "manner") not in NOT_SIGNED for s in signatures)

    @property
    def papers(self) -> list[Record]:
        """Issued papers, oldest first."""
        return sorted(self.kind("paper"), key=lambda r: (number(r, "issued_ms"), _made(r.id)))

    def paper(self, template: str) -> Record | None:
        """The newest issued paper of a template."""
        found = [p for p in self.papers if text(p, "template") == template]
        return found[-1] if found else None

    @property
    def labour(self) -> bool:
        """A labour dispute: never oral (劳动争议调解仲裁法 14), signed and not only fingerprinted."""
        return bool(self.record.get("labour"))

    def performed(self, obligation: Record) -> int:
        """分 performed on an obligation; failed transfers do not count."""
        rows = [r for r in self.kind("performance") if text(r, "obligation") == obligation.id]
        return sum(number(r, "amount") for r in rows if text(r, "outcome") != "failed")

    def shown(self, role: str) -> str:
        """ "田志强等17人": the parties of a role in one word."""
        return together([p.name for p in self.side(role)])


def together(people: list[str]) -> str:
    """Up to two names in full, else the first and how many."""
    return "、".join(people) if len(people) <= 2 else f"{people[0]}等{len(people)}人"


def default_title(applicants: list[str], respondents: list[str], what: str) -> str:
    """ "田志强等17人与某公司拖欠农民工工资纠纷": names, never 诉, which is a lawsuit."""
    sides = [together(names) for names in (applicants, respondents) if names]
    matter = what if what.endswith(("纠纷", "咨询", "服务", "建议", "投诉", "救助", "诉求")) else what + "纠纷"
    return "与".join(sides) + matter


def effective_date(case: Case) -> str:
    """The day an agreement took effect, "" while an act is missing (人民调解法 29).

    The latest of: every party's signature, seal or fingerprint; the mediator's signature; the committee's seal.
    """
    days: list[str] = []
    signed = case.signed
    for party in case.parties:
        own = [s for s in signed if text(s, "party") == party.id and text(s, "role") in ("party", "agent", "guardian")]
        if not own:
            return ""
        days.append(min(text(s, "on") for s in own))
    for role in ("mediator", "committee"):
        acts = [text(s, "on") for s in signed if text(s, "role") == role]
        if not acts:
            return ""
        days.append(min(acts))
    return max(days) if all(days) else ""
