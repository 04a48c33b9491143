"""司法确认材料包: what a court wants of one case, in the order it takes it, and what is still missing on top.

What is ready is issued; what was issued stays as sealed, with signed pages that came back as scans in their place.
Nothing is left out in silence: what is missing is said, and a file that only lacks signatures is listed apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from station_app.domain.case import Case, Party, number, text
from station_app.domain.court import check as court_check
from station_app.domain.rules import load_rules
from station_app.domain.sentences import sentence
from station_app.services import court, papers
from station_app.services.changes import Changes
from station_app.services.papers import Card
from station_app.services.paperwork import engine, issuing, package_facts, package_pdf
from station_app.services.paperwork.package_pdf import Draft, File
from station_app.services.station import Station
from station_app.store import blobs
from sync.contract.errors import KnownError
from sync.contract.fold import Record

MISSING_NAME: Final = "00待补充材料.txt"
FACTS_NAME: Final = "12协议要素.json"
_MB: Final = 1024 * 1024
_LONGEST: Final = 60
_SAFE: Final = re.compile(r"[^0-9A-Za-z\u4e00-\u9fff]")


@dataclass(frozen=True, slots=True)
class Slot:
    """One place of the package. `wanted`: a court does not take the application without it; `by_party`: pages are
    handed in party by party; `optional`: templates that a court may not ask for."""

    no: str
    title: str
    templates: tuple[str, ...]
    wanted: bool = True
    by_party: bool = False
    optional: tuple[str, ...] = ()


SLOTS: Final = (
    Slot("01", "司法确认申请书", ("confirmation_application", "court_materials")),
    Slot("02", "人民调解协议书", ("agreement", "supplement"), optional=("supplement",)),
    Slot("03", "主持调解证明", ("mediation_certificate",)),
    Slot("04", "身份材料", ("identity_sheets", "legal_rep_certificate"), by_party=True),
    Slot(
        "05",
        "授权材料",
        ("power_of_attorney", "representatives"),
        wanted=False,
        optional=("power_of_attorney", "representatives"),
    ),
    Slot("06", "证据材料", ("evidence_list",)),
    Slot("07", "人民调解记录", ("mediation_record", "undisputed_facts"), optional=("undisputed_facts",)),
    Slot("08", "送达地址确认书", ("delivery_address",)),
    Slot("09", "权利义务告知书", ("rights_notice",)),
    Slot("10", "承诺书", ("commitment",), wanted=False, optional=("commitment",)),
    Slot("11", "附表", ("court_attendance",), wanted=False, optional=("court_attendance",)),
)
"""The order in which courts take the file."""
TITLES: Final = {slot.no: slot.title for slot in SLOTS}
_LAST: Final = "court_materials"
"""The list of materials tells the pages of the others, so it is issued when they are."""


@dataclass(frozen=True, slots=True)
class Package:
    """One case's package. `missing`: what a court would ask for; `unsigned`: files without scans of their signed pages;
    `open`: questions nobody answered yet; `changes`: what issuing touched."""

    case: str
    number: str
    title: str
    files: tuple[File, ...]
    missing: tuple[str, ...]
    unsigned: tuple[str, ...]
    open: tuple[str, ...]
    facts: bytes | None
    changes: Changes

    @property
    def name(self) -> str:
        """Folder and archive bear it: the number of the case without signs, else its title."""
        return clean(self.number or self.title)

    @property
    def whole(self) -> bytes:
        """All files as one PDF with bookmarks."""
        return package_pdf.bound(self.files, slots=TITLES, title=f"{self.title}　司法确认材料")

    @property
    def archive(self) -> bytes:
        """The ZIP for the court, with what is missing on top where something is."""
        first = {MISSING_NAME: self.notes.encode("utf-8-sig")} if self.missing else {}
        return package_pdf.archive(self.files, first=first, last={FACTS_NAME: self.facts} if self.facts else {})

    @property
    def notes(self) -> str:
        """What is missing, unsigned and unanswered, as text; "" where nothing is."""
        parts = (
            ("一、缺少的材料和内容", self.missing),
            ("二、尚无签名、盖章后的扫描件（纸质提交的，签名、盖章后提交原件）", self.unsigned),
            ("三、尚未核实答复的问题", self.open),
        )
        told = [f"{head}\n" + "\n".join(f"{n}. {w}" for n, w in enumerate(lines, 1)) for head, lines in parts if lines]
        return f"{self.title}　{self.number}\n\n" + "\n\n".join(told) + "\n" if told else ""


def clean(name: str) -> str:
    """A name without any sign a court's system might refuse: letters, digits and common characters only."""
    return _SAFE.sub("", name)[:_LONGEST]


def make(station: Station, *, case: str, facts: bool = False) -> Package:
    """The package of one case: issues what is ready, changes nothing else. `facts`: with the agreement's terms as JSON.

    E-352 where the case has no agreement, E-404 where the user may not issue papers.
    """
    station.require("issue_paper")
    if station.case(case).agreement is None:
        raise KnownError("E-352")
    work = _Work(station, case)
    for slot in SLOTS:
        work.take(slot)
    view = station.case(case)
    found = court.look(station, case=case)
    held = [f"司法确认预审：{f.sentence}" for f in court_check.holds_court_papers(found.findings)]
    return Package(
        case=case,
        number=text(view.record, "number"),
        title=text(view.record, "title"),
        files=tuple(work.files()),
        missing=tuple(dict.fromkeys([*held, *work.missing])),
        unsigned=tuple(work.unsigned),
        open=tuple(q.text for q in found.questions),
        facts=package_facts.facts(station, view) if facts else None,
        changes=work.changes,
    )


def save(package: Package, out: Path) -> Path:
    """Write the single files, the whole and the archive into a folder of the case's name; returns it. E-516."""
    folder = out / package.name
    whole, archive = f"{package.name}司法确认材料.pdf", f"{package.name}司法确认材料.zip"
    written = {file.name: file.data for file in package.files}
    written |= {whole: package.whole} if package.files else {}
    written[archive] = package.archive
    if package.facts:
        written[FACTS_NAME] = package.facts
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in written.items():
            (folder / name).write_bytes(data)
        notes = folder / MISSING_NAME
        if package.notes:
            notes.write_text(package.notes, encoding="utf-8-sig")
        else:
            notes.unlink(missing_ok=True)
    except OSError as error:
        raise KnownError("E-516", file=str(folder)) from error
    return folder


# -- inside ---------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Work:
    """The package while it is put together."""

    station: Station
    case: str
    drafts: list[Draft] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)
    unsigned: list[str] = field(default_factory=list)
    changes: Changes = field(default_factory=lambda: Changes(frozenset(), (), ()))
    cards: dict[str, Card] = field(init=False)
    view: Case = field(init=False)

    def __post_init__(self) -> None:
        """Read the case and its papers."""
        self.view = self.station.case(self.case)
        self.cards = {c.template: c for c in papers.list_papers(self.station, case=self.case)}

    def take(self, slot: Slot) -> None:
        """All papers of one place, then what belongs to it beside papers."""
        before, lacking = len(self.drafts), len(self.missing)
        templates = [t for t in slot.templates if t in self.cards and t != _LAST]
        issued = [(t, p) for t in templates for p in self._papers(slot, self.cards[t])]
        if slot.by_party:
            self._by_party(slot, issued)
        else:
            for template, record in issued:
                self.drafts.append(self._draft(slot, template, record))
        if slot.no == "06":
            self._evidence(slot)
        if slot.no == "05" and not issued and any(_agents(p) for p in self.view.parties):
            self.missing.append("授权委托书和代理人身份证明：尚未制作")
        if slot.wanted and len(self.drafts) == before and len(self.missing) == lacking:
            self.missing.append(f"{slot.title}：尚未制作")

    def _papers(self, slot: Slot, card: Card) -> list[Record]:
        """The standing papers of a template; issued now where all facts are there."""
        optional = card.template in slot.optional
        if not card.applies and not card.paper:
            return []
        if not card.paper:
            return [] if not self._issue(card, quiet=optional) else self._standing(card.template)
        if card.stale and not self._renew(card):
            self.missing.append(f"{card.title}：出具以后内容有变化，请核对并重新出具")
        return self._standing(card.template)

    def _issue(self, card: Card, *, quiet: bool) -> bool:
        if card.missing:
            if not quiet:
                self.missing.append(f"{card.title}：缺少{'、'.join(dict.fromkeys(label for _, label in card.missing))}")
            return False
        try:
            made = papers.issue(self.station, case=self.case, template=card.template)
        except KnownError as error:
            if not quiet and error.code != "E-461":  # each finding is named by itself
                self.missing.append(f"{card.title}：{sentence(error)}")
            return False
        self.view = self.station.case(self.case)
        self.changes = replace(self.changes.also(made.changes), label="制作司法确认材料包")
        return True

    def _renew(self, card: Card) -> bool:
        """A paper nobody has signed yet follows the facts; a signed page that came back holds it as it is."""
        if any(text(s, "paper") == card.paper for s in self.view.kind("scan")):
            return False
        if card.template == issuing.AGREEMENT:
            return False
        return self._issue(card, quiet=False)

    def _standing(self, template: str) -> list[Record]:
        found = [p for p in self.view.papers if text(p, "template") == template and text(p, "state") == "issued"]
        if template != issuing.AGREEMENT:
            return found[-1:]
        newest = {text(p, "agreement"): p for p in found}
        return list(newest.values())

    def _sheets(self, record: Record) -> list[tuple[bytes, int]]:
        """The pages of a paper, each as scanned where its signed page came back, else as issued."""
        data = blobs.get(self.station.store, text(record, "pdf"))
        pages = [(data, n) for n in range(1, number(record, "pages") + 1)]
        back: set[int] = set()
        for scan in self.view.kind("scan"):
            page = number(scan, "page")
            if text(scan, "paper") != record.id or not 1 <= page <= len(pages):
                continue
            try:
                pages[page - 1] = (package_pdf.as_pdf(blobs.get(self.station.store, text(scan, "blob"))), 1)
                back.add(page)
            except KnownError as error:
                self.missing.append(f"{text(record, 'title')}第{page}页扫描件：{sentence(error)}")
        if not back and _is_signed(self.station, text(record, "template")):
            numbered = text(record, "template") == issuing.AGREEMENT
            self.unsigned.append(text(record, "title") + (text(record, "number") if numbered else ""))
        return pages

    def _draft(self, slot: Slot, template: str, record: Record) -> Draft:
        title = text(record, "title")
        return Draft(slot.no, title, title, self._sheets(record))

    def _by_party(self, slot: Slot, issued: Sequence[tuple[str, Record]]) -> None:
        """04: of each party its own pages, in the order of the parties."""
        parties = self.view.parties
        own: dict[str, list[tuple[bytes, int]]] = {p.id: [] for p in parties}
        for template, record in issued:
            whose = [p for p in parties if template != "legal_rep_certificate" or not p.is_person]
            pages = self._sheets(record)
            if len(pages) != len(whose):
                self.drafts.append(Draft(slot.no, text(record, "title"), text(record, "title"), pages))
                continue
            for party, page in zip(whose, pages, strict=True):
                own[party.id].append(page)
        for no, party in enumerate(parties, 1):
            if own[party.id]:
                label = f"{slot.title}{no:02d}{party.name}"
                self.drafts.append(Draft(slot.no, f"{slot.title}　{party.name}", label, own[party.id]))

    def _evidence(self, slot: Slot) -> None:
        found = self.view.kind("evidence")
        if not found:
            self.missing.append("证据材料：没有任何证据，请补充与协议有关的债权、财产权利证明")
        for no, record in enumerate(found, 1):
            name, sha = text(record, "name"), text(record, "blob")
            try:
                if not sha:
                    raise KnownError("E-223", what=name)
                data = package_pdf.as_pdf(blobs.get(self.station.store, sha))
                pages = [(data, n) for n in range(1, package_pdf.pages_of(data) + 1)]
            except KnownError:
                self.missing.append(f"证据“{name}”：没有扫描件或者照片")
                continue
            self.drafts.append(Draft(slot.no, f"证据{no}　{name}", f"证据{no:02d}{name}", pages))

    def files(self) -> list[File]:
        """All drafts as files of at most the court's size, the list of materials behind the application."""
        self._materials()
        limit = max(1, load_rules().count("court.file_mb")) * _MB
        pattern = str(load_rules().setting("court.file_name").value or "{no}{title}")
        made: list[File] = []
        for draft in sorted(self.drafts, key=lambda d: d.slot):
            parts = package_pdf.built(draft, limit=limit)
            for part, data in enumerate(parts, 1):
                label = draft.label + (f"第{part}部分" if len(parts) > 1 else "")
                name = _unique(clean(pattern.format(no=draft.slot, title=label)), made)
                if len(data) > limit:
                    told = sentence(KnownError("E-351", name=name, limit=limit // _MB))
                    self.missing.append(told)
                made.append(File(draft.slot, draft.title, f"{name}.pdf", data, package_pdf.pages_of(data)))
        return made

    def _materials(self) -> None:
        card = self.cards[_LAST]
        if card.applies and not self._issue(card, quiet=False):
            return
        for record in self._standing(_LAST):
            self.drafts.append(self._draft(SLOTS[0], _LAST, record))


def _unique(name: str, made: Sequence[File]) -> str:
    taken = {f.name for f in made}
    return next(n for n in (name, *(f"{name}之{i}" for i in range(2, 1000))) if f"{n}.pdf" not in taken)


def _agents(party: Party) -> list[Record]:
    return [a for a in party.agents if text(a, "kind") != "representative"]


def _is_signed(station: Station, template: str) -> bool:
    """Whether somebody signs that paper."""
    found = engine.in_force(station, template)
    return any(_signs(block.spec) for block in found.blocks)


def _signs(spec: object) -> bool:
    from station_app.documents.template import GroupSpec, SignaturesSpec

    if isinstance(spec, GroupSpec):
        return any(_signs(block.spec) for block in spec.blocks)
    return isinstance(spec, SignaturesSpec)
