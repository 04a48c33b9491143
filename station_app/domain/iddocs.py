"""Other documents that prove who a person is: passports and travel permits, by the forms the issuing offices use.

Only the form can be checked, there is no public check digit; the forms are field knowledge, so a stranger one may be
kept with a reason. Kinds are those of resources/codes/id_kinds.toml.
"""

from __future__ import annotations

import re
from typing import Final

from station_app.domain.idcard import check_id_number
from station_app.domain.text import compact
from station_app.domain.uscc import check_registration, check_uscc
from sync.contract.errors import KnownError

_FORMS: Final = {
    "passport_cn": "[EDSPG][A-Z]?[0-9]{7,8}",
    "passport": "[A-Z0-9]{5,20}",
    "permit_hk_macau": "[HM][0-9]{8}(?:[0-9]{2})?",
    "permit_taiwan": "[0-9]{8}|[0-9]{10}[A-Z]?",
    "permanent_old": "[A-Z]{3}[0-9]{12}",
    "other": "[^\\s]{1,40}",
}
_BY_NUMBER: Final = {
    "resident": ("resident",),
    "residence_permit": ("hk", "macau", "taiwan"),
    "permanent": ("permanent",),
}


def check_document(kind: str, text: str) -> str:
    """Return the number of a document of `kind`, normalised.

    Raises E-234 where it does not fit the kind, E-217 for an unknown kind, and what check_id_number and check_uscc
    raise for their kinds.
    """
    if kind in _BY_NUMBER:
        facts = check_id_number(text)
        if facts.kind not in _BY_NUMBER[kind]:
            raise KnownError("E-234")
        return facts.number
    if kind == "uscc":
        return check_uscc(text)
    if kind == "registration":
        return check_registration(text)
    if kind not in _FORMS:
        raise KnownError("E-217", field="id_kind", value=kind)
    number = text.strip() if kind == "other" else compact(text)
    if not re.fullmatch(_FORMS[kind], number):
        raise KnownError("E-234")
    return number
