"""The cards of the page of a case in their order; each shows one part of it and offers what belongs to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from station_app.ui.case.around.hidden import Hidden
from station_app.ui.case.around.links import Links
from station_app.ui.case.around.newer import Newer
from station_app.ui.case.clocks import Clocks
from station_app.ui.case.contacts import Contacts
from station_app.ui.case.dossier import Dossier
from station_app.ui.case.gallery import Gallery
from station_app.ui.case.orders import Orders
from station_app.ui.case.part import Part
from station_app.ui.case.records import Records
from station_app.ui.case.sections.dues import Dues
from station_app.ui.case.sections.facts import Facts
from station_app.ui.case.sections.history import Course, Rivals
from station_app.ui.case.sections.mediation import Agreement, Sessions
from station_app.ui.case.sections.papers import Papers
from station_app.ui.case.sections.parties import Parties
from station_app.ui.case.service import Service

if TYPE_CHECKING:
    from station_app.ui.case.page import CasePage

__all__ = ["Agreement", "Course", "Dues", "Facts", "Papers", "Parties", "Rivals", "Sessions", "build"]


def build(page: CasePage) -> list[Part]:
    """All parts in the order of the page."""
    kinds = (
        Rivals,
        Newer,
        Hidden,
        Facts,
        Service,
        Clocks,
        Parties,
        Links,
        Sessions,
        Agreement,
        Papers,
        Gallery,
        Dossier,
        Dues,
        Contacts,
        Orders,
        Records,
        Course,
    )
    return [kind(page) for kind in kinds]
