"""Code lists: what a stored code means in words. The lists are data in resources/codes, each with source and date.

A code is stable for ever and is what is stored and travels; its label may be reworded. A list is a TOML file:
`title`, `source`, `date`, and for each `[code.CODE]` its `label`, `en`, and by need `aliases`, `group`, `note`.
The district may put another list in the place of some of them (`use`); what it leaves out keeps its words, and is
offered no more.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from station_app.domain.text import fold
from station_app.paths import resources_dir
from sync.contract.errors import BugError, KnownError

_LIST_KEYS: Final = frozenset({"title", "source", "date", "note", "code"})
_CODE_KEYS: Final = frozenset({"label", "en", "aliases", "group", "note"})

FIELD_LISTS: Final[Mapping[str, str]] = MappingProxyType(
    dict(
        pair.split("=")
        for pair in """
        case.service=services case.channel=channels case.type=dispute_types case.state=case_states
        case.secrecy=secrecies case.key_area=key_areas link.how=link_kinds external.system=external_systems
        case.consent_applicant=consents case.consent_respondent=consents case.colour=colours
        first_change.first=firsts first_change.act=limit_acts colour_change.from=colours colour_change.to=colours
        colour_change.answer=colour_answers
        party.role=party_roles party.kind=party_kinds number.kind=number_kinds number.state=number_states
        number_note.kind=number_kinds number_note.answer=number_answers
        confirmation.mode=confirmation_modes confirmation.result=confirmation_results
        identity.id_kind=id_kinds identity.sex=sexes identity.ethnic=peoples
        agent.kind=agent_kinds agent.authority=authorities
        session.mode=session_modes session.chosen_by=mediator_choices session.result=session_results
        case.agreement_form=agreement_forms grading.answer=grading_answers unit.kind=unit_kinds
        self_entry.answer=entry_answers
        erasure_request.ground=erasure_grounds erasure_request.answer=erasure_answers
        agreement.form=agreement_forms agreement.read_mode=read_modes agreement.liability=liability_kinds
        agreement.confirm=confirm_wishes agreement.state=agreement_states term.source=term_sources
        obligation.kind=obligation_kinds obligation.liability=liability_kinds obligation.method=pay_methods
        obligation.due_rule=due_rules
        signature.role=signer_roles signature.manner=signature_manners signature.seal=seal_kinds
        paper.state=paper_states paper_mark.state=paper_states
        performance.manner=pay_methods performance.outcome=payment_outcomes
        visit.manner=contact_manners visit.outcome=contact_outcomes visit.performed=performances
        visit.satisfaction=satisfactions evidence.original=original_kinds
        contact.manner=contact_manners contact.outcome=contact_outcomes notice.manner=notice_manners
        confirmation.stage=confirmation_stages order.level=order_levels order.rating=satisfactions
        hand_off.to_kind=hand_off_kinds hand_off.answer=hand_off_answers recusal.decision=recusal_decisions
        redline.state=redline_states booking.purpose=booking_purposes scan.kind=scan_kinds
        seal_use.seal=seal_kinds suggestion.track=suggestion_tracks reply.manner=notice_manners
        reply.satisfaction=satisfactions patrol.place_kind=patrol_places patrol.subject=patrol_subjects
        finding.risk=risk_levels private_note.side=note_sides evaluation.manner=evaluation_manners
        evaluation.satisfaction=satisfactions
        reopening.from=case_states psych_note.risk=risk_levels person.roles=roles verdict.answer=verdict_answers
        """.split()
    )
)
"""Field of the catalogue (`kind.field`) -> the list its codes are from."""


@dataclass(frozen=True, slots=True)
class Code:
    """One entry. `group` is the code of the entry it belongs under, where a list has levels; `retired`: left out by the
    list now in force, so it is read but offered no more.
    """

    code: str
    label: str
    en: str
    aliases: tuple[str, ...] = ()
    group: str = ""
    note: str = ""
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Codes:
    """One list in the order people read it; `date` is the day its source was read."""

    name: str
    title: str
    source: str
    date: date
    entries: Mapping[str, Code]
    words: Mapping[str, str]

    def __iter__(self) -> Iterator[Code]:
        """The entries that are offered; `every` has those of before too."""
        return (entry for entry in self.entries.values() if not entry.retired)

    def every(self) -> Iterator[Code]:
        """Every entry, retired ones last: what a count of all cases needs."""
        return iter(self.entries.values())

    def __contains__(self, code: object) -> bool:
        return code in self.entries

    def label(self, code: str, lang: str = "zh_CN") -> str:
        """Return the words for a code; a code of a newer list is shown as it is, never hidden."""
        entry = self.entries.get(code)
        if entry is None:
            return code
        return entry.label if lang == "zh_CN" else entry.en

    def find(self, label: str) -> str | None:
        """Return the code for a label, an alias or a code as people write it; None where there is none."""
        return self.words.get(fold(label))

    def check(self, value: str) -> str:
        """Return the code for a code, label or alias; raises E-217 (field: the title of the list)."""
        code = self.find(value)
        if code is None:
            raise KnownError("E-217", field=self.title, value=value)
        return code

    def under(self, group: str) -> list[Code]:
        """Return the entries of a group, in order."""
        return [entry for entry in self if entry.group == group]


REPLACEABLE: Final = frozenset(
    "communities dispute_types key_areas channels station_kinds unit_kinds external_systems"
    " patrol_places patrol_subjects".split()
)
"""Lists a district may replace: local names and kinds. What the program's own steps rest on is none of them."""
_IN_FORCE: Final[dict[str, Codes]] = {}


def names() -> list[str]:
    """The names of all lists, in order."""
    return sorted(path.stem for path in (resources_dir() / "codes").glob("*.toml"))


def use(lists: Iterable[Codes]) -> None:
    """Put lists of the district in force, the earlier first; none: those shipped again. For the open station alone."""
    _IN_FORCE.clear()
    _shipped.cache_clear()
    of_field.cache_clear()
    for new in lists:
        _IN_FORCE[new.name] = succeeded(_IN_FORCE.get(new.name) or _shipped(new.name), new)
    _shipped.cache_clear()
    of_field.cache_clear()


def succeeded(old: Codes, new: Codes) -> Codes:
    """The new list, behind it what it left out of the old one, retired; every word of before still finds its code."""
    gone = {c: replace(e, retired=True) for c, e in old.entries.items() if c not in new.entries}
    words = {**{word: code for word, code in old.words.items() if word not in new.words}, **new.words}
    return replace(new, entries=MappingProxyType({**new.entries, **gone}), words=MappingProxyType(words))


def parse(name: str, data: Mapping[str, object]) -> Codes:
    """A list from its TOML. KeyError, TypeError, ValueError with what is wrong, the code first."""
    return _parse(name, data)


def load(name: str, directory: Path | None = None) -> Codes:
    """Return the list `name` from a directory (default resources/codes); read once. Raises E-520 naming the file."""
    return _load(name, directory) if directory else _shipped(name)


@lru_cache(maxsize=512)
def of_field(kind: str, field: str) -> Codes:
    """Return the list of a catalogue field of type code or codes."""
    try:
        return load(FIELD_LISTS[f"{kind}.{field}"])
    except KeyError:
        raise BugError(f"no code list for {kind}.{field}") from None


@lru_cache(maxsize=128)
def _shipped(name: str) -> Codes:
    # finding the folder costs as much as a whole check, and every saved field asks for its list
    return _IN_FORCE.get(name) or _load(name, resources_dir() / "codes")


@lru_cache(maxsize=128)
def _load(name: str, directory: Path) -> Codes:
    path = directory / f"{name}.toml"
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        return _parse(name, data)
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnownError("E-520", file=path.name) from error
    except (KeyError, TypeError, ValueError) as error:
        raise KnownError("E-520", file=path.name, place=str(error)) from error


def _parse(name: str, data: Mapping[str, object]) -> Codes:
    title, source, day, table = (data[key] for key in ("title", "source", "date", "code"))
    if not (isinstance(title, str) and isinstance(source, str) and isinstance(day, date) and isinstance(table, dict)):
        raise TypeError("title, source, date, code")
    if unknown := set(data) - _LIST_KEYS:
        raise ValueError(", ".join(sorted(unknown)))
    entries = {code: _entry(code, fields) for code, fields in table.items()}
    words: dict[str, str] = {}
    for entry in entries.values():
        if entry.group and entry.group not in entries:
            raise ValueError(f"{entry.code}: {entry.group}")
        for word in {fold(w) for w in (entry.code, entry.label, entry.en, *entry.aliases)}:
            if words.setdefault(word, entry.code) != entry.code:
                raise ValueError(f"{entry.code}: {word}")
    return Codes(name, title, source, day, MappingProxyType(entries), MappingProxyType(words))


def _entry(code: str, fields: Mapping[str, object]) -> Code:
    if unknown := set(fields) - _CODE_KEYS:
        raise ValueError(f"{code}: {', '.join(sorted(unknown))}")
    aliases = fields.get("aliases", [])
    texts = {key: fields.get(key, "") for key in ("label", "en", "group", "note")}
    if not isinstance(aliases, list) or not all(isinstance(text, str) for text in (*texts.values(), *aliases)):
        raise TypeError(code)
    label, en, group, note = (str(texts[key]) for key in ("label", "en", "group", "note"))
    if not label or not en:
        raise ValueError(code)
    return Code(code, label, en, tuple(aliases), group, note)


def label(name: str, code: str, lang: str = "zh_CN") -> str:
    """Return the words for a code of the list `name`."""
    return load(name).label(code, lang)
