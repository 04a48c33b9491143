"""接入二维码: the address and the one-time code read from a picture, a photograph or what lies on the clipboard."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from sync.contract import joining
from sync.contract.errors import KnownError
from sync.contract.op import BadOp


@dataclass(frozen=True, slots=True)
class Invitation:
    """Where to join, and with which code."""

    url: str
    code: str


def from_picture(data: bytes) -> Invitation:
    """The invitation on a picture (PNG, JPEG, …). E-524 where there is none, E-330 to E-332 for what is no picture."""
    from station_app.documents.scan import codes
    from station_app.documents.scan.reading import Source, opened

    with opened(Source("", data)) as image:
        texts = codes.texts(image.convert("L"))
    return _first(texts)


def from_file(path: Path) -> Invitation:
    """The invitation in a picture file. E-516 where it cannot be read, else as `from_picture`."""
    try:
        data = path.read_bytes()
    except OSError as exc:
        raise KnownError("E-516", file=str(path)) from exc
    return from_picture(data)


def from_text(text: str) -> Invitation:
    """The invitation as text. E-524 where it is none."""
    return _first([text])


def _first(texts: list[str]) -> Invitation:
    for text in texts:
        try:
            return Invitation(*joining.read(text))
        except BadOp:
            continue
    raise KnownError("E-524")
