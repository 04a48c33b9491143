"""Verbs on what residents wrote by the code on a wall (居民自助登记): list, take up as an appeal, decline."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from station_app.domain import codes
from station_app.domain.case import APPLICANT, text
from station_app.domain.phone import check_phone
from station_app.services import cases
from station_app.services.cases import Intake, PartyInput, Values, check_intake, moment
from station_app.services.changes import Changes
from station_app.services.rounds.caseless import clean
from station_app.services.station import Station, changes_of
from station_app.store.core import Tx
from station_app.store.peers import letters
from station_app.store.peers.letters import Letter
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite
from sync.contract.states import OPEN
from sync.contract.ticket import ticket_of

VERB: Final = "answer_entry"
CHANNEL: Final = "qr"
LIST: Final = "entry_answers"
ACCEPTED: Final = letters.ACCEPTED
UNREADABLE: Final = "unreadable"
NAMELESS: Final = "扫码登记的居民（未留姓名）"
"""Stands where a telephone was left and no name: nobody's name is made up."""
_SUMMARY: Final = 60


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: `letter` is None where it is not here; `readable`: whether it was sealed to this PC; `rivals`: how
    many PCs answered it without knowing of each other, 0 or at least 2; `title`: of its case, where that is here.
    """

    rec: str
    at: str
    hours: int
    letter: Letter | None
    readable: bool
    missing: int
    withdrawn: str
    answer: str
    reason: str
    case: str
    answered_at: str
    rivals: int
    title: str = ""

    @property
    def open(self) -> bool:
        """Whether somebody has to deal with it."""
        return not self.answer and not self.withdrawn

    def said(self, name: str) -> str:
        """What the letter says under a name, "" where nothing or it is not here."""
        return self.letter.texts.get(name, "") if self.letter is not None else ""

    @property
    def due(self) -> str:
        """The moment until which the wall promises a call, "" where it promises none."""
        return _later(self.at, self.hours) if self.hours else ""


def entries(station: Station, *, only_open: bool = False) -> list[Entry]:
    """The station's entries: open ones first, the oldest on top; then answered ones, the newest first."""
    found = [_entry(station, record) for record in letters.own(station.store)]
    waiting = sorted((e for e in found if e.open), key=lambda e: (e.at, e.rec))
    done = sorted((e for e in found if not e.open), key=lambda e: (e.answered_at or e.withdrawn, e.rec), reverse=True)
    return waiting if only_open else waiting + done


def attention(station: Station) -> list[Entry]:
    """What somebody has to look at: entries without an answer, those answered twice, and those whose resident withdraws
    while the case is under way.
    """
    found = entries(station)
    return [e for e in found if e.open or e.rivals or (e.withdrawn and e.case and _under_way(station, e.case))]


def _under_way(station: Station, case: str) -> bool:
    row = station.store.reader.execute("SELECT state FROM case_row WHERE rec = ? AND discarded = 0", (case,)).fetchone()
    return row is not None and row[0] in OPEN


def entry(station: Station, word: str) -> Entry:
    """One by its record id, the end of it, or the resident's code as read out. E-223."""
    return _entry(station, _find(station, word))


def accept(station: Station, *, entry: str, intake: Intake | None = None) -> Changes:
    """登记为诉求: an appeal with what the resident wrote, his photographs and how to reach him; found when he sent it,
    channel 扫码. Entry and case name each other in one transaction; the code goes on as the case's. `intake`: what a
    person changed before. E-295, E-296; else as `cases.register`.
    """
    record = _find(station, entry)
    _must_be_open(record)
    letter = _letter(station, record)
    missing = letters.lacking(station.store, letter)
    if missing:
        raise KnownError("E-295", why="away", n=missing)
    given = intake or proposed(station, letter)
    given.case |= {"channel": CHANNEL, "found_at": text(record, "at"), "entry": record.id}
    given.facts["query_code"] = letter.texts.get("code", "")
    ready, errors = check_intake(given, station)
    if errors:
        raise errors[0].error
    station.require("register")
    with station.write(VERB) as tx:
        case, _ = cases.put_new_case(station, tx, ready)
        _photographs(station, tx, case, letter)
        _answer(station, tx, record, {"answer": ACCEPTED, "case": case})
    letters.tidy(station.store)
    return changes_of(tx, label="居民自助登记转为诉求")


def decline(station: Station, *, entry: str, answer: str, reason: str) -> Changes:
    """不作为诉求登记: 不属本站, 重复, 无效 or 无法读取, with words the resident reads. E-408 without words, E-270
    where a number of a person stands in them: the district reads them too. E-296, E-217.
    """
    code = codes.load(LIST).check(answer)
    if code == ACCEPTED:
        raise KnownError("E-217", field="self_entry.answer", value=answer)
    record = _find(station, entry)
    _must_be_open(record)
    if not reason.strip():
        raise KnownError("E-408")
    said = clean(station, "self_entry", {"answer": code, "reason": reason})
    with station.write(VERB) as tx:
        _answer(station, tx, record, said)
    return changes_of(tx, label="答复居民自助登记")


def proposed(station: Station, letter: Letter) -> Intake:
    """The appeal as the letter says it; a telephone that is none stands in the words."""
    said = letter.texts
    facts: Values = {"summary": _summary(said.get("what", "")), "story": said.get("what", "")}
    name, phone = said.get("called", ""), said.get("phone", "")
    identity: Values = {}
    if phone:
        try:
            identity["phone"] = check_phone(phone).number
        except KnownError:
            facts["story"] = f"{facts['story']}\n联系方式（居民填写）：{phone}"
    parties = []
    if name or phone:
        party: Values = {"role": APPLICANT, "kind": "person", "name": name or NAMELESS}
        parties.append(PartyInput(party, identity))
    return Intake({"channel": CHANNEL, "place": said.get("where", "")}, facts, parties)


def photo(station: Station, *, entry: str, no: int) -> bytes:
    """A photograph of an entry, counted from 1, as JPEG. E-295 where it is not here, E-223 where there is none."""
    from station_app.store import blobs

    record = _find(station, entry)
    letter = _letter(station, record)
    if not 1 <= no <= len(letter.photos):
        raise KnownError("E-223", what=str(no))
    sha = letter.photos[no - 1][0]
    if not blobs.is_here(station.store, sha):
        raise KnownError("E-295", why="away", n=1)
    return blobs.get(station.store, sha, station.store.reader)


def _photographs(station: Station, tx: Tx, case: str, letter: Letter) -> None:
    if not letter.photos:
        return
    op = tx.op("note", "content", case=case, stream=tx.drafts[0].stream)
    letters.move(tx.con, photos=letter.photos, case_id=station.store.ids.pk(case))
    for no, (sha, size) in enumerate(letter.photos, 1):
        values: Values = {"order": no, "name": f"居民扫码上传的照片{no}", "source": "居民自助登记", "original": "photo"}
        op.new("evidence", {**values, "pages": 1, "blob": sha, "bytes": size})


def _answer(station: Station, tx: Tx, record: Record, said: dict[str, Json]) -> None:
    told: dict[str, Json] = {"answered_at": moment(station), **said}
    if station.user.person:
        told["by"] = station.user.person
    now = station.store.reference(tx.con).records[record.id]
    _must_be_open(now)  # the command line may have answered meanwhile
    tx.op(VERB, "reference").put(overwrite(now, told))


def _find(station: Station, word: str) -> Record:
    ticket = ticket_of(word)
    found = [
        r
        for r in letters.own(station.store)
        if r.id == word or (word and r.id.endswith(word)) or r.get("ticket") == ticket
    ]
    exact = [r for r in found if r.id == word] or found
    if len(exact) != 1:
        raise KnownError("E-223", what=word)
    return exact[0]


def _must_be_open(record: Record) -> None:
    if record.get("answer"):
        raise KnownError("E-296")
    if record.get("withdrawn_at"):
        raise KnownError("E-296", why="withdrawn")


def _letter(station: Station, record: Record) -> Letter:
    if letters.key_of(station.store, record) is None:
        raise KnownError("E-295")
    letter = letters.letter_of(station.store, record)
    if letter is None:
        raise KnownError("E-295", why="away")
    return letter


def _entry(station: Station, record: Record) -> Entry:
    letter = letters.letter_of(station.store, record)
    hours = record.get("hours")
    heads, case = record.units.get("answer", []), text(record, "case")
    row = station.store.reader.execute("SELECT title FROM case_row WHERE rec = ?", (case,)).fetchone() if case else None
    return Entry(
        rec=record.id,
        at=text(record, "at"),
        hours=hours if isinstance(hours, int) else 0,
        letter=letter,
        readable=letters.key_of(station.store, record) is not None,
        missing=letters.lacking(station.store, letter) if letter is not None else 0,
        withdrawn=text(record, "withdrawn_at"),
        answer=text(record, "answer"),
        reason=text(record, "reason"),
        case=case,
        answered_at=text(record, "answered_at"),
        rivals=len(heads) if len(heads) > 1 else 0,
        title=str(row[0] or "") if row is not None else "",
    )


def _summary(what: str) -> str:
    """The first sentence, cut where it is long."""
    first = what.strip().splitlines()[0] if what.strip() else ""
    for stop in "。；！？":
        first = first.partition(stop)[0] if len(first) > _SUMMARY // 2 else first
    return first if len(first) <= _SUMMARY else first[: _SUMMARY - 1] + "…"


def _later(at: str, hours: int) -> str:
    from datetime import datetime, timedelta

    return (datetime.fromisoformat(at) + timedelta(hours=hours)).isoformat()[:16]
