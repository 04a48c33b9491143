"""Words and figures as the desk shows them: labels of fields, names of codes, money, days, states."""

from __future__ import annotations

from typing import Final, Literal, cast

from PySide6.QtCore import QCoreApplication

from station_app.clock import shanghai_time
from sync.contract.errors import KnownError

Lang = Literal["zh_CN", "en_US"]
Tone = Literal["red", "amber", "green", "none"]

_language: list[Lang] = ["zh_CN"]

_TONES: Final[dict[str, Tone]] = {
    "registered": "amber",
    "accepted": "amber",
    "confirming": "amber",
    "mediating": "amber",
    "agreed": "amber",
    "not_confirmed": "red",
    "effective": "green",
    "confirmed": "green",
    "performed": "green",
    "visited": "green",
    "fedback": "green",
}


def lang() -> Lang:
    """The language now spoken."""
    return _language[0]


def set_lang(code: str) -> None:
    """Speak Chinese (`zh_CN`) or English (`en_US`) from now on."""
    _language[0] = "en_US" if code.startswith("en") else "zh_CN"


def label(path: str) -> str:
    """The one word for a catalogue field `kind.field`."""
    from station_app.domain.labels import label as of

    return of(path, lang())


def code(name: str, value: object) -> str:
    """The words for a code of the list `name`; "" for none."""
    from station_app.domain import codes

    return codes.label(name, str(value), lang()) if value else ""


def field_code(path: str, value: object) -> str:
    """The words for the value of a catalogue field of type code."""
    from station_app.domain import codes

    kind, _, field = path.partition(".")
    return codes.of_field(kind, field).label(str(value), lang()) if value else ""


def choices(path: str) -> list[tuple[str, str]]:
    """(code, words) of a catalogue field, in the order people read them."""
    from station_app.domain import codes

    kind, _, field = path.partition(".")
    entries = codes.of_field(kind, field)
    return [(entry.code, entries.label(entry.code, lang())) for entry in entries]


def listed(name: str) -> tuple[tuple[str, str], ...]:
    """(code, words) of a list of resources/codes, in its order."""
    from station_app.domain import codes

    entries = codes.load(name)
    return tuple((entry.code, entries.label(entry.code, lang())) for entry in entries)


def sentence(error: KnownError) -> str:
    """What a person reads for a known error."""
    from station_app.domain.sentences import sentence as of

    return of(error, lang())


def note(key: str, **values: object) -> str:
    """A hint by its key."""
    from station_app.domain.sentences import note as of

    return of(key, lang(), **values)


def yuan(fen: object) -> str:
    """131,460.00; "" for nothing."""
    if not isinstance(fen, int):
        return ""
    from station_app.domain.money import yuan as of

    return of(fen)


def together(parts: list[str]) -> str:
    """Several words as one list: 人民调解员、记录员."""
    return ("、" if lang() == "zh_CN" else ", ").join(parts)


def tone(state: str) -> Tone:
    """The tone of a case's stage: what still waits for us is amber, what is in effect or done is green."""
    return _TONES.get(state, "none")


def state(value: str) -> str:
    """A stage of a case with its shape: ◆ 调解中."""
    from station_app.ui.style.tokens import SHAPES

    return f"{SHAPES[tone(value)]} {code('case_states', value)}" if value else ""


def warning(value: str) -> tuple[str, Tone]:
    """A warning colour as (▲ 红色预警, tone); ("", none) for no warning."""
    from station_app.ui.style.tokens import SHAPES

    if value not in ("red", "amber", "green"):
        return "", "none"
    return f"{SHAPES[value]} {code('colours', value)}", cast("Tone", value)


def day(iso: str) -> str:
    """A legal day as tables show it (YYYY-MM-DD); the day of a moment."""
    return iso[:10]


def short_moment(moment: str) -> str:
    """A legal moment without its year: 11-24 09:05."""
    return moment[5:16].replace("T", " ")


def clock(ms: int) -> str:
    """A machine time of today: 14:03:22."""
    return shanghai_time(ms).strftime("%H:%M:%S")


def stamp(ms: int) -> str:
    """A machine time: 2026-11-24 14:03."""
    return shanghai_time(ms).strftime("%Y-%m-%d %H:%M")


def size(count: int) -> str:
    """Bytes as people say them: 812 字节, 34 KB, 2.4 MB."""
    if count < 1024:
        return QCoreApplication.translate("Words", "{n} 字节").format(n=count)
    return f"{count / 1024:.0f} KB" if count < 1024 * 1024 else f"{count / 1024 / 1024:.1f} MB"
