"""读身份证 on a party's card: whatever goes wrong at the reader is one sentence, and typing goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from station_app.domain.intake.card import expired
from station_app.services.intake import card_reader
from sync.contract.canonical import Json
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.ui.desk import Desk
    from station_app.ui.intake.party import PartyCard


def read(card: PartyCard, desk: Desk) -> None:
    """Facts from the card on the reader into the party's fields."""
    station = desk.station
    card.card.setEnabled(False)

    def done(values: dict[str, Json]) -> None:
        card.card.setEnabled(True)
        card.fill(values)
        if expired(values, station.clock.today()):
            said = QCoreApplication.translate("PartyCard", "身份证已过有效期，请核对。")
            desk.notices.say(said, tone="amber")

    def failed(error: KnownError) -> None:
        card.card.setEnabled(True)
        desk.notices.error(error)

    desk.tasks.read(lambda: card_reader.read(station), done=done, failed=failed, owner=card)
