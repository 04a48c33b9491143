"""The draft of an appeal: everything typed, its parties, the answers of the duplicate strip, and the caret."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from station_app.domain.case import APPLICANT, RESPONDENT
from station_app.services.cases import Intake
from station_app.services.local.drafts import Draft
from station_app.ui.forms.autosave import Snapshot
from station_app.ui.widgets.layout import clear
from sync.contract.canonical import Json

if TYPE_CHECKING:
    from station_app.ui.intake.page import IntakePage

_PARTIES, _LINKS = "parties", "links"
_USUAL: Final = ("case.service", "case.channel", "case.secrecy")


def shot(page: IntakePage) -> Snapshot:
    """What a draft holds."""
    raw = typed(page)
    data: dict[str, Json] = {**raw, _PARTIES: [c.raw() for c in page.cards]}
    data[_LINKS] = [[how, case] for how, case in page.alike.links]
    named = [str(c.raw().get("party.name") or "") for c in page.cards]
    title = str(raw.get("facts.summary") or "、".join(n for n in named if n))
    return Snapshot(title, data, page.form.caret() or page.more.caret())


def typed(page: IntakePage) -> dict[str, Json]:
    """Both forms as typed, by path."""
    return {**page.form.raw(), **page.more.raw()}


def untouched(page: IntakePage) -> bool:
    """True while nothing but the usual values is there."""
    return all(c.empty for c in page.cards) and not any(v for k, v in typed(page).items() if k not in _USUAL)


def put_back(page: IntakePage, data: dict[str, Json], caret: str = "") -> None:
    """Fill the page with what a snapshot holds."""
    for form in (page.form, page.more):
        form.set_raw({k: v for k, v in data.items() if k in form.boxes})
    parties = data.get(_PARTIES)
    if isinstance(parties, list):
        clear(page.people)
        page.cards = []
        for raw in parties:
            if isinstance(raw, dict):
                page.add(APPLICANT).set_raw(raw)
    answers = data.get(_LINKS)
    if isinstance(answers, list):
        page.alike.put_back([(str(a[0]), str(a[1])) for a in answers if isinstance(a, list) and len(a) == 2])
    page.fit_service()
    page.form.set_caret(caret)
    page.more.set_caret(caret)


def put_sample(page: IntakePage, sample: Intake) -> None:
    """Begin with what a sample has: its parties after an empty applicant."""
    facts = {f"facts.{k}": v for k, v in sample.facts.items()}
    values = {**{f"case.{k}": v for k, v in sample.case.items()}, **facts}
    for form in (page.form, page.more):
        form.set_values(values)
    clear(page.people)
    page.cards = []
    page.add(APPLICANT)
    for party in sample.parties:
        made = page.add(str(party.party.get("role") or RESPONDENT), str(party.party.get("kind") or "person"))
        told = {
            **{f"party.{k}": v for k, v in party.party.items()},
            **{f"identity.{k}": v for k, v in party.identity.items()},
        }
        made.fill(told)
    page.fit_service()
    page.cards[0].form.focus_on("party.name")


def adopt(page: IntakePage, draft: Draft | None) -> None:
    """Go on with a draft that was loaded."""
    if draft is not None:
        page.saver.adopt(draft.id)
        put_back(page, draft.data, draft.caret)
        page.alike.touch()
