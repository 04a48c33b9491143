"""A form as data: sections of fields of the catalogue, or of fields a form has for itself (a password)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sync.contract.catalogue import KINDS


@dataclass(frozen=True, slots=True)
class Item:
    """One field. `path` is kind.field; type and label come from the catalogue unless given here.

    `span` counts columns; `type`: any type of the catalogue, `password` or `names`; `label` and `hint` are Chinese
    sources of the context "Forms" (marked with QT_TRANSLATE_NOOP).
    """

    path: str
    required: bool = False
    span: int = 1
    type: str = ""
    label: str = ""
    hint: str = ""
    choices: tuple[tuple[str, str], ...] = ()

    @property
    def kind(self) -> str:
        """The kind of record."""
        return self.path.partition(".")[0]

    @property
    def name(self) -> str:
        """The name of the field."""
        return self.path.partition(".")[2]

    @property
    def field_type(self) -> str:
        """The type as given, else the catalogue's."""
        return self.type or KINDS[self.kind].fields[self.name].type

    @property
    def in_catalogue(self) -> bool:
        """True for a field that the catalogue checks."""
        return self.kind in KINDS and self.name in KINDS[self.kind].fields


def asked_of_list(path: str) -> tuple[Item, ...]:
    """A field whose list only the district can bring: the field, or () while there is nothing to choose from."""
    from station_app.domain import codes

    kind, _, name = path.partition(".")
    return (Item(path),) if any(codes.of_field(kind, name)) else ()


@dataclass(frozen=True, slots=True)
class Section:
    """Fields under one title (a Chinese source of the context "Forms"; "" for none)."""

    title: str
    items: tuple[Item, ...]
    columns: int = 2


@dataclass(frozen=True, slots=True)
class FormSpec:
    """A form; `name` is the kind under which its drafts are kept."""

    name: str
    sections: tuple[Section, ...]

    def items(self) -> Iterator[Item]:
        """All fields in the order they are passed through."""
        for section in self.sections:
            yield from section.items
