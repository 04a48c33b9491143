"""Named conditions of templates. A template can only name one of these; there are no expressions.

Each looks at the whole mapping of values and answers yes or no; a missing value is no.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from station_app.documents.keys import court, dossier, reports, services
from station_app.documents.keys.asking import Predicate, Values, lookup
from station_app.documents.keys.asking import count as _count
from station_app.documents.keys.asking import flag as _flag
from station_app.documents.keys.asking import given as _given


def _annexed(values: Values) -> bool:
    """An annex is needed for more than two payees or more than one instalment among several payees."""
    return _count(values, "matrix.rows") > 2 or (
        _count(values, "matrix.rows") > 1 and _count(values, "matrix.columns") > 1
    )


def _any_in_annex(values: Values) -> bool:
    parties = lookup(values, "parties")
    return isinstance(parties, (list, tuple)) and any(lookup(p, "in_annex") is True for p in parties)


PREDICATES: Final[Mapping[str, Predicate]] = {
    "labour": _flag("case.labour"),
    "by_application": _flag("case.by_application"),
    "by_committee": lambda v: lookup(v, "case.by_application") is False,
    "applicant_agrees": _flag("case.applicant_agrees"),
    "respondent_agrees": _flag("case.respondent_agrees"),
    "respondent_refuses": _flag("case.respondent_refuses"),
    "respondent_unreached": _flag("case.respondent_unreached"),
    "numbered": _given("paper.number"),
    "annexed": _annexed,
    "signs_in_annex": _any_in_annex,
    "has_obligations": _given("obligations"),
    "court_copy": _flag("agreement.court_copy"),
    "read_aloud": _flag("agreement.read_aloud"),
    "read_by_self": _flag("agreement.read_by_self"),
    "has_third_parties": _given("third_parties"),
    "court_of_committee": _flag("confirmation.court_of_committee"),
    "court_of_domicile": _flag("confirmation.court_of_domicile"),
    "court_of_object": _flag("confirmation.court_of_object"),
    "court_invited": _flag("confirmation.court_invited"),
    "unperformed": _flag("confirmation.unperformed"),
    "performed": _flag("confirmation.performed"),
    "no_other_case": _flag("confirmation.no_other_case"),
    "other_case": _flag("confirmation.other_case"),
    "has_sessions": _given("termination.sessions"),
    "t_differences": _flag("termination.differences"),
    "t_refused": _flag("termination.refused"),
    "t_withdrawn": _flag("termination.withdrawn"),
    "t_expired": _flag("termination.expired"),
    "t_concealed": _flag("termination.concealed"),
    "t_collusion": _flag("termination.collusion"),
    "t_other": _flag("termination.other"),
    "to_arbitration": _flag("termination.to_arbitration"),
    "to_labour_office": _flag("termination.to_labour_office"),
    "to_court": _flag("termination.to_court"),
    "to_agency": _flag("termination.to_agency"),
    "to_legal_aid": _flag("termination.to_legal_aid"),
    "has_undisputed": _given("termination.undisputed"),
    "has_suit_by": _given("termination.suit_by"),
    **dossier.PREDICATES,
    **court.PREDICATES,
    **services.PREDICATES,
    **reports.PREDICATES,
}
