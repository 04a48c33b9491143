"""资料: what is in force on this PC: papers, clauses, code lists, rules; since when, by which source, who signed it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from station_app.domain import codes, rules
from station_app.services import packs
from station_app.services.station import Station

PAPER, CLAUSE, CODES, RULES = "paper", "clause", "codes", "rules"
KINDS: Final = (RULES, CODES, PAPER, CLAUSE)
"""Kinds of 资料 in the order they are listed: the fewest first."""


@dataclass(frozen=True, slots=True)
class InForce:
    """One of them. `since`: YYYY-MM-DD, the day it holds from or its source was read; `signer`: who signed the pack it
    came in, "" for the program's own; `detail`: how many entries, or what is not set.
    """

    kind: str
    name: str
    title: str
    edition: str
    since: str
    source: str
    signer: str = ""
    detail: str = ""


def listed(station: Station) -> list[InForce]:
    """All that is in force today, by kind."""
    signers = _signers(station)
    found = [_rules()]
    for name in sorted(codes.names(), key=lambda name: (name not in codes.REPLACEABLE, name)):
        one = codes.load(name)
        signer = signers.get((CODES, name, one.date.isoformat()), "")
        detail = f"{sum(1 for _ in one)}项"
        found.append(
            InForce(CODES, name, one.title, one.date.isoformat(), one.date.isoformat(), one.source, signer, detail)
        )
    for template in packs.catalog(station).current(station.clock.today()):
        signer = signers.get((PAPER, template.id, template.edition), "")
        since = template.valid_from.isoformat()
        found.append(InForce(PAPER, template.id, template.title, template.edition, since, template.source, signer))
    for clause in packs.clauses(station).values():
        signer = signers.get((CLAUSE, clause.id, clause.edition), "")
        found.append(InForce(CLAUSE, clause.id, clause.title, clause.edition, "", clause.source, signer))
    return found


def _signers(station: Station) -> dict[tuple[str, str, str], str]:
    """(kind, name, edition) of all that packs brought -> who signed."""
    found: dict[tuple[str, str, str], str] = {}
    for pack in (item.pack for item in packs.installed(station)):
        if pack is not None:
            found |= {(PAPER, t.id, t.edition): pack.signer for t in pack.templates}
            found |= {(CLAUSE, c.id, c.edition): pack.signer for c in pack.clauses}
            found |= {(CODES, c.name, c.date.isoformat()): pack.signer for c in pack.lists}
    return found


def _rules() -> InForce:
    """The rules pack, with the settings nobody published: those stay empty and are said."""
    pack = rules.load_rules()
    unset = [s.title for s in pack.settings.values() if s.value is None]
    newest = max((s.date for s in pack.settings.values()), default=None)
    source = f"共{len(pack.settings)}项设置、{len(pack.colours)}条预警规则，来源见各项"
    detail = f"尚未设定{len(unset)}项：{'、'.join(unset)}" if unset else ""
    return InForce(
        RULES, rules.PACK, pack.title, pack.edition, newest.isoformat() if newest else "", source, "", detail
    )
