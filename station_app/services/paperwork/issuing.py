"""The inside of issuing: what may be issued, whether it already was, and all records of one issued paper."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final, NamedTuple, cast

from station_app.domain.agreement import obligations
from station_app.domain.agreement.copies import copies
from station_app.domain.agreement.facts import is_wage
from station_app.domain.case import APPLICANT, Case, number, text
from station_app.services.changes import Changes
from station_app.services.paperwork import court_values, dossier_values, engine, numbers, service_values
from station_app.services.sessions import guard_refused
from station_app.services.station import Station
from station_app.services.terms import agreement_of
from station_app.store import blobs, sealing
from station_app.store.core import OpDraft, Tx
from station_app.store.project import SEALED_KINDS
from sync.contract.canonical import Json
from sync.contract.errors import KnownError
from sync.contract.fold import Record, overwrite
from sync.contract.numbering import Number
from sync.contract.op import rec_id

if TYPE_CHECKING:
    from station_app.documents.issue import Rendered
    from station_app.documents.proof import Proof
    from station_app.documents.template import Template

AGREEMENT: Final = "agreement"
ORAL: Final = "oral_agreement"
NO_DISTRICT: Final = "gm:"
"""Address of codes made before a station is enrolled: a station reads them, a telephone opens nothing."""
REPRESENTATIVES_FROM: Final = 10  # 劳动争议调解仲裁法 7
_GONE: Final = frozenset({"void", "replaced"})

ValuesOf = Callable[[Station, Case, str], dict[str, object]]


class Numbered(NamedTuple):
    """The case's number, the number this paper bears, and what was drawn for it just now."""

    case: str
    printed: str
    drawn: Number | None


@dataclass(frozen=True, slots=True)
class Issued:
    """An issued paper: its record, its bytes; `fresh` is False where it had been issued before with the same facts."""

    paper: str
    template: str
    number: str
    version: int
    pages: int
    pdf: bytes
    fresh: bool
    changes: Changes

    def with_changes(self, changes: Changes) -> Issued:
        """The same with what the verb touched."""
        return replace(self, changes=changes)


# -- what there is --------------------------------------------------------------------------------------------------


def current(view: Case, template: str) -> Record | None:
    """The standing version of a paper; of agreements that of the one in force."""
    agreement = view.agreement
    found = [p for p in view.papers if text(p, "template") == template and text(p, "state") not in _GONE]
    if template == AGREEMENT:
        found = [p for p in found if agreement is not None and text(p, "agreement") in ("", agreement.id)]
    return found[-1] if found else None


def mark_of(view: Case, paper: str) -> Record | None:
    """The public mark of a paper."""
    return next((m for m in view.kind("paper_mark") if text(m, "paper") == paper), None)


def is_signed(view: Case) -> bool:
    """True when somebody signed the agreement in force."""
    return view.sealed


def applies(view: Case, template: str) -> bool:
    """False where a case has no use for a paper."""
    rules: dict[str, Callable[[], bool]] = {
        "representatives": lambda: view.labour and len(view.side(APPLICANT)) >= REPRESENTATIVES_FROM,
        "confirmation_application": lambda: view.agreement is not None and text(view.agreement, "confirm") != "not",
        "termination_notice": lambda: view.case_state == "ended",
        "wage_receipt": lambda: is_wage(view),
    }
    if template in rules:
        return rules[template]()
    more = {**dossier_values.APPLIES, **court_values.APPLIES, **service_values.APPLIES}
    return more[template](view) if template in more else True


def copies_of(view: Case, template: Template) -> int:
    """How many are printed: by the agreement's own rule, else one for everybody the template names."""
    if template.id == AGREEMENT:
        return copies(view)
    return sum(len(view.parties) if who == "parties" else 1 for who in template.copies) or 1


# -- before ---------------------------------------------------------------------------------------------------------


def unchanged(station: Station, view: Case, template: Template, values_of: ValuesOf) -> Issued | None:
    """The standing version where its facts are still those of the case. E-401 for changed facts under a signature."""
    paper = current(view, template.id)
    if paper is None:
        return None
    facts = _facts(station, view, engine.as_issued(station, template, text(paper, "edition")), values_of)
    if facts == text(paper, "facts_hash"):
        return _again(station, view, paper)
    if template.id == AGREEMENT and is_signed(view):
        if _touching(station, view) <= _frozen(view):
            return _again(station, view, paper)
        raise KnownError("E-401", number=text(view.record, "number"))
    return None


def _facts(station: Station, view: Case, template: Template, values_of: ValuesOf) -> str:
    try:
        values = values_of(station, view, text(view.record, "number"))
        return engine.facts_hash(template, of_template(values, template.id)).hex()
    except KnownError as error:
        if error.code == "E-304":
            return ""
        raise


def _again(station: Station, view: Case, paper: Record) -> Issued:
    return Issued(
        paper=paper.id,
        template=text(paper, "template"),
        number=text(paper, "number"),
        version=number(paper, "version"),
        pages=number(paper, "pages"),
        pdf=blobs.get(station.store, text(paper, "pdf")),
        fresh=False,
        changes=Changes(frozenset(), (), (), view.id),
    )


def _touching(station: Station, view: Case) -> set[str]:
    """The ops that said what a signature freezes; of one worker's agreement those that stand."""
    if view.agreement is not None and view.agreement.get("parties"):
        records = [r for r in view.state.records.values() if r.kind in SEALED_KINDS]
        return {head.op for r in records for heads in r.units.values() for head in heads}
    ops = station.store.ops_of(view.id)
    return {op.id for op in ops if any(c.kind in SEALED_KINDS for c in op.changes or ())}


def _frozen(view: Case) -> set[str]:
    return {op for s in view.signatures for op in cast("list[str]", s.get("froze") or [])}


def guard(view: Case, template: str, *, to_each: bool = False) -> None:
    """What an agreement must be before it gets a number (E-403, E-406, E-210, E-211, E-213, E-343).

    `to_each`: it is the group's, from which each worker's own is made.
    """
    if template == ORAL and view.labour:
        raise KnownError("E-406")
    if template != AGREEMENT:
        return
    agreement = agreement_of(view)
    each = {a.id for a in view.individual if a.id != agreement.id}
    if not to_each and any(text(p, "agreement") in each and text(p, "state") not in _GONE for p in view.papers):
        raise KnownError("E-343")
    guard_refused(view)
    if view.labour and text(agreement, "form") == "oral":
        raise KnownError("E-406")
    duties = obligations.duties(view)
    if not duties and not view.terms:
        raise KnownError("E-213")
    total = number(agreement, "total") or None
    errors = obligations.check(duties, parties={p.id: p.name for p in view.parties}, total=total) if duties else []
    if errors:
        raise errors[0].error


# -- the act --------------------------------------------------------------------------------------------------------


def numbered(station: Station, tx: Tx, view: Case, template: Template, *, place: int = 0) -> Numbered:
    """The numbers a paper will bear; draws the case number where the case has none. E-306 without a series."""
    case_number, drawn = text(view.record, "number"), None
    if not case_number and _numbered(template):
        drawn = numbers.draw(station, tx, view)
        case_number = drawn.text(brackets=station.store.setting("number.brackets") or "（）")
    printed = numbers.of_agreement(view, case_number, place=place) if template.id == AGREEMENT else case_number
    return Numbered(case_number, printed, drawn)


def put(
    station: Station,
    tx: Tx,
    view: Case,
    *,
    template: Template,
    values_of: ValuesOf,
    by_hand: str = "",
    given: Numbered | None = None,
    content: OpDraft | None = None,
) -> Issued:
    """Draw, render and write everything of one paper into the transaction.

    `by_hand`: characters a person chose to write by hand where no face has them; the record of the paper says which.
    `given`, `content`: numbers that were drawn already, and the op that says what the paper is made from.
    """
    case_number, printed, drawn = given or numbered(station, tx, view, template)
    values = of_template(values_of(station, view, case_number), template.id)
    older = _versions(view, template.id)
    version = max((number(p, "version") for p in older), default=0) + 1
    facts = engine.facts_hash(template, values)
    content = content or tx.op("issue_paper", "content", case=view.id)
    rec = rec_id(content.inst, content.seq, len(content.changes))
    hand = _left_free(station, template, values, by_hand)
    proof = _proof(station, rec=rec, version=version, facts=facts, printed=printed)
    rendered = _render(station, template, values, view, proof=proof, by_hand=hand)
    sha = blobs.put(tx.con, case_id=station.store.ids.pk(view.id), data=rendered.pdf)
    standing = current(view, template.id)
    common: dict[str, Json] = {"template": template.id, "version": version, "number": printed or None}
    common |= {"pages": rendered.pages, "facts_hash": facts.hex(), "state": "issued"}
    more = _paper(station, view, template, sha, len(rendered.pdf), standing)
    signed = "、".join(map(str, rendered.sign_pages))
    content.new("paper", {**common, **more, "by_hand": hand or None, "sign_pages": signed or None})
    _put_older(content, view, template.id, standing=standing, printed=printed)
    _put_register(tx, view, {**common, "paper": rec}, standing=standing, drawn=drawn, case_number=case_number)
    detail = f"{template.id} {printed} v{version}" + (f" 留空手写：{hand}" if hand else "")
    blobs.log(tx.con, at=station.clock.now_ms(), user=station.user.person, act="issue", case=view.id, detail=detail)
    nothing = Changes(frozenset(), (), (), view.id)
    return Issued(rec, template.id, printed, version, rendered.pages, rendered.pdf, fresh=True, changes=nothing)


def _numbered(template: Template) -> bool:
    return bool(template.series) or any(path in template.needs for path in ("paper.number", "agreement.number"))


def _versions(view: Case, template: str) -> list[Record]:
    """Every version ever issued, void ones too: a version number is used once."""
    found = [p for p in view.papers if text(p, "template") == template]
    if template == AGREEMENT and view.agreement is not None:
        found = [p for p in found if text(p, "agreement") in ("", view.agreement.id)]
    return found


def _render(
    station: Station,
    template: Template,
    values: dict[str, object],
    view: Case,
    *,
    proof: Proof,
    by_hand: str,
) -> Rendered:
    demo = station.demo or bool(view.get("demo"))
    try:
        return engine.render(station, template, values, proof=proof, demo=demo, by_hand=by_hand)
    except KnownError as error:
        raise _of_person(error, view) from error


def _of_person(error: KnownError, view: Case) -> KnownError:
    """A character no font has, said of the person whose name it is in, not of a whole sentence with it."""
    char = str(error.values.get("char") or "")
    owner = next((p.name for p in view.parties if char and char in p.name), "")
    return KnownError(error.code, **{**error.values, "name": owner}) if error.code == "E-301" and owner else error


def _left_free(station: Station, template: Template, values: dict[str, object], by_hand: str) -> str:
    """Which of the characters a person gave really are left free on this paper, in order."""
    if not by_hand:
        return ""
    shown = "".join(engine.shown(template, values))
    return "".join(c for c in engine.fonts(station).missing(by_hand) if c in shown)


def _proof(station: Station, *, rec: str, version: int, facts: bytes, printed: str) -> Proof:
    from station_app.documents.proof import Proof

    private = station.store.secret("sign_key")
    return Proof(
        url=station.store.setting("district.url") or station.store.setting("net.server") or NO_DISTRICT,
        paper_id=rec,
        version=version,
        facts_hash=facts,
        number=printed or None,
        sign=lambda message: sealing.sign(private, message),
        device=station.store.device,
    )


def _paper(
    station: Station, view: Case, template: Template, sha: str, size: int, standing: Record | None
) -> dict[str, Json]:
    return {
        "edition": template.edition,
        "title": template.title,
        "pdf": sha,
        "bytes": size,
        "copies": copies_of(view, template),
        "froze": cast("Json", sorted(_touching(station, view))),
        "issued_ms": station.clock.now_ms(),
        "agreement": view.agreement.id if view.agreement is not None else None,
        "replaces": standing.id if standing is not None else None,
        "demo": True if station.demo or view.get("demo") else None,
    }


def of_template(values: dict[str, object], template: str) -> dict[str, object]:
    """The values as one paper shows them: an agreement bears its own number, which may be a further one of the case."""
    agreement = values.get(AGREEMENT)
    if template != AGREEMENT or not isinstance(agreement, dict) or not agreement.get("number"):
        return values
    return {**values, "paper": {"number": agreement["number"]}}


def _put_older(content: OpDraft, view: Case, template: str, *, standing: Record | None, printed: str) -> None:
    """The version before is replaced; the agreement learns its number while nobody has signed it."""
    if standing is not None:
        content.put(overwrite(standing, {"state": "replaced"}))
    agreement = view.agreement
    if template != AGREEMENT or agreement is None or is_signed(view):
        return
    if text(agreement, "number") != printed or text(agreement, "state") != "issued":
        content.put(overwrite(agreement, {"number": printed, "state": "issued"}))


def _put_register(
    tx: Tx, view: Case, mark: dict[str, Json], *, standing: Record | None, drawn: Number | None, case_number: str
) -> None:
    """What the district may read: the mark for verification, the number and its place in the ledger."""
    op = tx.op("issue_paper", "register", case=view.id)
    op.new("paper_mark", mark)
    before = mark_of(view, standing.id) if standing is not None else None
    if before is not None:
        op.put(overwrite(before, {"state": "replaced"}))
    if drawn is not None:
        op.new("number", numbers.record_values(drawn, case_number))
        op.put(overwrite(view.record, {"number": case_number}))
