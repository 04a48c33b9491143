"""Setting up a station, its people, and log-in. A person is synced; a password belongs to this device only."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path

from station_app.clock import Clock
from station_app.domain.case import names, text
from station_app.services.changes import Changes
from station_app.services.station import Station, User, changes_of
from station_app.store import sealing
from station_app.store.core import Store
from station_app.store.keyring import Keyring, UserCard, sheet_seal_key
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite
from sync.contract.numbering import is_series
from sync.contract.permissions import OPERATOR, ROLES


@dataclass(frozen=True, slots=True)
class Organisation:
    """Where this PC stands. `community` is the stream's code; `short` the committee's word in numbers (光凤东坑)."""

    station: str
    station_code: str
    community: str
    street: str
    committee: str
    short: str
    court: str
    committee_address: str = ""
    committee_phone: str = ""


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person of the station; a mediator has an appointment by the committee (人民调解法 13, 14)."""

    name: str
    roles: tuple[str, ...]
    appointment: str = ""
    appointed_from: str = ""
    appointed_to: str = ""
    phone: str = ""

    def values(self) -> dict[str, Json]:
        """As the catalogue's person."""
        return {
            "name": self.name,
            "roles": list(self.roles),
            "phone": self.phone,
            "appointment": self.appointment,
            "appointed_from": self.appointed_from,
            "appointed_to": self.appointed_to,
        }


@dataclass(slots=True)
class Created:
    """A new station: open, its first person logged in; `sheet` is the recovery code, shown once."""

    station: Station
    sheet: str
    people: dict[str, str] = field(default_factory=dict)


def create_station(
    directory: Path,
    *,
    org: Organisation,
    people: list[NewPerson],
    password: str,
    clock: Clock,
    series: str = "",
    demo: bool = False,
    keys: tuple[bytes, bytes] | None = None,
    more: dict[str, str] | None = None,
) -> Created:
    """Set up a data directory: keys, encrypted database, organisation and people. The first person can log in.

    `keys`: (sign, seal) of a PC that has joined already; `more`: settings that came with joining.

    E-511 where a station lies already, E-513 where the directory cannot be written, E-515 for a short password.
    """
    if series and not is_series(series):
        raise KnownError("E-518", key="number.series", value=series)
    if not people or any(role not in ROLES for p in people for role in p.roles):
        raise KnownError("E-217", value=",".join(r for p in people for r in p.roles), field="person.roles")
    keyring = _prepare(directory, password)
    key = os.urandom(32)
    sign_key, seal_key = keys or (sealing.new_sign_key(), sealing.new_seal_key())
    store = Store.create(directory, key, sign_key=sign_key, seal_key=seal_key)
    try:
        keyring.create()
        store.set_settings(_settings(org, series, demo=demo) | (more or {}))
        recs = _write_reference(store, org, people, clock)
        sheet = keyring.make_sheet(key)
        store.set_settings({"sheet.key": sealing.seal_public(sheet_seal_key(sheet)).hex()})
        first = people[0]
        keyring.put_user(person=recs[first.name], name=first.name, title="", password=password, key=key)
    except BaseException:
        store.close()
        raise
    user = User(recs[first.name], first.name, first.roles)
    return Created(Station(store, clock, user, demo), sheet, recs)


def require_free(directory: Path) -> None:
    """E-511 where a station lies already: asked before a one-time code is used up."""
    if Keyring(directory).exists():
        raise KnownError("E-511", path=str(directory))


def _prepare(directory: Path, password: str) -> Keyring:
    from station_app.store.keyring import MIN_PASSWORD

    if len(password) < MIN_PASSWORD:
        raise KnownError("E-515", least=MIN_PASSWORD)
    try:
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError as exc:
        raise KnownError("E-513", path=str(directory)) from exc
    keyring = Keyring(directory)
    if keyring.exists():
        raise KnownError("E-511", path=str(directory))
    return keyring


def _settings(org: Organisation, series: str, *, demo: bool) -> dict[str, str]:
    values = {
        "station.name": org.station,
        "station.code": org.station_code,
        "station.community": org.community,
        "station.street": org.street,
        "committee.name": org.committee,
        "committee.short": org.short,
        "committee.court": org.court,
        "demo": "1" if demo else "",
    }
    if series:
        values["number.series"] = series
    return values


def _write_reference(store: Store, org: Organisation, people: list[NewPerson], clock: Clock) -> dict[str, str]:
    """Committee, station and people as reference ops; returns person name -> record id."""
    with store.write(actor="", wall=clock.now_ms()) as tx:
        op = tx.op("set_station", "reference")
        committee = op.new(
            "committee",
            {
                "name": org.committee,
                "short": org.short,
                "community": org.community,
                "court": org.court,
                "address": org.committee_address,
                "phone": org.committee_phone,
            },
        )
        op.new(
            "station",
            {
                "name": org.station,
                "code": org.station_code,
                "community": org.community,
                "street": org.street,
                "committee": committee,
            },
        )
        staff = tx.op("add_person", "reference")
        recs = {
            p.name: staff.new("person", {**p.values(), "committee": committee, "station": org.station_code})
            for p in people
        }
    store.set_settings({"committee.rec": committee})
    return recs


def login(directory: Path, *, name: str, password: str, clock: Clock) -> Station:
    """Open the station as a user. E-510 no station here, E-512, E-501, E-506 as the keyring says."""
    card, key = Keyring(directory).unlock(name=name, password=password, now_ms=clock.now_ms())
    return open_station(directory, key, card, clock)


def open_station(directory: Path, key: bytes, card: UserCard, clock: Clock) -> Station:
    """Open the database with its key, as the person on the card."""
    store = Store(directory, key)
    try:
        person = store.reference().records.get(card.person)
        if person is None or person.get("left"):
            raise KnownError("E-512", name=card.name)
        user = User(card.person, text(person, "name"), tuple(names(person, "roles")))
    except BaseException:
        store.close()
        raise
    return Station(store, clock, user, demo=store.setting("demo") == "1")


def users(directory: Path) -> list[UserCard]:
    """Who can log in on this device."""
    return Keyring(directory).users()


def people(station: Station) -> list[Record]:
    """The people of the station, those who left last."""
    found = [r for r in station.store.reference().of_kind("person") if not r.get("left")]
    return found + [r for r in station.store.reference().of_kind("person") if r.get("left")]


def person_name(station: Station, rec: str) -> str:
    """Name of a person record, "" where unknown."""
    return text(station.store.reference().records.get(rec), "name")


def add_person(station: Station, *, person: NewPerson) -> Changes:
    """Add a colleague (no password yet: see `set_password`)."""
    with station.write("add_person") as tx:
        values = {
            **person.values(),
            "committee": station.store.setting("committee.rec"),
            "station": station.store.setting("station.code"),
        }
        tx.op("add_person", "reference").new("person", values)
    return changes_of(tx, label="添加人员")


def edit_person(station: Station, *, rec: str, values: dict[str, Json]) -> Changes:
    """Change a person's record, for example a new appointment."""
    record = station.store.reference().records.get(rec)
    if record is None:
        raise KnownError("E-223", what=rec)
    with station.write("edit_person") as tx:
        tx.op("edit_person", "reference").put(overwrite(record, values))
    return changes_of(tx, label="修改人员")


def set_password(station: Station, *, rec: str, password: str) -> None:
    """Give a person a password on this device: the logged-in colleague vouches (CONTRACT 9)."""
    person = station.store.reference().records.get(rec)
    if person is None:
        raise KnownError("E-223", what=rec)
    if rec != station.user.person and OPERATOR not in station.user.roles and not station.can("add_person"):
        raise KnownError("E-404", user=station.user.name, verb="set_password")
    keyring = Keyring(station.store.directory)
    keyring.put_user(person=rec, name=text(person, "name"), title="", password=password, key=station.store.key)


def recover(directory: Path, *, sheet: str, name: str, password: str) -> None:
    """Set a new password with the key recovery sheet; E-501 where the code does not fit, E-512 unknown user."""
    keyring = Keyring(directory)
    key = keyring.open_sheet(sheet)
    card = next((u for u in keyring.users() if u.name == name), None)
    if card is None:
        raise KnownError("E-512", name=name)
    keyring.put_user(person=card.person, name=card.name, title=card.title, password=password, key=key)
