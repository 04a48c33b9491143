"""What the line offers, as OpenAPI 3.1 at /openapi.json: addresses, headers, bodies and every answer, the refusals too.

Bodies are messages (PROTOCOL.md 6): bytes, whose heads no schema of HTTP can describe; their shapes stand beside them
as `x-gm-request-head` and `x-gm-answer-head`, JSON Schemas of the canonical JSON inside. The text is PROTOCOL.md.
"""

from __future__ import annotations

import json
from functools import lru_cache
from typing import Any, Final

from sync.contract.errors import CODES
from sync.contract.segment import MOST_LISTED
from sync.contract.wire import MAX_BATCH_BYTES, MEDIA_TYPE

Schema = dict[str, Any]

_TEXT: Final[Schema] = {"type": "string"}
_NUMBER: Final[Schema] = {"type": "integer", "minimum": 0}
_INST: Final[Schema] = {"type": "string", "pattern": "^[0-9a-f]{16}$"}
_B64: Final[Schema] = {"type": "string", "pattern": "^[A-Za-z0-9_-]*$"}
_REC: Final[Schema] = {"type": "string", "pattern": r"^[0-9a-f]{16}\.[1-9][0-9]{0,8}\.(0|[1-9][0-9]{0,3})$"}
_OP: Final[Schema] = {"type": "string", "pattern": r"^[0-9a-f]{16}\.[1-9][0-9]{0,8}$"}
_FILE: Final[Schema] = {"type": "string", "pattern": "^[0-9a-f]{16,128}$"}


def _object(needed: str, more: str = "", /, **fields: Schema) -> Schema:
    """An object with these fields, `needed` and `more` named as words; others may come with later programs."""
    names = [*needed.split(), *more.split()]
    return {"type": "object", "required": needed.split(), "properties": {name: fields[name] for name in names}}


def _list(item: Schema) -> Schema:
    return {"type": "array", "items": item}


def _map(value: Schema) -> Schema:
    return {"type": "object", "additionalProperties": value}


_MARKS: Final = _map(_object("seq head", seq=_NUMBER, head=_B64))
_RUN: Final = _object(
    "inst first n before", "hidden", inst=_INST, first=_NUMBER, n=_NUMBER, before=_B64, hidden=_map(_B64)
)
_CERTIFICATE: Final = _object("signer runs signature", signer=_TEXT, runs=_list(_RUN), signature=_B64)
_GRANT: Final = _object("case stream", case=_REC, stream=_TEXT)
_DEVICE: Final = _object(
    "device station seal_key sign_key until revoked",
    device=_TEXT, station=_TEXT, seal_key=_B64, sign_key=_B64, until=_NUMBER, revoked={"type": "boolean"},
)  # fmt: skip
_HELLO: Final = _object(
    "protocol wall", "inst seq head cursors spells epoch directory_since same report",
    protocol={"type": "array", "prefixItems": [_NUMBER, _NUMBER], "minItems": 2, "maxItems": 2}, wall=_NUMBER,
    inst=_INST, seq=_NUMBER, head=_B64, cursors=_map(_NUMBER), spells=_map(_TEXT), epoch=_NUMBER,
    directory_since=_NUMBER, same=_TEXT,
    report=_object("v free waiting", "fell", v=_TEXT, free=_NUMBER, waiting=_NUMBER, fell=_TEXT),
)  # fmt: skip
_WELCOME: Final[Schema] = {
    "oneOf": [
        _object("same time", same={"type": "boolean"}, time=_NUMBER),
        _object(
            "epoch acked streams grants time needs directory", "spell gone",
            epoch=_NUMBER, acked=_MARKS, streams=_map(_NUMBER), grants=_list(_GRANT), time=_NUMBER,
            needs={"enum": ["ok", "epoch", "fork"]}, directory=_list(_DEVICE),
            spell=_TEXT, gone=_map(_TEXT),
        ),
    ]
}  # fmt: skip
_PUSHED: Final = _object(
    "acked stored duplicates problems", "expected",
    acked=_MARKS, stored=_NUMBER, duplicates=_NUMBER, expected=_map(_NUMBER),
    problems=_list(_object("op code", op=_OP, code={"enum": sorted(CODES)})),
)  # fmt: skip
_SPAN: Final[Schema] = {
    "type": "array",
    "prefixItems": [_INST, _NUMBER, _NUMBER, _NUMBER],
    "minItems": 4,
    "maxItems": 4,
}
_OPENS: Final = _map({"type": "array", "prefixItems": [_TEXT, _B64], "minItems": 2, "maxItems": 2})
_PAGE: Final = _object(
    "cursor more revs own_revs certificate", "opens granted spell",
    cursor=_NUMBER, more={"type": "boolean"}, revs=_list(_NUMBER), own_revs=_list(_SPAN), certificate=_CERTIFICATE,
    opens=_OPENS, granted=_list(_REC), spell=_TEXT,
)  # fmt: skip
_SEGMENT: Final[Schema] = {"type": "string", "pattern": "^[0-9a-f]{64}$"}
_LISTED: Final[Schema] = {
    "type": "array",
    "prefixItems": [_SEGMENT, _NUMBER, _NUMBER, _NUMBER, _NUMBER],
    "minItems": 5,
    "maxItems": 5,
}
_VERSION: Final[Schema] = {"type": "string", "pattern": r"^[0-9]{1,6}(\.[0-9]{1,6}){1,3}$"}
_KEPT: Final = _object("stored duplicates", stored=_NUMBER, duplicates=_NUMBER)
_PAIR: Final[Schema] = {"type": "array", "prefixItems": [_REC, _FILE], "minItems": 2, "maxItems": 2}

ROOMS: Final[dict[str, tuple[str, Schema, Schema]]] = {
    "/v1/hello": ("Where both ends stand", _HELLO, _WELCOME),
    "/v1/push": (
        "Store ops under the device's certificate",
        _object("certificate", "opens", certificate=_CERTIFICATE, opens=_map(_B64)), _PUSHED,
    ),
    "/v1/pull": (
        "The next page of a stream, or the segments to take instead",
        _object("stream cursor", "limit have own segments", stream=_TEXT, cursor=_NUMBER, limit=_NUMBER,
                have=_list(_INST), own={"type": "boolean"}, segments={"type": "boolean"}),
        {"oneOf": [_PAGE, _object("segments", segments={**_list(_LISTED), "minItems": 1, "maxItems": MOST_LISTED})]},
    ),
    "/v1/segment": (
        "A piece of a segment",
        _object("id limit", "offset", id=_SEGMENT, limit=_NUMBER, offset=_NUMBER),
        _object("size offset", size=_NUMBER, offset=_NUMBER),
    ),
    "/v1/release": (
        "The version of the program offered to this PC",
        _object("v platform", v=_VERSION, platform=_TEXT),
        _object("version recalled signature", version=_TEXT, recalled=_list(_VERSION), signature=_TEXT),
    ),
    "/v1/release/get": (
        "Pieces of its files",
        _object("version parts", "limit", version=_VERSION, limit=_NUMBER,
                parts=_list({"type": "array", "prefixItems": [_SEGMENT, _NUMBER], "minItems": 2, "maxItems": 2})),
        _object("sizes", sizes=_list(_NUMBER)),
    ),
    "/v1/history": (
        "The next page of one case",
        _object("case cursor", "limit have", case=_REC, cursor=_NUMBER, limit=_NUMBER, have=_list(_INST)), _PAGE,
    ),
    "/v1/offer": (
        "Bring back what a restored server lost of others",
        {"oneOf": [_object("have", have=_map(_NUMBER)),
                   _object("certificate", "opens", certificate=_CERTIFICATE, opens=_OPENS)]},
        {"oneOf": [_object("wanted", wanted=_map(_NUMBER)), _object("stored", stored=_NUMBER)]},
    ),
    "/v1/blob/put": (
        "Keep a sealed file, or ask which of them lack",
        {"oneOf": [_object("case id size", case=_REC, id=_FILE, size=_NUMBER), _object("ask", ask=_list(_PAIR))]},
        {"oneOf": [_KEPT, _object("lacking", lacking=_list(_PAIR))]},
    ),
    "/v1/blob/get": (
        "A sealed file", _object("case id", case=_REC, id=_FILE), _object("size", size=_NUMBER)
    ),
}  # fmt: skip
"""Path -> (what it is for, schema of the request's head, schema of the answer's head)."""

_PROBLEM: Final = _object(
    "type title status code detail", "retry_after counter inst seq protocol station",
    type=_TEXT, title=_TEXT, status={"type": "integer", "minimum": 400, "maximum": 599}, code={"enum": sorted(CODES)},
    detail=_TEXT, retry_after=_NUMBER, counter=_NUMBER, inst=_INST, seq=_NUMBER, protocol=_list(_NUMBER), station=_TEXT,
)  # fmt: skip
_SHORT: Final[Schema] = {"type": "string", "maxLength": 200}
_ENROL: Final = _object(
    "code sign_key seal_key proof", "name program station",
    code=_SHORT, name=_SHORT, program=_SHORT, station=_SHORT, sign_key=_B64, seal_key=_B64, proof=_B64,
)  # fmt: skip
_ENROLLED: Final = _object(
    "device station stream committee series spares identity district epoch",
    device=_TEXT,
    station=_object("code name street community", **dict.fromkeys(("code", "name", "street", "community"), _TEXT)),
    stream=_TEXT, committee=_object("short name court", short=_TEXT, name=_TEXT, court=_TEXT), series=_TEXT,
    spares=_list(_TEXT), identity=_object("until signature", until=_NUMBER, signature=_B64), epoch=_NUMBER,
    district=_object("name url ca_key server", name=_TEXT, url=_TEXT, ca_key=_B64,
                     server=_object("device sign_key ca_signature", device=_TEXT, sign_key=_B64, ca_signature=_B64)),
)  # fmt: skip
_PROBLEM_TYPE: Final = "application/problem+json"
_REFUSALS: Final = {
    "400": "Malformed, or no common protocol (E-106, E-108, E-113 and further codes)",
    "401": "Unknown device, or a signature that does not hold (E-109, E-114)",
    "403": "Revoked, not granted, or a code that is not good (E-109, E-111, E-407)",
    "404": "Nothing here (E-104, E-106, E-223, E-542, E-573)",
    "409": "Another history, a replay, or nothing held (E-106, E-111, E-112, E-117)",
    "413": "Too large (E-116)",
    "415": "Packing not spoken (E-108)",
    "429": "Asked to wait (E-115)",
    "500": "Fault of the server (E-599)",
    "503": "Busy (E-110, E-514)",
}


def _header(name: str, schema: Schema, *, needed: bool = False) -> Schema:
    return {"name": name, "in": "header", "required": needed, "schema": schema}


_SIGNED: Final = [
    _header("X-GM-Device", {"type": "string", "pattern": "^d-[0-9a-f]{16}$"}, needed=True),
    _header("X-GM-Counter", {"type": "string", "pattern": "^[0-9]{1,16}$"}, needed=True),
    _header("X-GM-Signature", _B64, needed=True),
    _header("X-GM-Length", {"type": "string", "pattern": "^[0-9]+$"}),
    _header("X-GM-Digest", _B64),
    _header("X-GM-Offset", {"type": "string", "pattern": "^[0-9]+$"}),
]


def _answers(good: Schema, *statuses: str) -> Schema:
    refused = {"content": {_PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}}
    return {"200": good, **{s: {"description": _REFUSALS[s], **refused} for s in statuses}}


def _message_answer(description: str) -> Schema:
    names = {"X-GM-Length": _TEXT, "X-GM-Digest": _B64, "X-GM-Signature": _B64, "X-GM-Spent": _TEXT}
    at_times = ("X-GM-Length", "X-GM-Spent")
    return {
        "description": description,
        "headers": {name: {"schema": schema, "required": name not in at_times} for name, schema in names.items()},
        "content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}},
    }


def _room(summary: str, asked: Schema, said: Schema) -> Schema:
    return {
        "post": {
            "summary": summary,
            "parameters": _SIGNED,
            "requestBody": {
                "required": True,
                "content": {
                    MEDIA_TYPE: {"schema": {"type": "string", "format": "binary", "maxLength": MAX_BATCH_BYTES}}
                },
            },
            "responses": _answers(
                _message_answer("Message, signed by the server"),
                "400", "401", "403", "404", "409", "413", "415", "500", "503",
            ),
            "x-gm-request-head": asked,
            "x-gm-answer-head": said,
        }
    }  # fmt: skip


def _page(summary: str, media: str, schema: Schema, **more: Any) -> Schema:
    good = {"description": summary, "content": {media: {"schema": schema}}}
    return {"get": {"summary": summary, "responses": _answers(good, "404", "500", "503"), **more}}


def _rating(payload: list[Schema]) -> Schema:
    """A form sent back by whoever holds a paper; what it says is answered by the page."""
    good = {"description": "The page", "content": {"text/html": {"schema": _TEXT}}}
    return {
        "post": {
            "summary": "A rating of the service",
            "parameters": payload,
            "requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": {"type": "object"}}}},
            "responses": _answers(good, "400", "404", "413", "500", "503"),
        }
    }


def _self_entry(payload: list[Schema], code: list[Schema]) -> dict[str, Schema]:
    """What residents see: pages in words for whatever happens, so every status bears HTML."""
    html = {"text/html": {"schema": _TEXT}}
    busy = {status: {"description": _REFUSALS[status]} for status in ("400", "500", "503")}

    def answers(*pairs: tuple[str, str]) -> Schema:
        return {**busy, **{status: {"description": words, "content": html} for status, words in pairs}}

    moved = {"303": {"description": "To the page of the code"}}
    language = {"name": "lang", "in": "query", "schema": _TEXT}
    shown, none = ("200", "The page"), ("404", "No such code")
    form = {"multipart/form-data": {"schema": {"type": "object"}}}
    return {
        "/e/{payload}": {
            "get": {
                "summary": "Three questions",
                "parameters": [*payload, language],
                "responses": answers(shown, none),
            },
            "post": {
                "summary": "What a resident says",
                "parameters": [*payload, language],
                "requestBody": {"content": form},
                "responses": {
                    **answers(shown, none, ("413", "Photographs too large"), ("422", "Something is to be put right")),
                    **answers(("429", "Asked to wait"), ("503", "Busy, or too many entries wait at the station")),
                    **moved,
                },
            },
        },
        "/r": {
            "get": {
                "summary": "Ask for a code",
                "parameters": [{"name": "code", "in": "query", "schema": _TEXT}, language],
                "responses": {**answers(shown, none), **moved},
            }
        },
        "/r/{code}": {
            "get": {
                "summary": "Where an entry stands",
                "parameters": [*code, language],
                "responses": answers(shown, none, ("429", "Asked to wait")),
            },
            "post": {
                "summary": "Withdraw an entry",
                "parameters": [*code, language],
                "responses": {**answers(none, ("429", "Asked to wait")), **moved},
            },
        },
    }


@lru_cache(maxsize=1)
def document() -> bytes:
    """The description as JSON; the same for every district."""
    enrol = {
        "post": {
            "summary": "A one-time code and a proof of new keys become a device",
            "requestBody": {"required": True, "content": {"application/json": {"schema": _ENROL}}},
            "responses": _answers(
                {"description": "Enrolled", "content": {"application/json": {"schema": _ENROLLED}}},
                "400", "401", "403", "409", "413", "429", "500", "503",
            ),
        }
    }  # fmt: skip
    held = {
        "post": {
            "summary": "What is known of a request that was cut",
            "parameters": [_SIGNED[2], _header("X-GM-From", {"type": "string", "pattern": "^[0-9]+$"})],
            "responses": _answers(
                {"description": "The rest of the answer with X-GM-From, or nothing with X-GM-Held",
                 "content": {MEDIA_TYPE: {"schema": {"type": "string", "format": "binary"}}}},
                "403", "404", "500", "503",
            ),
        }
    }  # fmt: skip
    payload = [{"name": "payload", "in": "path", "required": True, "schema": _TEXT}]
    station = [{"name": "code", "in": "path", "required": True, "schema": _TEXT}]
    paths = {
        "/v1/enrol": enrol,
        "/v1/held": held,
        **{path: _room(*room) for path, room in ROOMS.items()},
        "/healthz": _page("Alive", "application/json", _object("ok epoch", ok={"const": True}, epoch=_NUMBER)),
        "/": _page("Front page", "text/html", _TEXT),
        "/v/{payload}": {
            **_page("A printed page, and how its matter stands", "text/html", _TEXT, parameters=payload),
            **_rating(payload),
        },
        "/s/{code}": _page("A station", "text/html", _TEXT, parameters=station),
        **_self_entry(payload, station),
        "/openapi.json": _page("This description", "application/json", {"type": "object"}),
    }
    made = {
        "openapi": "3.1.0",
        "info": {"title": "district-server", "version": "1", "description": "Text: PROTOCOL.md"},
        "paths": paths,
        "components": {"schemas": {"Problem": _PROBLEM}},
    }
    return json.dumps(made, ensure_ascii=False).encode()
