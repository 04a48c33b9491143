"""Stable error codes, and the two kinds of error: the world's fault (known) and ours (bug).

The first digit names the area: 1 line, 2 facts, 3 papers and printer, 4 law and rights, 5 machine and log-in.
A code is never given a second meaning; the sentences people read live with the station (domain/sentences.py).
"""

from __future__ import annotations

CODES: dict[str, str] = {
    # 1 - the line
    "E-101": "no network",
    "E-102": "server name cannot be found or no route",
    "E-103": "server certificate not issued by the district, or for another host",
    "E-104": "captive portal or an HTML page instead of an answer",
    "E-105": "proxy wants a user name and password",
    "E-106": "answer cut short or damaged on the way",
    "E-107": "server address missing: this station is not enrolled",
    "E-108": "server does not speak this program's protocol",
    "E-109": "device certificate refused or revoked",
    "E-110": "server answers with an error of its own",
    "E-111": "enrolment code unknown, used or expired",
    "E-112": "server knows another history of this device (restored or cloned)",
    "E-113": "an op was stored but cannot be applied",
    "E-114": "server or page signature does not verify",
    "E-115": "too many requests, asked to wait",
    "E-116": "request too large",
    "E-117": "enrolment code is of another station",
    # 2 - facts
    "E-181": "bundle is meant for somebody else",
    "E-182": "bundle cut, damaged or none at all",
    "E-183": "bundle of an unknown or forged sender",
    "E-201": "identity number: check digit wrong",
    "E-202": "identity number: date does not exist",
    "E-203": "unified social credit code: check character wrong",
    "E-204": "identity number: wrong length or characters",
    "E-205": "telephone number not recognised",
    "E-206": "amount not recognised",
    "E-207": "amount negative",
    "E-208": "amount with more than two decimals",
    "E-209": "date not recognised or does not exist",
    "E-210": "instalments do not add up to the agreed total",
    "E-211": "payer or payee is no party of the agreement",
    "E-212": "roster row does not add up",
    "E-213": "agreement without any obligation",
    "E-214": "unknown key in a case file",
    "E-215": "case file is not readable JSON or not of a known format",
    "E-216": "a required field is missing",
    "E-217": "value not in its code list",
    "E-218": "roster file not readable",
    "E-219": "roster lacks a required column",
    "E-220": "roster cell is a formula without a stored value",
    "E-221": "roster heads are merged or not found",
    "E-222": "roster row: same person twice",
    "E-223": "no such case, record or paper",
    "E-224": "value too long",
    "E-225": "unified social credit code: wrong length or characters",
    "E-226": "birth date lies in the future",
    "E-227": "roster total row differs from the sum of the rows",
    "E-228": "one change is larger than the limit of 256 KiB",
    "E-229": "identity number of the fifteen-digit kind, no longer valid",
    "E-230": "name empty or not a name",
    "E-231": "same value changed in two places, not settled yet",
    "E-232": "amounts of an agreement in words and digits differ",
    "E-233": "amount larger than 9999 亿 yuan",
    "E-234": "document number does not fit its kind",
    "E-235": "bank account number: wrong length or characters",
    "E-236": "roster cell merged over several people",
    "E-237": "first date lies after the last date",
    "E-238": "number of days not recognised",
    "E-239": "two roster columns mean the same",
    "E-240": "number damaged by a spreadsheet (kept as a figure, digits lost)",
    "E-241": "roster larger than its limit",
    "E-242": "roster row has more cells than there are heads",
    "E-270": "number of a person in a record that everybody of the district reads",
    "E-271": "record of another station: only that station corrects it",
    "E-272": "finding of a round dealt with already, or an appeal by now",
    # 3 - papers and printer
    "E-301": "a character has no glyph in any font",
    "E-302": "printer does not answer",
    "E-303": "printing stopped in the middle",
    "E-304": "paper facts incomplete",
    "E-305": "template broken",
    "E-306": "no number series on this device",
    "E-307": "paper is not of this committee's district: not recognised",
    "E-308": "paper differs from what was issued",
    "E-309": "paper void or replaced by a later version",
    "E-310": "font file missing or damaged",
    "E-311": "no such paper template",
    "E-312": "no code readable on the page",
    "E-320": "printer of this name is not here",
    "E-321": "page selection not understood, or beyond the paper",
    "E-322": "no paper to print",
    "E-323": "no printing system on this PC",
    "E-330": "picture of a form that cannot be read (HEIC)",
    "E-331": "scan not readable as picture or PDF",
    "E-332": "scan beyond the limits of one file",
    "E-333": "paper has no such page",
    "E-334": "part of the pages without first or signature page",
    "E-335": "scan folder missing or not usable",
    "E-336": "electronic paper, not a scan",
    "E-337": "paper known to the district, its case not on this device",
    "E-340": "a term about the sums of a group was typed over: it cannot be given to one worker",
    "E-341": "no worker is paid anything by the agreement",
    "E-342": "more agreements than further numbers of a case",
    "E-343": "agreements of this case were issued the other way (one for all, one each)",
    "E-345": "template pack broken",
    "E-346": "template pack not signed, or not by a key this station knows",
    "E-347": "template pack changes an edition that is already here",
    "E-350": "court package made, something is missing",
    "E-351": "one page of a court package is larger than the court takes",
    "E-352": "court package without an agreement",
    "E-358": "case file without any issued paper",
    "E-360": "period of a statistic not recognised",
    "E-361": "a statistic is not counted by this",
    "E-362": "no published counts of this period to make a demonstration from",
    "E-363": "issuing of several papers stopped by a person",
    "E-370": "step of an order that does not come yet, or no longer",
    "E-371": "step of an order recorded already",
    "E-372": "time of a step before the one before it, or in the future",
    "E-373": "order not late, or the pause of the rules before the next step not over",
    "E-374": "limit of an order passed, no reason given",
    "E-375": "case already offered to another unit, no answer yet",
    "E-376": "hand-off answered already",
    "E-377": "step of an order or hand-off that another unit records",
    "E-378": "case is held by another station now",
    "E-379": "limits of an order lie before it, or the result before the attendance",
    # 4 - law and rights
    "E-401": "signed agreement cannot be changed",
    "E-402": "mediator not appointed by this committee",
    "E-403": "respondent refused mediation",
    "E-404": "role may not do this",
    "E-405": "step not possible from this state",
    "E-406": "labour agreement must be written",
    "E-407": "not granted: case belongs to another station",
    "E-408": "a reason is required",
    "E-451": "a clause's items do not add up to its sum",
    "E-452": "a clause's day is before the case was registered",
    "E-453": "payer and payee of a clause are the same",
    "E-454": "days of an attendance sheet not readable",
    "E-455": "attendance sheet lacks a column",
    "E-456": "days of an attendance sheet do not add up",
    # 5 - machine and log-in
    "E-461": "findings of the court's view hold back a paper for the court",
    "E-462": "the committee may not seal this agreement",
    "E-501": "password wrong",
    "E-502": "clock differs from the server's",
    "E-503": "disk nearly full",
    "E-504": "system restore software suspected",
    "E-505": "program file quarantined by security software",
    "E-506": "log-in locked after failures",
    "E-507": "database key does not fit: wrong password or foreign database",
    "E-508": "database damaged or truncated",
    "E-509": "database made by a newer program",
    "E-510": "no station here yet (init first)",
    "E-511": "a station is already here",
    "E-512": "no such user on this device",
    "E-513": "data directory not writable",
    "E-514": "database busy in another program",
    "E-515": "password too short",
    "E-516": "file cannot be read or written",
    "E-517": "device key missing or damaged",
    "E-518": "setting unknown or value not allowed",
    "E-519": "clock of this PC is certainly wrong (before the program was built)",
    "E-520": "reference data file (codes, rules) missing or of unknown form",
    "E-599": "unexpected fault of the program",
}


class StationError(Exception):
    """Base of both kinds; never raised itself."""


class KnownError(StationError):
    """Something a person can meet and mend. `code` is stable; `values` fill the sentence's places."""

    def __init__(self, code: str, /, **values: object) -> None:
        if code not in CODES:
            raise BugError(f"unknown error code {code}")
        super().__init__(code, values)
        self.code = code
        self.values: dict[str, object] = values

    def __str__(self) -> str:
        detail = ", ".join(f"{k}={v!r}" for k, v in self.values.items())
        return f"{self.code} {CODES[self.code]}" + (f" ({detail})" if detail else "")


class BugError(StationError):
    """Our own mistake: it ends in a crash report, never in a sentence that blames the user."""
