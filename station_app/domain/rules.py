"""The rules pack: what a district sets by itself, each value with its source and date; and the colour of a case.

Statute is code. What a district decides (limits, copies, colours) is a TOML file in resources/rules; a value
that nobody published is left out and read as not known. The shipped colours are this program's own proposal: they
only point a person to a case (个人信息保护法 24), always with the reason, and never lower what a person has set.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from station_app.domain.holidays import OFFICIAL, RestDays, read_plans
from station_app.domain.warning.rule import LEVELS, CaseFacts, Colour, ColourRule, read_rule, weighed
from station_app.domain.warning.words import compiled, found
from station_app.paths import resources_dir
from sync.contract.errors import BugError, KnownError

__all__ = ["LEVELS", "CaseFacts", "Colour", "ColourRule", "Rules", "Setting", "colour", "higher", "load_rules"]

PACK: Final = "guangming"
_NOTHING: Final[frozenset[str]] = frozenset()
_PACK_KEYS: Final = frozenset("format title edition source date setting colour holidays festival".split())
_SETTING_KEYS: Final = frozenset({"title", "unit", "value", "source", "date"})


@dataclass(frozen=True, slots=True)
class Setting:
    """One value of the pack; `value` is None where it is not known. `date`: of the law, or the day it was looked up."""

    key: str
    title: str
    value: int | str | None
    unit: str
    source: str
    date: date


@dataclass(frozen=True, slots=True)
class Rules:
    """A pack as read, `basis` as a reason names it. `words`: any word of any rule, since most cases hold none.

    `rest_days`: the calendar with the years the pack adds; `written`: the rules that look only at what is written in
    the case; `festivals`: first days of the lunar year.
    """

    title: str
    edition: str
    settings: Mapping[str, Setting]
    colours: tuple[ColourRule, ...]
    words: re.Pattern[str]
    basis: str
    rest_days: RestDays = OFFICIAL
    written: tuple[ColourRule, ...] = ()
    festivals: tuple[date, ...] = ()

    @property
    def red_from(self) -> int:
        """The sum of weights that makes a case red, 0 where the pack sets none."""
        setting = self.settings.get("colour.red_from")
        return setting.value if setting is not None and isinstance(setting.value, int) else 0

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


def colour(facts: CaseFacts, rules: Rules | None = None, *, judged: Iterable[str] = (), living: bool = False) -> Colour:
    """Return the colour that the rules give to a case, with the reason of every rule that holds.

    `judged`: codes of rules that two people set aside for this case; `living`: rules of time and of other cases too.
    """
    pack = rules or load_rules()
    aside = frozenset(judged)
    spoken = pack.words.search(facts.told) is not None
    said = frozenset(hit.word for hit in found(pack.words, facts.told)) if spoken else _NOTHING
    held = [
        rule
        for rule in (pack.colours if living else pack.written)
        if (said or not rule.words) and rule.code not in aside and rule.holds(facts, said)
    ]
    return weighed(held, facts, pack.basis, pack.red_from)


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
    colours = tuple(read_rule(rule) for rule in rules)
    if len({rule.code for rule in colours}) != len(colours):
        raise ValueError("colour.code")
    title, edition = _text(data, "title"), _text(data, "edition")
    return Rules(
        title,
        edition,
        MappingProxyType({key: _setting(key, given) for key, given in settings.items()}),
        colours,
        compiled([word for rule in colours for word in rule.words]),
        f"依据：{title}（{edition}）",
        RestDays(read_plans(data.get("holidays", {}))),
        tuple(rule for rule in colours if not rule.living),
        _festivals(data.get("festival")),
    )


def _setting(key: str, given: Mapping[str, object]) -> Setting:
    _only(given, _SETTING_KEYS, key)
    value = given.get("value")
    if value is not None and (isinstance(value, bool) or not isinstance(value, int | str)):
        raise TypeError(f"{key}.value")
    unit = _text(given, "unit") if "unit" in given else ""
    return Setting(key, _text(given, "title"), value, unit, _text(given, "source"), _day(given))


def _festivals(given: object) -> tuple[date, ...]:
    """The first days of the lunar year, with the source they are from; () where the pack names none."""
    if given is None:
        return ()
    if not isinstance(given, dict):
        raise TypeError("festival")
    _only(given, frozenset({"source", "date", "days"}), "festival")
    _text(given, "source")
    _day(given)
    days = given["days"]
    if not isinstance(days, list) or not all(isinstance(day, date) for day in days):
        raise TypeError("festival.days")
    return tuple(sorted(days))


def _only(given: Mapping[str, object], known: frozenset[str], place: str) -> None:
    if unknown := set(given) - known:
        raise ValueError(f"{place}: {', '.join(sorted(unknown))}")


def _text(given: Mapping[str, object], name: str) -> str:
    value = given[name]
    if not isinstance(value, str) or not value.strip():
        raise TypeError(name)
    return value


def _day(given: Mapping[str, object]) -> date:
    value = given["date"]
    if not isinstance(value, date):
        raise TypeError("date")
    return value
