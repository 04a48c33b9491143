"""The forms of rounds, findings, bookings, duty list and day log."""

from __future__ import annotations

from typing import Final

from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.marks import QT_TRANSLATE_NOOP

Choices = tuple[tuple[str, str], ...]


def patrol(people: Choices, *, new: bool) -> FormSpec:
    """A round; a new one with what was found, a line each."""
    items = [
        Item("patrol.at", required=True),
        Item("patrol.until"),
        Item("patrol.place", required=True),
        Item("patrol.place_kind"),
        Item("patrol.subject", required=True),
        Item("patrol.leader", choices=people),
        Item("patrol.members", span=2),
        Item("patrol.text", span=2),
    ]
    if new:
        label = QT_TRANSLATE_NOOP("Forms", "发现的问题（每行一项，没有的不填）")
        items.append(Item("round.found", type="long", label=label, span=2))
    return FormSpec("patrol", (Section("", tuple(items)),))


FINDING: Final = FormSpec(
    "finding",
    (
        Section(
            "",
            (Item("finding.text", required=True, span=2), Item("finding.risk"), Item("finding.measure", span=2)),
        ),
    ),
)
SETTLE: Final = FormSpec(
    "settle",
    (
        Section(
            "",
            (Item("finding.result", required=True, span=2), Item("finding.done_by"), Item("finding.done_on")),
        ),
    ),
)
APPEAL: Final = FormSpec(
    "finding_appeal",
    (
        Section(
            "",
            (
                Item("facts.summary", required=True, span=2),
                Item("case.service", required=True),
                Item("case.type"),
                Item("applicant.name", type="text", label=QT_TRANSLATE_NOOP("Forms", "申请人姓名（没有申请人的不填）")),
                Item("applicant.phone", type="text", label=QT_TRANSLATE_NOOP("Forms", "申请人电话")),
                Item("respondent.name", type="text", label=QT_TRANSLATE_NOOP("Forms", "被申请人名称"), span=2),
            ),
        ),
    ),
)


def duty(people: Choices) -> FormSpec:
    """Who is on duty, from when to when."""
    last = QT_TRANSLATE_NOOP("Forms", "到哪天为止（只有一天的不填）")
    items = (
        Item("duty.day", required=True),
        Item("span.until", type="date", label=last),
        Item("duty.person", choices=people),
        Item("duty.name"),
        Item("duty.shift", required=True),
        Item("duty.phone"),
    )
    return FormSpec("duty", (Section("", items),))


DAY_LOG: Final = FormSpec("day_log", (Section("", (Item("day_log.text", span=2), Item("day_log.handed_to"))),))
