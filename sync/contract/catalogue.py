"""The catalogue: every kind of record and every field, once; tables, case file, forms and templates follow it.

A field is written `name type [group] [@since]`. Fields of one group are one unit of change: they are set together and
conflict together. No kind holds fields of two compartments. A field is never renamed or given another type; `since`
tells the catalogue version that brought it, the kind's own where it is not written.

Types: text (one line), long (lines), int, money (分), moneymap (record id -> 分), days (hundredths of a day), date
(YYYY-MM-DD), moment (YYYY-MM-DDTHH:MM, Asia/Shanghai), ms, bool, code (of a list in resources/codes), codes, ref
(record id), refs, texts, ops (op ids), hash (SHA-256 hex), bytes (base64url).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import Final

CATALOGUE_VERSION: Final = 2

TYPES: Final = frozenset(
    "text long int money moneymap days date moment ms bool code codes ref refs texts ops hash bytes".split()
)


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its unit of change is `group`, or the field itself; `label` is the key of its one word on screen."""

    kind: str
    name: str
    type: str
    group: str
    since: int = 1

    @property
    def unit(self) -> str:
        """The name under which changes of this field are counted."""
        return self.group or self.name

    @property
    def label(self) -> str:
        """Key of the label; form, paper, table and finding say the same word."""
        return f"{self.kind}.{self.name}"


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of record, its compartment, and its fields in the order people read them."""

    name: str
    compartment: str
    fields: dict[str, Field]


_SOURCE: Final = {
    # -- register: who, what kind, states, clocks, sums, colours -------------------------------------------------
    ("case", "register"): """
        title text; service code; channel code; type code; labour bool; place text; people int; amount money
        found_at moment; found_by text; registered_at moment; accepted_at moment; resolved_at moment
        confirmed_at moment; fedback_at moment; legal_date date; number text
        state code state; state_reason text state; state_since moment state
        consent_applicant code; consent_respondent code
        colour code colour; colour_reasons texts colour; colour_judged texts colour @2
        station text; holder text; community text; committee ref; mediator ref; recorder ref; court text
        discarded bool; demo bool; external_number text
        finding ref @2; visit_on date @2; ended_at moment @2; agreement_form code @2
        merged_into ref @2; secrecy code @2
        difficult bool difficult @2; difficult_reason text difficult @2; difficult_by ref difficult @2
        entry ref @2; key_area code @2
        reopened_at moment @2; first_resolved_at moment @2; first_confirmed_at moment @2; first_fedback_at moment @2
    """,
    ("party", "register"): "role code; kind code; name text identity; order int; removed bool",
    # how a case hangs together with another one; both bear a record of it
    ("link", "register"): "to ref; how code; reason text; at moment; by ref; removed bool",
    # the number another system (12345, petition, court) gave the same matter
    ("external", "register"): "system code; number text; on date; by ref; removed bool",
    ("number", "register"): """
        committee text key; kind code key; year int key; series text key; n int key; text text key
        state code state; reason text state
    """,
    ("confirmation", "register"): """
        court text; applied_on date; last_day date; mode code; result code ruling; ruling_no text ruling
        ruled_on date ruling; reason text ruling; received_on date ruling
        submitted_on date; stage code stage; stage_on date stage; stage_note text stage
        hearing_at moment hearing; hearing_room text hearing
    """,
    # the day one party received the ruling; without a party: an interested person and the day he knew (民诉解释 372)
    ("ruling_receipt", "register"): """
        confirmation ref; party ref; name text; on date; note text; removed bool
    """,
    # a limit of the five firsts stands still or is extended, each with its reason
    ("first_change", "register"): """
        first code; act code; from moment span; to moment span; hours int; reason text; by ref
        removed bool
    """,
    # a colour a person asks to lower: it falls only when a second person agrees
    ("colour_change", "register"): """
        from code; to code; reason text; by ref; at moment
        answer code decision; answered_by ref decision; answered_at moment decision; note text decision
        removed bool
    """,
    # 社区发令、部门执行: what the receiver answers stands in groups of its own
    ("order", "register"): """
        no text; level code; matter long; place text; people int; lead text; joint texts; issuer text
        attend_rank text; report_by moment; resolve_by moment; issued_at moment
        received_at moment receipt; received_by text receipt
        arrived_at moment arrival; arrived_by text arrival; arrived_rank text arrival
        resolved_at moment outcome; result long outcome
        rating code rating; rating_note text rating; late_reason text; removed bool; sent_to texts
        reminded_at moment remind; remind_reason text remind
        raised_at moment raise; raised_to text raise; raise_reason text raise
        noticed_at moment notice; noticed_to text notice; notice_reason text notice
        withdrawn_at moment withdrawal; withdraw_reason text withdrawal
    """,
    # what one joint unit (协办) answers; the leading unit's answers stand in the order itself
    ("order_part", "register"): """
        order ref; code text; unit text; received_at moment receipt; received_by text receipt
        arrived_at moment arrival; arrived_by text arrival; arrived_rank text arrival
        resolved_at moment outcome; result long outcome
    """,
    # a unit that does not work with this program, at an order: whom to call, and what it answered by paper
    ("order_outside", "register"): """
        order ref; unit text; contact text; phone text; by ref
        answered_on date answer; answered_by text answer; answer long answer; removed bool
    """,
    ("hand_off", "register"): """
        to text; to_kind code; reason text; offered_at moment; sent_to text
        answer code answer; answered_at moment answer; answered_by text answer; note text answer; removed bool
        no text @2
    """,
    # a colleague's cases given to another: who works on a case is `case.mediator`, this says why it changed
    ("assignment", "register"): "from ref; to ref; at moment; reason text; by ref",
    ("erasure_request", "register"): "ground code; reason text; on date; by ref; answer code answer; note text answer;"
    "answered_at ms answer; answered_by text answer; removed bool",
    # what a meeting of secretaries (书记会商) decided about the case, and what became of it
    ("decision", "register"): """
        on date; meeting text; matter long; unit text; person text; until date
        done_on date done; result long done; by ref; removed bool
    """,
    # 以案定补: the class a person gave a mediated case, why, for which month, and what the review said
    ("grading", "register"): """
        grade text; edition text; reason long; month text; on date; by ref
        answer code review; reviewed_on date review; reviewed_by ref review; review_note text review; removed bool
    """,
    ("grant", "register"): "station text; until date; reason text; revoked bool",
    ("key", "register"): "compartment text; key text; device text; wrapped bytes",
    ("sum_line", "register"): "on date; agreed money sum; performed money sum; payees int sum",
    # a time the mediator chose to show to whoever asks by the code of his matter; the booking itself is content
    ("appointment", "register"): "booking ref; at moment; until moment; place text; who text; removed bool",
    # what a verification needs of an issued paper, in clear; the paper itself is content
    ("paper_mark", "register"): """
        paper ref; template text; number text; version int; pages int; facts_hash hash
        state code state; reason text state
    """,
    # -- content: facts, sessions, agreement, papers -------------------------------------------------------------
    ("facts", "content"): "summary text; story long; request long; demand money; other_proceedings text;"
    "query_code text @2",
    ("identity", "content"): """
        party ref; id_kind code id; id_number text id; id_override text id; sex code person; birth date person
        ethnic code; occupation text; phone text; address text
        legal_rep text rep; legal_rep_title text rep; legal_rep_id text rep
        bank text account; account text account; account_holder text account
        valid_from date term @2; valid_until date term @2; valid_long bool term @2
    """,
    ("agent", "content"): """
        parties refs; name text identity; id_number text identity; kind code; phone text; authority code scope
        scope texts scope; from date term; to date term; paper text; removed bool
    """,
    ("wage", "content"): """
        party ref; no int; work text; from date period; to date period; day_rate money sum; days days sum
        due money sum; paid money sum; owed money sum; removed bool
    """,
    ("session", "content"): """
        no int; from moment time; to moment time; place text; mode code; mediators refs; recorder ref; attendees text
        open bool; notice_given bool; chosen_by code; record long; undisputed long; positions long; result code
        result_reason text
    """,
    ("agreement", "content"): """
        form code; facts long; disputed long; copies int; read_mode code; liability code; total money
        confirm code; court text; on_spot bool; served_address bool; state code; effective_on date; number text
        parties refs; order int
    """,
    ("term", "content"): "agreement ref; order int; text long; source code; removed bool",
    ("obligation", "content"): """
        agreement ref; order int; kind code; payers refs payer; liability code payer
        what text; amount money sum; shares moneymap sum; method code; method_note text
        due date when; due_rule code when; condition text; consequence text; instalment int; removed bool
    """,
    ("signature", "content"): """
        agreement ref; paper ref; party ref; person ref; role code; name text; manner code; seal code
        on date when; at moment when; witness text; note text; froze ops; void bool
    """,
    ("paper", "content"): """
        template text; edition text; title text; version int; number text; pages int; facts_hash hash
        pdf hash; bytes int; copies int; froze ops; issued_ms ms; agreement ref; replaces ref; demo bool
        by_hand text; sign_pages text @2
        state code state; reason text state
    """,
    ("correction", "content"): """
        paper ref; place text; old text; new text; who text; on date; scan ref; removed bool @2
    """,
    ("performance", "content"): """
        obligation ref; party ref; amount money; on date; manner code; outcome code; note text; removed bool
    """,
    ("visit", "content"): """
        party ref; at moment; visitor ref; manner code; outcome code; performed code; text long; satisfaction code
    """,
    ("evidence", "content"): """
        order int; name text; source text; original code; pages int; proves text; checked_by text
        blob hash; bytes int; removed bool; raw hash @2; raw_bytes int @2
    """,
    ("contact", "content"): """
        party ref; at moment; manner code; who text; outcome code; text long; phone text @2; next_on date @2
        removed bool @2
    """,
    ("notice", "content"): "template text; to text; on date; manner code; reason long",
    # what only a person can say, asked once; `question` is a code of the rule that asks
    ("answer", "content"): "question text; value text; text text; date date; amount money; by ref; removed bool",
    ("extension", "content"): "until date; agreed_on date; reason text; removed bool",
    ("recusal", "content"): """
        mediator ref; asked_by text; asked_on date; reason long
        decision code decision; decided_by text decision; decided_on date decision; removed bool
    """,
    # a closed case was taken up again: from which state, why, and who asked for it
    ("reopening", "content"): "at moment; from code; reason long; asked_by text; by ref; removed bool",
    ("inquiry", "content"): """
        at moment; place text; person text; about text; asked_by ref; recorder ref; attendees text; record long
        removed bool
    """,
    ("seal_use", "content"): """
        paper ref; title text; seal code; copies int; on date; approved_by text; used_by text; removed bool
    """,
    ("advice", "content"): "to text; cases int; problem long; measures long; on date; removed bool",
    ("redline", "content"): """
        target ref; field text; old long; new long; reason text; by ref; on date; state code state; removed bool
    """,
    # a clause of the library as used in an agreement: its answers, and what was written from them
    ("clause", "content"): """
        agreement ref; clause text; edition text; values long; terms refs; obligations refs; removed bool
    """,
    ("booking", "content"): """
        purpose code; at moment; place text; with text; note text; removed bool; until moment @2; person ref @2
    """,
    ("dossier", "content"): """
        number text key; year int key; title text; compiled_by ref; compiled_on date; checked_by ref; checked_on date
        keep text; note long
    """,
    ("scan", "content"): """
        paper ref; page int; kind code; blob hash; bytes int; source text; at ms; by ref; statement text; removed bool
    """,
    ("service_address", "content"): """
        party ref; address text; postcode text; receiver text; phone text; backup text; electronic bool
        e_address text; removed bool
    """,
    # -- the other services --------------------------------------------------------------------------------------
    ("consultation", "content"): """
        at moment; lawyer text; question long; advice long; articles texts; aid bool; minutes int; follow_up text
        removed bool; aid_to text @2; aid_on date @2; aid_result text @2
    """,
    ("suggestion", "content"): """
        text long; expected long; track code track; track_on date track; track_note text track; adopted_by text
        result long; removed bool
    """,
    ("relief", "content"): """
        need long; means text; family text; measure text; provider text; amount money; on date; follow_up date
        result long; removed bool
    """,
    ("complaint", "content"): "unit text; matter long; wish long; handler text; findings long; removed bool",
    ("reply", "content"): "text long; on date; manner code; satisfaction code; by ref; removed bool",
    # -- one side's notes, psychological service, complaints -----------------------------------------------------
    ("private_note", "private"): "party ref; at moment; text long; side code @2; session ref @2; removed bool @2",
    ("psych_note", "psych"): """
        at moment; text long; risk code; consent bool; consent_on date @2; measures long @2; referred_to text @2
        next_on date @2; removed bool @2
    """,
    (
        "complainant",
        "complainant",
    ): "party ref; name text identity; id_number text identity; phone text; address text",
    # -- reference: organisation, rules, people ------------------------------------------------------------------
    ("person", "reference"): """
        name text; roles codes; phone text; station text; committee ref; appointment text term
        appointed_from date term; appointed_to date term; left bool
    """,
    ("committee", "reference"): "name text; short text; community text; court text; address text; phone text",
    (
        "station",
        "reference",
    ): "name text; code text; community text; street text; committee ref; address text; phone text",
    # a station, department, court or room of the district, as a list says it
    ("unit", "reference"): """
        kind code; name text; code text; community text; parent text; address text; phone text; source text
        removed bool; direct bool @2
    """,
    # a wording a consultant keeps for his station, and by choice offers to the district
    ("station_clause", "reference"): "title text; text long; base text; offered bool; by ref; removed bool",
    ("device", "reference"): """
        device text; station text; name text; sign_key bytes keys; seal_key bytes keys; until ms keys
        series text; spares texts; revoked bool; revoked_reason text
    """,
    # records about no case: rounds over a place and what was found there, duty list, day log, satisfaction by slip;
    # they are read in clear by the community and the district, so they name no party
    ("patrol", "reference"): """
        at moment; until moment; place text; place_kind code; subject code; leader ref; members text; text long
        station text; by ref; removed bool
    """,
    ("finding", "reference"): """
        patrol ref; no int; text long; risk code; measure long; done_on date done; done_by text done; result long done
        case text; station text; removed bool
    """,
    ("duty", "reference"): "day date; shift text; person ref; name text; phone text; station text; removed bool",
    ("day_log", "reference"): "day date; station text; text long; handed_to text; by ref; removed bool",
    ("evaluation", "reference"): """
        slip text; manner code; satisfaction code; text long; at moment; station text; by ref; removed bool
    """,
    # a report about no case (月报、统计表、议题单) as it was issued: its pages are for the
    # station's own PCs, sealed with the key of the empty case under root `key`
    ("report", "reference"): """
        template text; edition text; title text; period text; no text; series text; year int; n int; pages int
        pdf hash; bytes int; key text; issued_ms ms; by ref; station text
        void_on date void; void_reason text void; void_by ref void; removed bool
        cases texts @2; files texts @2
    """,
    # what a resident wrote by the code on a wall (居民自助登记): announced by the server in clear, written in sealed
    # files of the station (`files`: "name:sha256:bytes", the letter first; `keys`: "device:box" for each of its PCs)
    ("self_entry", "reference"): """
        ticket hash; station text; at moment; hours int; files texts; keys texts
        withdrawn_at moment; answer code answer; reason text answer; case text answer; answered_at moment answer
        by ref answer
    """,
    # a number that stands on paper and that no record here bears (lost with a PC): what a person says of it
    ("number_note", "reference"): """
        committee text key; kind code key; year int key; series text key; n int key; text text key
        answer code answer; reason text answer; on date answer; case text; station text; by ref; removed bool
    """,
    ("root_key", "reference"): "key text; owner text; device text; wrapped bytes; closed bool @2",
    ("verdict", "reference"): "target text; answer code verdict; reason text verdict; code text verdict",
    ("receipt", "reference"): "device text; inst text upto; seq int upto; head hash upto; at ms upto",
    ("erasure", "reference"): "targets ops; ground text; authority text; case ref @2; keeps ops @2; at ms @2;"
    "reason long @2; asked_by text @2; by text @2; signature bytes @2",
}


_SINCE: Final = dict.fromkeys(
    (
        "order_part erasure_request link external assignment patrol finding duty day_log evaluation "
        "ruling_receipt first_change colour_change decision grading unit report number_note reopening "
        "order_outside self_entry appointment"
    ).split(),
    2,
)
"""Kinds that came after the first version of the catalogue."""


def _parse(kind: str, compartment: str, text: str) -> Kind:
    fields: dict[str, Field] = {}
    for line in text.replace("\n", ";").split(";"):
        parts = line.split()
        if not parts:
            continue
        since = int(parts.pop()[1:]) if parts[-1].startswith("@") else _SINCE.get(kind, 1)
        name, type_ = parts[0], parts[1]
        if type_ not in TYPES or name in fields:
            raise ValueError(f"catalogue: {kind}.{line.strip()}")
        fields[name] = Field(kind, name, type_, parts[2] if len(parts) > 2 else "", since)
    return Kind(kind, compartment, fields)


KINDS: Final[dict[str, Kind]] = {name: _parse(name, comp, text) for (name, comp), text in _SOURCE.items()}


@lru_cache(maxsize=4096)
def unit_of(kind: str, field: str) -> str:
    """Return the unit of change of a field or group name; an unknown one (from a newer program) is its own unit."""
    known = KINDS.get(kind)
    if known is None or field not in known.fields:
        return field
    return known.fields[field].unit


@lru_cache(maxsize=4096)
def knows(kind: str, name: str) -> bool:
    """True for a field, or a group of fields, of a kind this program knows."""
    known = KINDS.get(kind)
    return known is not None and any(name in (f.name, f.unit) for f in known.fields.values())


@lru_cache(maxsize=1024)
def fields_of_unit(kind: str, unit: str) -> tuple[str, ...]:
    """Return the fields that are set together under `unit`; just the unit itself where the kind is unknown."""
    known = KINDS.get(kind)
    names = tuple(f.name for f in known.fields.values() if f.unit == unit) if known else ()
    return names or (unit,)
