"""What a person reads for a stable code: `sentence(error)`; also hints and notes, in Chinese and English.

The texts stand in sentences_zh.py and sentences_en.py. `{name}` is a value of the error; a part in `[[...]]` is left
out when one of its values is missing or empty; the text under `E-212.due` is used when the error says `why="due"`.
"""

from __future__ import annotations

import re
import string
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final, Literal

from station_app.domain import codes, sentences_en, sentences_zh
from station_app.domain.dates import Shift, as_date, date_cn, weekday_cn
from station_app.domain.holidays import HOLIDAYS
from station_app.domain.labels import label
from station_app.domain.money import yuan
from station_app.domain.text import one_line
from sync.contract.errors import KnownError

Lang = Literal["zh_CN", "en_US"]

_TABLES: Final[Mapping[str, Mapping[str, str]]] = {
    "zh_CN": sentences_zh.SENTENCES,
    "en_US": sentences_en.SENTENCES,
}
_NOTES: Final[Mapping[str, Mapping[str, str]]] = {"zh_CN": sentences_zh.NOTES, "en_US": sentences_en.NOTES}
_OPTIONAL: Final = re.compile(r"\[\[(.*?)\]\]")
_PLACE: Final = re.compile(r"\{(\w+)(?::[^}]*)?\}")
_LONGEST: Final = 80
_LISTS: Final = {
    "state": "case_states",
    "verb": "verbs",
    "order_state": "order_states",
    "order_step": "order_steps",
    "track": "suggestion_tracks",
    "service": "services",
}
_MISSING: Final = "\uff3f\uff3f"


def sentence(error: KnownError, lang: Lang = "zh_CN") -> str:
    """Return the sentence for a known error: what happened, whether the work is safe, what to do."""
    table = _TABLES[lang]
    why = error.values.get("why") or error.values.get("reason")
    template = table.get(f"{error.code}.{why}") or table[error.code]
    return _fill(template, error.values, lang)


def with_code(error: KnownError, lang: Lang = "zh_CN") -> str:
    """Return `E-201 ` and the sentence, as the command line and a message box show it."""
    return f"{error.code} {sentence(error, lang)}"


def note(key: str, lang: Lang = "zh_CN", **values: object) -> str:
    """Return a hint or note by its key (`hint.luhn`, `roster.total_row`); no error, nothing is refused."""
    return _fill(_NOTES[lang][key], values, lang)


def shift_note(shift: Shift, *, days: int, lang: Lang = "zh_CN") -> str:
    """Return the sentence for the last day of a period of `days` days, with both days where the law moved it."""
    if not shift.known:
        return note("shift.unknown", lang, year=shift.raw.year, day=shift.raw)
    if not shift.moved:
        return note("shift.same", lang, day=shift.shifted)
    name = HOLIDAYS[shift.reason][0 if lang == "zh_CN" else 1]
    return note("shift.moved", lang, n=days, raw=shift.raw, name=name, day=shift.shifted)


def places(template: str) -> tuple[frozenset[str], frozenset[str]]:
    """Return the names a text needs and those it can do without."""
    needed = frozenset(_PLACE.findall(_OPTIONAL.sub("", template)))
    return needed, frozenset(_PLACE.findall(template)) - needed


def _fill(template: str, values: Mapping[str, object], lang: Lang) -> str:
    def keep(part: re.Match[str]) -> str:
        return part[1] if all(values.get(name) for name in _PLACE.findall(part[1])) else ""

    return _Writer(lang).vformat(_OPTIONAL.sub(keep, template), (), values)


class _Writer(string.Formatter):
    """Puts values into a text: lists joined, and by the word after the colon: money, days, a clock's error, labels.

    :yuan 分; :date, :md, :weekday a day; :skew signed ms; :field a catalogue path; :state, :verb a code.
    """

    def __init__(self, lang: Lang) -> None:
        self._chinese = lang == "zh_CN"

    def get_value(self, key: int | str, args: Sequence[Any], kwargs: Mapping[str, Any]) -> object:
        value = kwargs.get(str(key))
        return _MISSING if value is None else value

    def format_field(self, value: object, format_spec: str) -> str:
        if value == _MISSING:
            return _MISSING
        if format_spec == "yuan" and isinstance(value, int):
            return yuan(value)
        if format_spec == "skew" and isinstance(value, int):
            return skew_words(value, chinese=self._chinese)
        if format_spec in ("date", "md") and isinstance(value, (str, date)):
            return self._day(as_date(value), short=format_spec == "md")
        if format_spec == "weekday" and isinstance(value, (str, date)):
            return weekday_cn(value) if self._chinese else as_date(value).strftime("%a")
        return self._plain(self._word(value, format_spec))

    def _word(self, value: object, kind: str) -> object:
        lang = "zh_CN" if self._chinese else "en_US"
        if kind == "field":
            return label(str(value), lang)
        if kind in _LISTS:
            return codes.label(_LISTS[kind], str(value), lang)
        return value

    def _day(self, day: date, *, short: bool) -> str:
        if not self._chinese:
            return day.isoformat()
        return f"{day.month}月{day.day}日" if short else date_cn(day)

    def _plain(self, value: object) -> str:
        if isinstance(value, date):
            return self._day(value, short=False)
        if isinstance(value, (list, tuple, set, frozenset)):
            parts = [str(v) for v in (sorted(value, key=str) if isinstance(value, (set, frozenset)) else value)]
            value = ("、" if self._chinese else ", ").join(parts)
        text = one_line(str(value))
        return text if len(text) <= _LONGEST else text[:_LONGEST] + "…"


def skew_words(ms: int, *, chinese: bool = True) -> str:
    """A signed difference of clocks: `慢 3 天 2 小时`; the two largest units."""
    seconds = abs(ms) // 1000
    units = ((86400, "天", "d"), (3600, "小时", "h"), (60, "分钟", "min"), (1, "秒", "s"))
    parts: list[str] = []
    for size, own, english in units:
        count, seconds = divmod(seconds, size)
        if count and len(parts) < 2:
            parts.append(f"{count} {own if chinese else english}")
    span = " ".join(parts) or ("不足 1 秒" if chinese else "less than 1 s")
    if chinese:
        return f"{'慢' if ms < 0 else '快'} {span}"
    return f"{span} {'slow' if ms < 0 else 'fast'}"
