"""The facts the court's view looks at: one case read once, with the people and the committee it names."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from typing import Final

from station_app.domain.agreement.facts import is_wage
from station_app.domain.agreement.obligations import Duty, Plan, duties, plans
from station_app.domain.case import APPLICANT, RESPONDENT, Case, Party, effective_date, text
from station_app.domain.dates import as_date
from station_app.domain.holidays import OFFICIAL, RestDays
from sync.contract.fold import Record

_INJURY: Final = re.compile("工伤|伤残|劳动能力鉴定|工亡|伤残补助")
_FOR_PARTY: Final = frozenset({"party", "agent", "guardian"})
APPLY, NOT_WANTED = "apply", "not"


@dataclass(frozen=True, slots=True)
class Committee:
    """The committee that mediates: its name, its basic court; "" where not on record."""

    name: str = ""
    court: str = ""
    rec: str = ""


@dataclass
class Facts:
    """A case as the rules see it. `people`: record id -> person of the reference data; `today`: Asia/Shanghai.

    `pack`: values of the rules pack by key, None where a value is not set.
    """

    case: Case
    today: date
    committee: Committee = field(default_factory=Committee)
    people: Mapping[str, Record] = field(default_factory=dict)
    rest_days: RestDays = OFFICIAL
    pack: Mapping[str, object] = field(default_factory=dict)

    @cached_property
    def agreement(self) -> Record | None:
        """The agreement in force."""
        return self.case.agreement

    @cached_property
    def parties(self) -> list[Party]:
        """All parties, in order."""
        return self.case.parties

    @cached_property
    def by_id(self) -> dict[str, Party]:
        """Party by record id."""
        return {p.id: p for p in self.parties}

    def side(self, role: str) -> list[Party]:
        """Parties of one role."""
        return [p for p in self.parties if p.role == role]

    @cached_property
    def applicants(self) -> list[Party]:
        """申请人."""
        return self.side(APPLICANT)

    @cached_property
    def respondents(self) -> list[Party]:
        """被申请人."""
        return self.side(RESPONDENT)

    @cached_property
    def rows(self) -> list[Duty]:
        """The obligations as rows."""
        return duties(self.case)

    @cached_property
    def plans(self) -> list[Plan]:
        """Promises with their instalments."""
        return plans(self.rows)

    @cached_property
    def terms(self) -> list[Record]:
        """Terms in order."""
        return self.case.terms

    @cached_property
    def wording(self) -> list[tuple[str, str, str, str]]:
        """All words a court reads in the agreement: (place, record, how the place is called, words)."""
        found = [
            ("term.text", t.id, f"第{i}条", text(t, "text")) for i, t in enumerate(self.terms, 1) if text(t, "text")
        ]
        shown = {words for _, _, _, words in found}
        for row in self.rows:
            for name in ("what", "condition", "consequence", "method_note"):
                words = getattr(row, name)
                if words and not any(words in whole for whole in shown):
                    found.append((f"obligation.{name}", row.rec, "履行事项", words))
        return found

    @cached_property
    def story(self) -> str:
        """What happened, from the case and from the agreement, in one text."""
        names = ("summary", "story", "request")
        told = [text(self.case.facts, n) for n in names] + [text(self.agreement, n) for n in ("facts", "disputed")]
        return "\n".join(t for t in told if t)

    @cached_property
    def everything(self) -> str:
        """Story and agreement in one text."""
        return "\n".join([self.story, *(words for *_, words in self.wording)])

    @cached_property
    def answers(self) -> dict[str, Record]:
        """Question -> the answer on record, the newest."""
        return {text(r, "question"): r for r in self.case.kind("answer")}

    def answer(self, question: str) -> str:
        """The answer's value, "" where nobody was asked yet."""
        return text(self.answers.get(question), "value")

    @property
    def labour(self) -> bool:
        """A labour dispute."""
        return self.case.labour

    @property
    def mediated(self) -> bool:
        """A dispute to be mediated, not a consultation or another service; a case that says nothing is one."""
        return text(self.case.record, "service") in ("", "mediation")

    @cached_property
    def wage(self) -> bool:
        """A dispute about wages with a roster."""
        return is_wage(self.case)

    @cached_property
    def injury(self) -> bool:
        """A work injury, by the words of the case (工伤, 伤残, 劳动能力鉴定); a sentence that keeps rights is none."""
        sentences = re.split("[。\n]", self.everything)
        return self.labour and any(_INJURY.search(s) and "不影响" not in s for s in sentences)

    @property
    def wanted(self) -> str:
        """Whether judicial confirmation is wanted: apply, not, undecided, ""."""
        return text(self.agreement, "confirm")

    @property
    def court_in_play(self) -> bool:
        """There is an agreement and nobody said that the court is not wanted."""
        return self.agreement is not None and self.wanted != NOT_WANTED

    @cached_property
    def signed(self) -> list[Record]:
        """Signature events by which somebody really signed."""
        return self.case.signed

    @cached_property
    def acts(self) -> dict[str, list[Record]]:
        """Party -> what was signed for it, by itself, an agent or a guardian."""
        found: dict[str, list[Record]] = {}
        for record in self.signed:
            if text(record, "role") in _FOR_PARTY:
                found.setdefault(text(record, "party"), []).append(record)
        return found

    @cached_property
    def effective(self) -> date | None:
        """The day the agreement took effect (人民调解法 29)."""
        day = effective_date(self.case)
        return as_date(day) if day else None

    @property
    def total(self) -> int:
        """All money of the agreement, in 分."""
        return sum(row.amount for row in self.rows if row.money)

    def name(self, rec: str) -> str:
        """Name of a party."""
        return self.by_id[rec].name if rec in self.by_id else "（不在当事人中）"
