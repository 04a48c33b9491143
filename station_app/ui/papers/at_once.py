"""Ctrl+Enter on a paper: issued where it is to be issued, then printed in the copies it is made in, with no question.

The window of printing shows how far it is and stops it; where no printer is chosen yet, or something is wrong, it waits
there as if it had been opened by hand.
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from station_app.services import papers, printing
from station_app.services.papers import Card, Issued
from station_app.services.printing import Item
from station_app.ui.papers import by_hand, told
from station_app.ui.papers.printing_dialog import PrintDialog

if TYPE_CHECKING:
    from station_app.ui.papers.page import CasePapersPage


def issue_and_print(page: CasePapersPage) -> None:
    """The paper chosen in the list; nothing where it cannot be issued yet."""
    card = page.card
    if card is None:
        return
    if page.issue.isEnabled():
        told.then(page, card, lambda: by_hand.issue(page, card, then=partial(_print, page, card.template)))
    elif card.paper:
        told.then(page, card, lambda: _print(page, card.template))


def _print(page: CasePapersPage, template: str, _issued: Issued | None = None) -> None:
    station, rec = page.station, page.rec

    def read() -> Item:
        card: Card = papers.chosen(station, case=rec, template=template)
        return printing.item_of(station, case=rec, card=card)

    page.tasks.read(read, done=partial(_start, page), failed=page.notices.error, owner=page)


def _start(page: CasePapersPage, item: Item) -> None:
    dialog = PrintDialog(page, page.desk, item=item)

    def go() -> None:
        if dialog.go.isEnabled():
            dialog.start()

    dialog.known.connect(go)
    page.show_printer(dialog)
