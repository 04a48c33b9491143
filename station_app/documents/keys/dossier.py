"""Values of the mediation file's own papers: covers, notices, records, evidence, seals."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from station_app.documents.keys.asking import Predicate
from station_app.documents.keys.spec import Spec

KEYS: Final[Mapping[str, Spec]] = {}

PREDICATES: Final[Mapping[str, Predicate]] = {}
