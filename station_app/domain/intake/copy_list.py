"""Which fields another system asks for, in its order: local practice as data (resources/copying), checked when read."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

from station_app.domain import codes
from station_app.domain.case import APPLICANT, RESPONDENT, Case, number, text
from station_app.domain.money import yuan
from station_app.paths import resources_dir
from sync.contract.errors import KnownError


@dataclass(frozen=True, slots=True)
class CopyLists:
    """`fields`: system -> (title there, field here) in the order of its form; source and day of the whole."""

    source: str
    date: str
    fields: Mapping[str, tuple[tuple[str, str], ...]]


def _party(role: str, name: str) -> Callable[[Case], str]:
    """A field of the parties of a side; of several each on its own line, behind the name where it is not the name."""

    def read(view: Case) -> str:
        side = view.side(role)
        if name == "name":
            return "、".join(p.name for p in side)
        told = [(p.name, text(p.identity, name)) for p in side if text(p.identity, name)]
        return told[0][1] if len(told) == 1 == len(side) else "\n".join(f"{who}：{value}" for who, value in told)

    return read


def _case(name: str) -> Callable[[Case], str]:
    return lambda view: text(view.record, name).replace("T", " ")


def _told(view: Case) -> str:
    return text(view.facts, "story") or text(view.facts, "summary")


def _outcome(view: Case) -> str:
    """The stage in words and, where a reason was given with it, the reason."""
    state = codes.label("case_states", view.case_state)
    reason = text(view.record, "state_reason")
    return f"{state}：{reason}" if reason else state


def _terms(view: Case) -> str:
    return "\n".join(f"{n}．{text(term, 'text')}" for n, term in enumerate(view.terms, 1))


FIELDS: Final[dict[str, tuple[str, Callable[[Case], str]]]] = {
    "case.title": ("案件名称", _case("title")),
    "case.number": ("案件编号", _case("number")),
    "case.place": ("发生地点", _case("place")),
    "case.found_at": ("发现时间", _case("found_at")),
    "case.registered_on": ("登记日期", lambda view: text(view.record, "registered_at")[:10]),
    "case.accepted_on": ("受理日期", lambda view: text(view.record, "accepted_at")[:10]),
    "case.type": ("纠纷类型", lambda v: codes.label("dispute_types", text(v.record, "type")) if v.get("type") else ""),
    "case.channel": ("来源渠道", lambda v: codes.label("channels", text(v.record, "channel"))),
    "case.people": ("涉及人数", lambda v: str(number(v.record, "people") or "")),
    "case.amount": (
        "涉及金额（元）",
        lambda v: yuan(number(v.record, "amount")).replace(",", "") if v.get("amount") else "",
    ),
    "case.told": ("基本情况，没有的为诉求概要", _told),
    "case.outcome": ("办理阶段和原因", _outcome),
    "facts.summary": ("诉求概要", lambda v: text(v.facts, "summary")),
    "facts.story": ("基本情况", lambda v: text(v.facts, "story")),
    "facts.request": ("申请事项", lambda v: text(v.facts, "request")),
    "agreement.terms": ("协议条款", _terms),
    **{
        f"{side}.{name}": (f"{who}{word}", _party(role, name))
        for side, role, who in (("applicant", APPLICANT, "申请人"), ("respondent", RESPONDENT, "被申请人"))
        for name, word in (
            ("name", "名称"),
            ("id_number", "证件号码"),
            ("phone", "电话"),
            ("address", "住址或者住所"),
            ("legal_rep", "法定代表人或者负责人"),
        )
    },
}
"""What can be copied: its words and how it is read. Names of people and committees come from outside (`GIVEN`)."""

GIVEN: Final = {"case.mediator": "人民调解员", "committee.name": "人民调解委员会"}


def load(path: Path | None = None) -> CopyLists:
    """The shipped lists, or those of a file. E-520 naming the file and the place of what is wrong."""
    return _load(path or resources_dir() / "copying" / "systems.toml")


@lru_cache(maxsize=4)
def _load(path: Path) -> CopyLists:
    try:
        data = tomllib.loads(path.read_text("utf-8"))
        return CopyLists(str(data["source"]), data["date"].isoformat(), _checked(data["system"]))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise KnownError("E-520", file=path.name) from error
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise KnownError("E-520", file=path.name, place=str(error)) from error


def _checked(systems: Mapping[str, Mapping[str, object]]) -> dict[str, tuple[tuple[str, str], ...]]:
    known = codes.load("external_systems")
    found: dict[str, tuple[tuple[str, str], ...]] = {}
    for system, entry in systems.items():
        if system not in known:
            raise ValueError(f"system.{system}")
        rows = entry["fields"]
        if not isinstance(rows, list) or not rows:
            raise TypeError(f"system.{system}.fields")
        for title, field in rows:
            if not title or (field not in FIELDS and field not in GIVEN):
                raise ValueError(f"system.{system}: {field}")
        found[system] = tuple((str(title), str(field)) for title, field in rows)
    return found


def read(view: Case, field: str, given: Mapping[str, str]) -> str:
    """The value of a field, "" where it is not known here."""
    return given.get(field, "") if field in GIVEN else FIELDS[field][1](view)


def numbers(view: Case) -> list[tuple[str, str, str, str]]:
    """Numbers of other systems: (record, system, number, day), as they were entered."""
    return [(r.id, *(text(r, n) for n in ("system", "number", "on"))) for r in view.kind("external")]  # type: ignore[misc]  # three texts
