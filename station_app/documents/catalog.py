"""All papers, every edition: read once, checked whole."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from station_app.documents.parse import parse_template
from station_app.documents.template import Template, TemplateError
from sync.contract.errors import KnownError


class Catalog:
    """Templates by id and edition; editions stay for ever, so that old papers keep their meaning."""

    def __init__(self, templates: list[Template]) -> None:
        self._all = sorted(templates, key=lambda t: (t.order, t.id, t.valid_from, t.edition))

    def get(self, template_id: str, edition: str | None = None, *, on: date | None = None) -> Template:
        """One edition, or the newest (in force on a day, if one is given). Raises E-311 (paper, edition)."""
        found = [t for t in self._all if t.id == template_id and edition in (None, t.edition)]
        if edition is None and on is not None:
            found = [t for t in found if t.valid_from <= on]
        if not found:
            raise KnownError("E-311", paper=template_id, edition=edition or "")
        return max(found, key=lambda t: (t.valid_from, t.edition))

    def all(self) -> list[Template]:
        """Every edition, in the order papers have in a file."""
        return list(self._all)

    def current(self, on: date | None = None) -> list[Template]:
        """The newest edition of every paper."""
        known = [t.id for t in self._all if on is None or t.valid_from <= on]
        newest = [self.get(template_id, on=on) for template_id in dict.fromkeys(known)]
        return sorted(newest, key=lambda t: (t.order, t.id))

    def with_more(self, templates: Iterable[Template]) -> Catalog:
        """This catalog and further templates. Raises E-347 (paper, edition) where an edition has other content here."""
        known = {(t.id, t.edition): t for t in self._all}
        for template in templates:
            same = known.setdefault((template.id, template.edition), template)
            if same != template:
                raise KnownError("E-347", paper=template.title, edition=template.edition)
        return Catalog(list(known.values()))


def load_catalog(directory: Path | None = None) -> Catalog:
    """Read `<id>@<edition>.toml` files of a folder, by default those shipped. Raises TemplateError."""
    folder = directory or _documents_dir()
    templates: list[Template] = []
    for path in sorted(folder.glob("*.toml")):
        template = parse_template(path.read_text(encoding="utf-8"), file=path.name)
        if path.stem != f"{template.id}@{template.edition}":
            raise TemplateError(
                file=path.name, line=1, block=0, reason=f"文件名应当是 {template.id}@{template.edition}.toml"
            )
        templates.append(template)
    return Catalog(templates)


def _documents_dir() -> Path:
    from station_app.paths import resources_dir

    return resources_dir() / "documents"
