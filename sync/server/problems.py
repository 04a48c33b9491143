"""Refusals on the line: RFC 9457 problem documents with a Chinese sentence and a stable code, never a stack trace."""

from __future__ import annotations

import json
from typing import Final

from sync.contract.canonical import Json
from sync.contract.errors import CODES, KnownError
from sync.server.sentences import sentence

MEDIA_TYPE: Final = "application/problem+json; charset=utf-8"
_STATUS: Final = {
    "E-104": 404,
    "E-106": 400,
    "E-108": 400,
    "E-109": 403,
    "E-110": 503,
    "E-111": 403,
    "E-112": 409,
    "E-114": 401,
    "E-115": 429,
    "E-116": 413,
    "E-407": 403,
    "E-514": 503,
    "E-573": 404,
    "E-599": 500,
}


class Refusal(KnownError):
    """A known error with an HTTP status and further members for the problem document."""

    def __init__(self, code: str, *, status: int = 0, detail: str = "", retry_after: int = 0, **members: Json) -> None:
        super().__init__(code)
        self.status = status or _STATUS.get(code, 400)
        self.detail = detail
        self.retry_after = retry_after
        self.members = members


def document(error: KnownError) -> tuple[int, bytes]:
    """(status, bytes) of the problem document; `detail` is for engineers and names no person."""
    body: dict[str, Json] = {
        "type": f"about:blank#{error.code}",
        "title": sentence(error),
        "code": error.code,
        "detail": CODES[error.code],
    }
    status = _STATUS.get(error.code, 400)
    if isinstance(error, Refusal):
        status = error.status
        body["detail"] = error.detail or CODES[error.code]
        body.update(error.members)
        if error.retry_after:
            body["retry_after"] = error.retry_after
    body["status"] = status
    return status, json.dumps(body, ensure_ascii=False).encode()
