"""Which court may confirm: the committee's place always, other places of art. 205 with their ground named."""

from __future__ import annotations

from dataclasses import dataclass

from station_app.domain.case import text
from station_app.domain.court.facts import Facts
from station_app.domain.court.laws import Article, cite

_GROUNDS = {"domicile": "当事人住所地", "object": "标的物所在地", "invited": "邀请先行调解的人民法院"}


@dataclass(frozen=True, slots=True)
class Venue:
    """One court: its name, why it may take the application, and the articles; `first` is the one proposed."""

    court: str
    reason: str
    basis: tuple[Article, ...]
    first: bool = False


def venues(f: Facts) -> list[Venue]:
    """The courts this case can go to, the proposed one first; [] where the committee's court is not on record."""
    own = f.committee.court
    found: list[Venue] = []
    if own:
        if f.labour:
            reason = f"劳动争议只能向人民调解委员会所在地的基层人民法院申请，即{own}。"
            return [Venue(own, reason, (cite("jsy", 52), cite("msf", 205)), first=True)]
        found.append(Venue(own, f"调解组织所在地的基层人民法院是{own}。", (cite("msf", 205),), first=True))
    chosen = text(f.agreement, "court") or text(f.case.record, "court")
    ground = _GROUNDS.get(f.answer("court_ground"), "")
    if chosen and chosen != own and ground:
        found.append(Venue(chosen, f"{chosen}是{ground}的人民法院。", (cite("msf", 205),)))
    return found
