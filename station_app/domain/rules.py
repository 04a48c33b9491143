"""The rules pack: what a district sets by itself, each value with its source and date; and the colour of a case.

Statute is code. What a district decides (limits, copies, colours) is a TOML file in resources/rules; a value
that nobody published is left out and read as not known. The shipped colours are this program's own proposal: they
only point a person to a case (个人信息保护法 24), always with the reason, and never lower what a person has set.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from station_app.domain import codes
from station_app.domain.holidays import OFFICIAL, RestDays, read_plans
from station_app.domain.money import parse_yuan, yuan
from station_app.paths import resources_dir
from sync.contract.errors import BugError, KnownError

PACK: Final = "guangming"
LEVELS: Final = ("", "green", "amber", "red")
"""From none to highest; codes of resources/codes/colours.toml."""

_PACK_KEYS: Final = frozenset({"format", "title", "edition", "source", "date", "setting", "colour", "holidays"})
_SETTING_KEYS: Final = frozenset({"title", "unit", "value", "source", "date"})
_CONDITIONS: Final = frozenset({"people_from", "amount_from", "types", "labour", "words"})
_COLOUR_KEYS: Final = _CONDITIONS | {"code", "level", "reason", "source", "date"}
_TOLD: Final = ("summary", "story", "request")


@dataclass(frozen=True, slots=True)
class Setting:
    """One value of the pack; `value` is None where it is not known. `date`: of the law, or the day it was looked up."""

    key: str
    title: str
    value: int | str | None
    unit: str
    source: str
    date: date


@dataclass(slots=True)
class CaseFacts:
    """What the colours look at. `amount` in 分; `told` is searched for words, never shown or stored."""

    people: int = 0
    amount: int = 0
    type: str = ""
    labour: bool = False
    told: str = ""

    @classmethod
    def of(cls, case: Mapping[str, object], facts: Mapping[str, object]) -> CaseFacts:
        """From fields of the catalogue's `case` and `facts`."""
        people, amount = case.get("people"), case.get("amount")
        told = "\n".join([str(v) for v in (case.get("title"), *map(facts.get, _TOLD)) if v])
        return cls(
            people if isinstance(people, int) else 0,
            amount if isinstance(amount, int) else 0,
            str(case.get("type") or ""),
            bool(case.get("labour")),
            told,
        )


@dataclass(frozen=True, slots=True)
class ColourRule:
    """One rule: every condition it names must hold; one of its `words` is enough."""

    code: str
    level: str
    reason: str
    source: str
    date: date
    people_from: int = 0
    amount_from: int = 0
    types: tuple[str, ...] = ()
    labour: bool = False
    words: tuple[str, ...] = ()

    def holds(self, facts: CaseFacts) -> bool:
        """Say whether all conditions hold. Words are Chinese and looked for as they stand: a save waits for this."""
        return (
            facts.people >= self.people_from
            and facts.amount >= self.amount_from
            and (not self.types or facts.type in self.types)
            and (facts.labour or not self.labour)
            and (not self.words or any(word in facts.told for word in self.words))
        )

    def why(self, facts: CaseFacts) -> str:
        """The reason with its figures."""
        if "{" not in self.reason:
            return self.reason
        return self.reason.format(
            people=facts.people,
            people_from=self.people_from,
            amount=yuan(facts.amount),
            amount_from=yuan(self.amount_from),
        )


@dataclass(frozen=True, slots=True)
class Colour:
    """A level of LEVELS, why, and by which pack. No rule held: level "" and no reason."""

    level: str
    reasons: tuple[str, ...]
    basis: str

    @property
    def texts(self) -> list[str]:
        """What is stored and shown: the reasons, the highest first, then the pack they are from."""
        return [*self.reasons, self.basis] if self.reasons else []


@dataclass(frozen=True, slots=True)
class Rules:
    """A pack as read, `basis` as a reason names it. `words`: any word of any rule, since most cases hold none.

    `rest_days`: the calendar with the years the pack adds.
    """

    title: str
    edition: str
    settings: Mapping[str, Setting]
    colours: tuple[ColourRule, ...]
    words: re.Pattern[str]
    basis: str
    rest_days: RestDays = OFFICIAL

    def setting(self, key: str) -> Setting:
        """A setting by its key; a key that no pack has is a bug."""
        try:
            return self.settings[key]
        except KeyError:
            raise BugError(f"no setting {key}") from None

    def count(self, key: str) -> int:
        """A setting that is a number, 0 where it is not known."""
        value = self.setting(key).value
        return value if isinstance(value, int) else 0


def load_rules(path: Path | None = None) -> Rules:
    """Return a pack (default: the shipped one), read once. Raises E-520 naming the file and the place in it."""
    return _load(path) if path else _shipped()


def colour(facts: CaseFacts, rules: Rules | None = None) -> Colour:
    """Return the highest colour that a rule gives to a case, with the reason of every rule that holds."""
    pack = rules or load_rules()
    spoken = pack.words.search(facts.told) is not None
    held = [rule for rule in pack.colours if (spoken or not rule.words) and rule.holds(facts)]
    if not held:
        return Colour("", (), pack.basis)
    held.sort(key=lambda rule: -LEVELS.index(rule.level))
    return Colour(held[0].level, tuple(rule.why(facts) for rule in held), pack.basis)


def higher(level: str, than: str) -> bool:
    """Say whether a level is above another; an unknown one of a newer program is never passed over."""
    return than in LEVELS and level in LEVELS and LEVELS.index(level) > LEVELS.index(than)


@lru_cache(maxsize=1)
def _shipped() -> Rules:
    return _load(resources_dir() / "rules" / f"{PACK}.toml")


@lru_cache(maxsize=16)
def _load(path: Path) -> Rules:
    try:
        return _parse(tomllib.loads(path.read_text("utf-8")))
    except KnownError as error:  # an amount or a code list
        raise KnownError("E-520", file=path.name, place=error.code) from error
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnownError("E-520", file=path.name) from error
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise KnownError("E-520", file=path.name, place=str(error)) from error


def _parse(data: Mapping[str, object]) -> Rules:
    _only(data, _PACK_KEYS, "pack")
    if data["format"] != 1:
        raise ValueError("format")
    settings, rules = data["setting"], data["colour"]
    if not isinstance(settings, dict) or not isinstance(rules, list):
        raise TypeError("setting, colour")
    colours = tuple(_colour(rule) for rule in rules)
    if len({rule.code for rule in colours}) != len(colours):
        raise ValueError("colour.code")
    title, edition = _text(data, "title"), _text(data, "edition")
    return Rules(
        title,
        edition,
        MappingProxyType({key: _setting(key, given) for key, given in settings.items()}),
        colours,
        re.compile("|".join(re.escape(word) for rule in colours for word in rule.words) or r"(?!)"),
        f"依据：{title}（{edition}）",
        RestDays(read_plans(data.get("holidays", {}))),
    )


def _setting(key: str, given: Mapping[str, object]) -> Setting:
    _only(given, _SETTING_KEYS, key)
    value = given.get("value")
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | str)):
        raise TypeError(f"{key}.value")
    unit = _text(given, "unit") if "unit" in given else ""
    return Setting(key, _text(given, "title"), value, unit, _text(given, "source"), _day(given))


def _colour(given: Mapping[str, object]) -> ColourRule:
    code = _text(given, "code")
    _only(given, _COLOUR_KEYS, code)
    if not _CONDITIONS & set(given):
        raise ValueError(f"{code}: {', '.join(sorted(_CONDITIONS))}")
    people, labour, amount = given.get("people_from", 0), given.get("labour", False), given.get("amount_from", "0")
    if isinstance(people, bool) or not isinstance(people, int) or not isinstance(labour, bool):
        raise TypeError(f"{code}: people_from, labour")
    if not isinstance(amount, str):
        raise TypeError(f"{code}: amount_from")
    types = codes.load("dispute_types")
    rule = ColourRule(
        code,
        codes.load("colours").check(_text(given, "level")),
        _text(given, "reason"),
        _text(given, "source"),
        _day(given),
        people_from=people,
        amount_from=parse_yuan(amount),
        types=tuple(types.check(name) for name in _texts(given, "types")),
        labour=labour,
        words=tuple(_texts(given, "words")),
    )
    rule.why(CaseFacts())  # an unknown figure in the reason is found now, not at a case
    return rule


def _only(given: Mapping[str, object], known: frozenset[str], place: str) -> None:
    if unknown := set(given) - known:
        raise ValueError(f"{place}: {', '.join(sorted(unknown))}")


def _text(given: Mapping[str, object], name: str) -> str:
    value = given[name]
    if not isinstance(value, str) or not value.strip():
        raise TypeError(name)
    return value


def _texts(given: Mapping[str, object], name: str) -> list[str]:
    value = given.get(name, [])
    if not isinstance(value, list) or not all(isinstance(text, str) and text.strip() for text in value):
        raise TypeError(name)
    return value


def _day(given: Mapping[str, object]) -> date:
    value = given["date"]
    if not isinstance(value, date):
        raise TypeError("date")
    return value
