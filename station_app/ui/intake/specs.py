"""What the forms of an appeal and of a party hold."""

from __future__ import annotations

from typing import Final

from station_app.ui.forms.spec import FormSpec, Item, Section
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
                Item("case.amount"),
                Item("case.place", span=2),
                Item("case.found_at"),
                Item("case.labour"),
                Item("facts.story", span=4),
                Item("facts.request", span=4),
            ),
            columns=4,
        ),
    ),
)

PARTY: Final = FormSpec(
    "party",
    (
        Section(
            "",
            (
                Item("party.role", required=True),
                Item("party.kind", required=True),
                Item("party.name", required=True, span=2),
                Item("identity.id_number", span=2),
                Item("identity.phone"),
                Item("identity.legal_rep"),
                Item("identity.legal_rep_title"),
                Item("identity.address", span=2),
                Item("identity.id_override", span=4),
            ),
            columns=4,
        ),
    ),
)
ID_KIND: Final = {"person": "resident", "sole_trader": "resident"}
"""Document a kind of party shows; all others have a credit code."""
