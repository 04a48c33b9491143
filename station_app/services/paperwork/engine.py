"""The paper engine as one station uses it: its templates, its fonts, what a paper shows and the hash of that."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from station_app.services.station import Station
from station_app.store import blobs
from sync.contract.canonical import dumps
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from station_app.documents.catalog import Catalog
    from station_app.documents.fonts import FontChain
    from station_app.documents.issue import Rendered
    from station_app.documents.proof import Proof
    from station_app.documents.template import Template


def catalog(station: Station | None = None) -> Catalog:
    """All templates: those shipped, and with a station also those of the packs installed there."""
    from station_app.services import packs

    return packs.shipped() if station is None else packs.catalog(station)


def in_force(station: Station, template_id: str) -> Template:
    """The edition a paper is issued with today. E-311 for no such paper.

    A clock that stands before every edition (a PC set back) blocks no paper: then the program's own is taken.
    """
    try:
        return catalog(station).get(template_id, on=station.clock.today())
    except KnownError:
        return catalog().get(template_id)


def as_issued(station: Station, template: Template, edition: str) -> Template:
    """The edition a paper was issued with, by which it is judged whether its facts have changed; a newer edition alone
    makes no paper out of date. The template itself where that edition is not here.
    """
    if edition in ("", template.edition):
        return template
    try:
        return catalog(station).get(template.id, edition)
    except KnownError:
        return template


@lru_cache(maxsize=4)
def _fonts(body: str, own: str) -> FontChain:
    from station_app.documents import rare
    from station_app.documents.fonts import bundled_chain

    return bundled_chain(body=Path(body) if body else None, rare=rare.installed(), station=Path(own) if own else None)


def fonts(station: Station, *, by_hand: str = "") -> FontChain:
    """The font chain of this PC: the program's faces, the rare-character pack, the face chosen in the settings.

    `by_hand`: characters a person chose to write by hand where no face has them.
    """
    chain = _fonts(station.store.setting("font.body"), station.store.setting("font.rare"))
    return chain.handwritten(by_hand) if by_hand else chain


def shown(template: Template, values: Mapping[str, object]) -> list[str]:
    """The very words of a paper, block by block. E-304 where a needed value is missing."""
    from station_app.documents.compose import compose

    return list(compose(template, values).text())


def facts_hash(template: Template, values: Mapping[str, object]) -> bytes:
    """SHA-256 over the canonical bytes of what the paper shows, block by block and in its very words: every value it
    shows and nothing else. Version and day of issue are not part of it. E-304 where a needed value is missing.
    """
    said = shown(template, values)
    return hashlib.sha256(dumps({"paper": template.id, "edition": template.edition, "shown": [*said]})).digest()


def render(
    station: Station,
    template: Template,
    values: Mapping[str, object],
    *,
    proof: Proof | None,
    demo: bool,
    draft: bool = False,
    by_hand: str = "",
) -> Rendered:
    """The pages, with the station's fonts and clock; `by_hand` as in `fonts`."""
    from station_app.documents.issue import render as render_paper

    return render_paper(
        template,
        values,
        fonts=fonts(station, by_hand=by_hand),
        proof=proof,
        created_ms=station.clock.now_ms(),
        draft=draft,
        demo=demo,
        pictures=lambda sha: blobs.get(station.store, sha),
    )


def missing(template: Template, values: Mapping[str, object]) -> list[tuple[str, str]]:
    """(path, label) of needed values that are not there."""
    from station_app.documents.keys.asking import lookup

    return [(path, label) for path, label in template.needs.items() if lookup(values, path) in (None, "", [], ())]
