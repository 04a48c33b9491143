"""Values of the papers for courts and arbitration: certificates, powers, lists, applications."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from station_app.documents.keys.asking import Predicate
from station_app.documents.keys.spec import Spec

KEYS: Final[Mapping[str, Spec]] = {}

PREDICATES: Final[Mapping[str, Predicate]] = {}
