"""The six services: which steps each has, which records belong to it, and what says that it was rendered. Pure.

Only the mediation of disputes is governed by the People's Mediation Law (2); a consultation, a suggestion or relief is
taken on, rendered and reported back. The tracks are our own words for the station's work.
"""

from __future__ import annotations

from typing import Final

from station_app.domain.case import Case, text

MEDIATION, LEGAL, PSYCH, COMPLAINT, SUGGESTION, AID = (
    "mediation", "legal", "psych", "complaint", "suggestion", "aid",
)  # fmt: skip
OWN: Final = {
    LEGAL: "consultation",
    PSYCH: "psych_note",
    COMPLAINT: "complaint",
    SUGGESTION: "suggestion",
    AID: "relief",
}
"""Service -> the kind of record it is rendered with."""
STEPS: Final = frozenset({"accept", "refuse", "refer", "feed_back", "archive", "reopen"})
"""Steps of a case of a service that is no mediation."""
_ALWAYS: Final = frozenset(
    {"contact", "evidence", "booking", "notice", "reply", "dossier", "answer", "service_address"}
)
_MEDIATING: Final = frozenset({"extension", "recusal", "inquiry", "seal_use", "advice", "private_note"})
_BESIDE: Final = {
    MEDIATION: _MEDIATING | {"consultation", "psych_note", "relief"},
    COMPLAINT: frozenset({"inquiry"}),
    LEGAL: frozenset({"psych_note"}),
    PSYCH: frozenset({"consultation", "relief"}),
    AID: frozenset({"inquiry", "consultation", "psych_note"}),
    SUGGESTION: frozenset(),
}
_OF_SERVICES: Final = frozenset(OWN.values()) | _MEDIATING
TRACK: Final = {
    "": ("collected",),
    "collected": ("assessed",),
    "assessed": ("adopted", "golden", "not_adopted"),
    "adopted": ("carried_out",),
    "golden": ("carried_out",),
    "not_adopted": ("fed_back",),
    "carried_out": ("fed_back",),
    "fed_back": (),
}
"""征集 → 评估 → 采纳 → 落实 → 反馈: where a suggestion may go from each place."""
URGENT: Final = frozenset({"high", "urgent"})
"""Risks of a psychological screening that somebody must look at now."""


def service_of(view: Case) -> str:
    """The service of a case; one of a newer program counts as mediation, of which nothing is kept back."""
    found = text(view.record, "service")
    return found if found in OWN else MEDIATION


def steps_fit(view: Case, verb: str) -> bool:
    """Whether a step belongs to the service of this case."""
    return service_of(view) == MEDIATION or verb in STEPS


def fits(view: Case, kind: str) -> bool:
    """Whether a kind of record is offered for this case: its service's own, what may stand beside it, what is there."""
    service = service_of(view)
    wanted = _ALWAYS | _BESIDE.get(service, frozenset()) | {OWN.get(service, "")}
    return kind in wanted or bool(view.kind(kind))


def misfit(view: Case, kind: str) -> bool:
    """Whether a kind of record belongs to other services than this case's; one that belongs to none fits every case."""
    return kind in _OF_SERVICES and not fits(view, kind)


def rendered(view: Case) -> bool:
    """Whether the records say that the service was rendered: only then is it reported back as done.

    A record that this device cannot open counts as there: its compartment is closed to whoever asks.
    """
    service = service_of(view)
    if service == MEDIATION:
        return True
    if service == LEGAL:
        return any(text(r, "advice") or r.get("aid") for r in view.kind("consultation"))
    if service == COMPLAINT:
        return bool(view.kind("reply")) or any(text(r, "findings") for r in view.kind("complaint"))
    if service == SUGGESTION:
        return any(text(r, "track") in ("adopted", "golden", "not_adopted", "carried_out", "fed_back")
                   for r in view.kind("suggestion"))  # fmt: skip
    if service == AID:
        return any(text(r, "measure") or text(r, "result") for r in view.kind("relief"))
    return bool(view.kind("psych_note")) or bool(view.state.unreadable)
