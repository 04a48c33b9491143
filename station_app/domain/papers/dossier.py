"""What a complete file (卷宗) holds, the thirteen items of the national list with cover and contents; what it lacks.

Names and order as 司发通〔2010〕239号 and local lists of contents have them; which are a must follows from what
happened in the case: an agreement only where one was made, a record of a visit only where somebody visited.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from station_app.domain.case import Case, text
from station_app.domain.court.finding import Finding, Severity
from station_app.domain.court.laws import cite
from station_app.domain.papers.states import GONE, ISSUED, states

MEDIATION: Final = "mediation"
MUST, NEEDED, NOT = "must", "needed", "not"
_FILING: Final = (cite("tjf", 27),)
"""人民调解法 27: the committee files registration, records and agreement."""


@dataclass(frozen=True, slots=True)
class _Kind:
    no: int
    title: str
    templates: tuple[str, ...]
    need: Callable[[Case], str]
    all: bool = False


@dataclass(frozen=True, slots=True)
class Item:
    """One line of the list. `need`: must, needed (something happened that it records), not; `there`: issued or filed;
    `unsigned`: issued papers that people sign, of which neither a signature nor a scan is on record; `templates`: what
    fills it, the first as a rule."""

    no: int
    title: str
    need: str
    there: bool
    unsigned: tuple[str, ...]
    templates: tuple[str, ...]

    @property
    def missing(self) -> bool:
        """True for what the file should hold and does not."""
        return self.need != NOT and not self.there


def _must(_case: Case) -> str:
    return MUST


def _mediated(case: Case) -> str:
    """A case that was not accepted has neither notice nor record."""
    return NOT if case.case_state in ("registered", "refused", "referred") else MUST


def _agreed(case: Case) -> str:
    return MUST if case.agreement is not None and case.case_state != "ended" else NOT


def _ended(case: Case) -> str:
    return MUST if case.case_state == "ended" or text(case.record, "ended_at") else NOT


def _where(*kinds: str) -> Callable[[Case], str]:
    """Needed where there is any record of these kinds."""
    return lambda case: NEEDED if any(case.kind(kind) for kind in kinds) else NOT


def _agents(case: Case) -> str:
    agents = [a for p in case.parties for a in p.agents if text(a, "kind") != "representative"]
    return NEEDED if agents else NOT


def _court(case: Case) -> str:
    wanted = case.agreement is not None and text(case.agreement, "confirm") == "apply"
    return NEEDED if wanted or case.kind("confirmation") else NOT


def _note(case: Case) -> str:
    return NEEDED if any(text(r, "note") for r in case.kind("dossier")) else NOT


def _refused(case: Case) -> str:
    return MUST if case.case_state == "refused" else NOT


_KINDS: Final = (
    _Kind(0, "卷宗封面、卷内目录", ("dossier_cover", "dossier_contents"), _must, all=True),
    _Kind(1, "人民调解申请书或者受理登记表", ("acceptance_register", "application"), _mediated),
    _Kind(2, "当事人权利义务告知书", ("rights_notice",), _mediated),
    _Kind(3, "当事人身份证明", ("identity_sheets",), _mediated),
    _Kind(4, "授权委托书", ("power_of_attorney",), _agents),
    _Kind(5, "调查记录", ("inquiry",), _where("inquiry")),
    _Kind(6, "证据材料", ("evidence_list",), _where("evidence")),
    _Kind(7, "人民调解记录", ("mediation_record",), _mediated),
    _Kind(8, "人民调解协议书（口头协议登记表）", ("agreement", "oral_agreement"), _agreed),
    _Kind(8, "终止调解告知书", ("termination_notice",), _ended),
    _Kind(8, "不予受理告知书", ("refusal_notice",), _refused),
    _Kind(9, "履行凭证（签收表、收条）", ("wage_receipt", "receipt_slip"), _where("performance")),
    _Kind(10, "回访记录", ("return_visit",), _where("visit")),
    _Kind(11, "司法确认有关材料", ("confirmation_application",), _court),
    _Kind(12, "卷宗情况说明", ("dossier_note",), _note),
    _Kind(13, "封底", ("dossier_back",), _must),
)


def items(case: Case) -> list[Item]:
    """The list for one case, in order; [] for a service that is no mediation: its papers have no such list."""
    if text(case.record, "service") not in ("", MEDIATION):
        return []
    stands = states(case.state.records.values())
    papers = [p for p in case.papers if stands[p.id] not in GONE]
    found: list[Item] = []
    for kind in _KINDS:
        need = kind.need(case)
        mine = [p for p in papers if text(p, "template") in kind.templates]
        have = {text(p, "template") for p in mine}
        there = have >= set(kind.templates) if kind.all else bool(have)
        unsigned = [text(p, "title") for p in mine if text(p, "sign_pages") and stands[p.id] == ISSUED]
        found.append(Item(kind.no, kind.title, need, there, tuple(dict.fromkeys(unsigned)), kind.templates))
    return [item for item in found if item.need != NOT or item.there or item.no != 8]


def missing(case: Case) -> list[str]:
    """Titles of what the file should hold and does not: what holds up 归档 without a reason."""
    return [item.title for item in items(case) if item.missing]


def findings(case: Case) -> list[Finding]:
    """The list as findings: what is missing, and what came back neither signed nor scanned."""
    return list(_findings(case))


def _findings(case: Case) -> Iterator[Finding]:
    for item in items(case):
        code = f"D{item.no}"
        if item.missing:
            must = item.need == MUST
            said = f"卷内缺少{item.title}。" if must else f"卷内没有{item.title}，而办理过程中有相应记录。"
            severity = Severity.STOP if must else Severity.WARN
            yield Finding(code, severity, "paper.template", said, _FILING, "打印缺少的文书")
        for title in item.unsigned:
            said = f"{title}已出具，尚未登记签署，也没有签署件的扫描件。"
            yield Finding(code, Severity.WARN, "paper.state", said, _FILING, "扫描归档")
