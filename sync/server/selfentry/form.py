"""Reading a form with files (multipart/form-data, RFC 7578), strictly: what is not of that form is refused whole."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final

MOST_PARTS: Final = 16
MOST_HEAD: Final = 2048
_BOUNDARY: Final = re.compile(
    r"multipart/form-data;.*?boundary=\"?([\w'()+,\-./:=? ]{1,70})\"?\s*(?:;|$)", re.IGNORECASE | re.ASCII
)
_NAME: Final = re.compile(rb'form-data;(?:.*;)?\s*name="([^"]{1,64})"', re.I)
_FILE: Final = re.compile(rb'filename="', re.I)


class BadForm(ValueError):
    """Not a form of this kind; the message says why."""


@dataclass(slots=True)
class Form:
    """What was sent: the last text of each name, and the files of each name that hold anything."""

    texts: dict[str, str] = field(default_factory=dict)
    files: dict[str, list[bytes]] = field(default_factory=dict)


def read(content_type: str, body: bytes) -> Form:
    """Take a form apart. BadForm where it is cut, of another type, has too many parts or bytes that are no UTF-8."""
    found = _BOUNDARY.match(content_type)
    if found is None:
        raise BadForm("content type")
    mark = b"--" + found[1].strip().encode()
    if not body.startswith(mark + b"\r\n"):
        raise BadForm("no first part")
    parts = (b"\r\n" + body).split(b"\r\n" + mark)[1:]
    if not parts[-1].startswith(b"--"):
        raise BadForm("cut")
    if len(parts) - 1 > MOST_PARTS:
        raise BadForm("too many parts")
    form = Form()
    for part in parts[:-1]:
        _take(form, part)
    return form


def _take(form: Form, part: bytes) -> None:
    head, gap, data = part.partition(b"\r\n\r\n")
    name = _NAME.search(head) if len(head) <= MOST_HEAD else None
    if not gap or name is None:
        raise BadForm("part without a name")
    try:
        key = name[1].decode()
        if _FILE.search(head):
            if data:
                form.files.setdefault(key, []).append(data)
        else:
            form.texts[key] = data.decode()
    except UnicodeDecodeError as exc:
        raise BadForm("no UTF-8") from exc
