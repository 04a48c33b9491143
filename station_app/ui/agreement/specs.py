"""The forms of an agreement."""

from __future__ import annotations

from typing import Final

from station_app.ui.forms.spec import FormSpec, Item, Section
from station_app.ui.marks import QT_TRANSLATE_NOOP

TERMS: Final = FormSpec(
    "agreement",
    (
        Section(
            "",
            (
                Item("obligation.payers", span=2),
                Item("obligation.liability"),
                Item("obligation.method"),
                Item("obligation.what", span=2),
                Item("agreement.confirm"),
                Item("agreement.read_mode"),
            ),
            columns=4,
        ),
    ),
)
INSTALMENT: Final = FormSpec(
    "instalment",
    (Section("", (Item("obligation.amount", required=True), Item("obligation.due", required=True)), columns=2),),
)
OTHER: Final = FormSpec(
    "other",
    (
        Section(
            "",
            (
                Item("obligation.kind", required=True),
                Item("obligation.payers", required=True),
                Item("obligation.what", required=True, span=2),
                Item("obligation.due"),
                Item("obligation.consequence", span=2),
            ),
        ),
    ),
)
TERM: Final = FormSpec("term", (Section("", (Item("term.text", required=True),), 1),))
SIGN: Final = FormSpec(
    "sign",
    (
        Section(
            "",
            (
                Item("signature.manner", required=True),
                Item("signature.seal"),
                Item("signature.on", required=True),
                Item("signature.witness"),
                Item("signature.name", label=QT_TRANSLATE_NOOP("Forms", "代为签署的代理人（本人签署的不填）")),
                Item("signature.note"),
            ),
        ),
    ),
)
