"""What the forms of an appeal and of a party hold."""

from __future__ import annotations

from typing import Final

from station_app.ui.forms.spec import FormSpec, Item, Section, asked_of_list
from station_app.ui.marks import QT_TRANSLATE_NOOP

APPEAL: Final = FormSpec(
    "intake",
    (
        Section(
            QT_TRANSLATE_NOOP("Forms", "诉求"),
            (
                Item(
                    "facts.summary", required=True, span=4, hint=QT_TRANSLATE_NOOP("Forms", "一句话写明什么事、要什么")
                ),
                Item("case.service", required=True),
                Item("case.type"),
                Item("case.channel"),
                Item("case.secrecy"),
            ),
            columns=4,
        ),
    ),
)
"""What is asked first; the rest follows the people (`more`), and can wait."""

_FIRST: Final = (
    Item("case.place", span=2),
    Item("case.amount"),
    Item("case.people"),
    Item("case.found_at", hint=QT_TRANSLATE_NOOP("Forms", "如：昨天 0905")),
    Item("case.labour"),
)
_REST: Final = (
    Item("complaint.unit", span=2),
    Item("consultation.question", span=4),
    Item("suggestion.text", span=4),
    Item("relief.need", span=4),
    Item("facts.story", span=4),
    Item("facts.request", span=4),
)


def more() -> FormSpec:
    """The rest of an appeal; 重点领域 is asked where the district has brought its list."""
    items = (*_FIRST, *asked_of_list("case.key_area"), *_REST)
    return FormSpec("intake_more", (Section("", items, columns=4),))


OF_SERVICE: Final = {
    "complaint.unit": "complaint",
    "consultation.question": "legal",
    "suggestion.text": "suggestion",
    "relief.need": "aid",
    "case.labour": "mediation",
    "case.type": "mediation",
}
"""Fields that only one service needs; with another they are not seen."""

PARTY: Final = FormSpec(
    "party",
    (
        Section(
            "",
            (
                Item("party.name", span=2, hint=QT_TRANSLATE_NOOP("Forms", "姓名、首字母、证件末四位或电话")),
                Item("identity.id_number", span=2),
                Item("identity.phone"),
                Item("identity.address", span=2),
                Item("party.role", required=True),
                Item("party.kind", required=True),
                Item("identity.legal_rep"),
                Item("identity.legal_rep_title"),
                Item("identity.id_override", span=4),
            ),
            columns=4,
        ),
    ),
)
AGENT: Final = FormSpec(
    "agent",
    (
        Section(
            QT_TRANSLATE_NOOP("Forms", "代理人"),
            (
                Item("agent.name"),
                Item("agent.kind"),
                Item("agent.authority"),
                Item("agent.phone"),
                Item("agent.id_number", span=2),
            ),
            columns=4,
        ),
    ),
)
"""Who acts for the party; opened by F3."""
ID_KIND: Final = {"person": "resident", "sole_trader": "resident"}
"""Document a kind of party shows; all others have a credit code."""
