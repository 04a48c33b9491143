"""A station reduced to what the wire sees: keys, chains and signed requests, from the contract alone."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import zstandard
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from sync.contract.canonical import Json, dumps
from sync.contract.chain import (
    NO_HEAD,
    Certificate,
    Run,
    answer_message,
    device_id,
    enrol_message,
    next_head,
    opening_head,
    request_message,
)
from sync.contract.op import Change, Header, Op, hash_body, make_body, rec_id
from sync.contract.wire import (
    MEDIA_TYPE,
    b64,
    certificate_from_json,
    certificate_to_json,
    pack_message,
    pack_ops,
    unb64,
    unpack_message,
    unpack_ops,
)
from sync.server import codes
from sync.server.app import make_app
from sync.server.server import Server

WALL = 1_795_000_000_000


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def problem(self) -> dict[str, Any]:
        """The problem document; fails where it is none."""
        assert self.headers["content-type"].startswith("application/problem+json"), self.body[:200]
        found: dict[str, Any] = json.loads(self.body)
        assert "Traceback" not in self.body.decode()
        return found

    @property
    def code(self) -> str:
        """The problem's code."""
        return str(self.problem["code"])

    def plain(self) -> bytes:
        """The unpacked body, with its digest checked."""
        data = self.body
        if self.headers.get("content-encoding") == "zstd":
            data = zstandard.ZstdDecompressor().decompress(data, max_output_size=32 * 1024 * 1024)
        assert self.headers.get("x-gm-length", str(len(data))) == str(len(data))
        assert self.headers["x-gm-digest"] == b64(hashlib.sha256(data).digest())
        return data


class Face:
    """The application, called in this thread; each call has an event loop of its own, so threads may call at once."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self._app = make_app(server)

    def call(self, method: str, path: str, *, headers: dict[str, str] | None = None, body: bytes = b"") -> Answer:
        """One request."""
        return asyncio.run(self._call(method, path, headers or {}, [body]))

    def stream(self, path: str, parts: list[bytes]) -> Answer:
        """A POST without an announced length, in parts."""
        return asyncio.run(self._call("POST", path, {}, parts))

    async def _call(self, method: str, path: str, headers: dict[str, str], parts: list[bytes]) -> Answer:
        waiting = list(parts)
        sent: list[dict[str, Any]] = []

        async def receive() -> dict[str, Any]:
            if not waiting:
                return {"type": "http.disconnect"}
            return {"type": "http.request", "body": waiting.pop(0), "more_body": bool(waiting)}

        async def send(message: Any) -> None:
            sent.append(message)

        scope = {
            "type": "http",
            "asgi": {"version": "3.0"},
            "http_version": "1.1",
            "method": method,
            "scheme": "http",
            "path": path,
            "raw_path": path.encode(),
            "query_string": b"",
            "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
            "client": ("10.0.0.1", 1),
            "server": ("district.test", 80),
        }
        try:
            await self._app(scope, receive, send)
        except Exception:  # raised again for the ASGI server's log, after the answer was sent
            assert sent
        found = {k.decode().lower(): v.decode() for k, v in sent[0]["headers"]}
        return Answer(sent[0]["status"], found, b"".join(m.get("body", b"") for m in sent[1:]))


@dataclass
class Page:
    """A verified page of a pull."""

    ops: list[Op]
    revs: list[int]
    cursor: int
    more: bool
    own_revs: list[Any]

    @property
    def ids(self) -> list[str]:
        """The ops' names in order."""
        return [op.id for op in self.ops]


@dataclass
class Device:
    """A device of a station. `chain`: (header, body) of the present incarnation; `sent`: how many were pushed."""

    face: Face
    station: str
    stream: str = "dongkeng"
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    inst: str = field(default_factory=lambda: os.urandom(8).hex())
    before: bytes = NO_HEAD
    chain: list[tuple[bytes, bytes]] = field(default_factory=list)
    sent: int = 0
    counter: int = 0
    actor: str = ""
    server_key: bytes = b""

    @property
    def id(self) -> str:
        """The device's name."""
        return device_id(self.public)

    @property
    def public(self) -> bytes:
        """The sign key."""
        return self.key.public_key().public_bytes_raw()

    # -- enrolment ------------------------------------------------------------------------------------------------

    def application(self, code: str, **more: str) -> bytes:
        """The body of an enrolment."""
        seal = hashlib.sha256(self.public).digest()
        proof = self.key.sign(enrol_message(code, self.public, seal))
        keys = {"sign_key": b64(self.public), "seal_key": b64(seal), "proof": b64(proof)}
        return dumps({"code": code, "name": "一号电脑", "program": "test", **keys, **more})

    def enrol(self, code: str = "", **more: str) -> Answer:
        """Enrol with a code (a fresh one by default)."""
        code = code or codes.issue(self.face.server, station=self.station)
        answer = self.face.call("POST", "/v1/enrol", body=self.application(code, **more))
        if answer.status == 200:
            self.server_key = unb64(json.loads(answer.body)["district"]["server"]["sign_key"])
        return answer

    # -- requests -------------------------------------------------------------------------------------------------

    def signed(self, path: str, body: bytes, *, counter: int = 0, **headers: str) -> dict[str, str]:
        """Headers of a signed request over these bytes."""
        if not counter:
            self.counter += 1
            counter = self.counter
        signature = self.key.sign(request_message("POST", path, self.id, counter, body))
        return {
            "Content-Type": MEDIA_TYPE,
            "Accept-Encoding": "zstd",
            "X-GM-Device": self.id,
            "X-GM-Counter": str(counter),
            "X-GM-Signature": b64(signature),
            **{name.replace("_", "-"): value for name, value in headers.items()},
        }

    def post(self, path: str, head: dict[str, Json], ops: bytes = b"") -> Answer:
        """A packed, signed request; a success must be signed by the server."""
        plain = pack_message(head, ops)
        body = zstandard.ZstdCompressor(level=3).compress(plain)
        digest = {"Content_Encoding": "zstd", "X_GM_Length": str(len(plain))}
        headers = self.signed(path, body, X_GM_Digest=b64(hashlib.sha256(plain).digest()), **digest)
        answer = self.face.call("POST", path, headers=headers, body=body)
        if answer.status == 200:
            message = answer_message(int(headers["X-GM-Counter"]), answer.plain())
            Ed25519PublicKey.from_public_bytes(self.server_key).verify(unb64(answer.headers["x-gm-signature"]), message)
        return answer

    def ask(self, path: str, head: dict[str, Json], ops: bytes = b"") -> dict[str, Any]:
        """The head of a successful answer."""
        answer = self.post(path, head, ops)
        assert answer.status == 200, answer.body
        found: dict[str, Any] = unpack_message(answer.plain())[0]
        return found

    # -- ops ------------------------------------------------------------------------------------------------------

    def rec(self, index: int = 0) -> str:
        """The id that record `index` of the next op will bear."""
        return rec_id(self.inst, len(self.chain) + 1, index)

    def op(
        self,
        verb: str,
        changes: Sequence[Change],
        *,
        case: str = "",
        compartment: str = "register",
        stream: str = "",
        raw: bytes | None = None,
    ) -> str:
        """Make an op; `raw` is a sealed body. Returns its id."""
        body = raw if raw is not None else make_body(list(changes), os.urandom(16))
        seq = len(self.chain) + 1
        header = Header(
            inst=self.inst,
            seq=seq,
            group=(seq, 1),
            stream=stream or self.stream,
            case=case,
            compartment=compartment,
            verb=verb,
            actor=self.actor,
            wall=WALL,
            body_hash=hash_body(body),
            body_form="clear" if raw is None else "sealed",
        )
        self.chain.append((header.to_bytes(), body))
        return header.id

    def case(self, title: str = "拖欠工资", **values: Json) -> str:
        """Register a case with two parties; returns its id."""
        rec = self.rec()
        facts: dict[str, Json] = {"title": title, "service": "mediation", "state": "registered", "people": 2, **values}
        parties = [
            Change(self.rec(1), "party", {"role": "applicant", "kind": "person", "name": "田某", "order": 1}),
            Change(self.rec(2), "party", {"role": "respondent", "kind": "organisation", "name": "某公司", "order": 2}),
        ]
        self.op("register", [Change(rec, "case", facts), *parties], case=rec)
        return rec

    def person(self, *roles: str) -> str:
        """A person of the station, who acts from now on."""
        rec = self.rec()
        values: dict[str, Json] = {"name": "李明", "roles": list(roles), "station": self.station}
        self.op("add_person", [Change(rec, "person", values)], compartment="reference")
        self.actor = rec
        return rec

    def heads(self) -> list[bytes]:
        """hash_0, hash_1, … of the present incarnation."""
        heads = [opening_head(self.id, self.inst, self.before)]
        for header, _ in self.chain:
            heads.append(next_head(heads[-1], header))
        return heads

    def message(self, first: int, last: int) -> tuple[dict[str, Json], bytes]:
        """Head and batch of a push of the ops first..last."""
        heads = self.heads()
        run = Run(self.inst, first, heads[first - 1], tuple(heads[first : last + 1]))
        certificate = Certificate(self.id, (run,), b"")
        signed = Certificate(self.id, (run,), self.key.sign(certificate.message()))
        head: dict[str, Json] = {"certificate": certificate_to_json(signed)}
        if first == 1:
            head["opens"] = {self.inst: b64(self.before)}
        return head, pack_ops(self.chain[first - 1 : last])

    def push_answer(self, first: int = 0, last: int = 0) -> Answer:
        """Push ops first..last; all that were not pushed yet by default."""
        first, last = first or self.sent + 1, last or len(self.chain)
        answer = self.post("/v1/push", *self.message(first, last))
        if answer.status == 200:
            self.sent = max(self.sent, last)
        return answer

    def push(self, first: int = 0, last: int = 0) -> dict[str, Any]:
        """Push and read the answer."""
        answer = self.push_answer(first, last)
        assert answer.status == 200, answer.body
        found: dict[str, Any] = unpack_message(answer.plain())[0]
        return found

    def restart(self) -> None:
        """A new incarnation, tied to the head before it."""
        self.before = self.heads()[-1]
        self.inst, self.chain, self.sent = os.urandom(8).hex(), [], 0

    # -- reading --------------------------------------------------------------------------------------------------

    def pull(self, cursor: int = 0, *, stream: str = "", **head: Json) -> Page:
        """One verified page."""
        return self.page("/v1/pull", {"stream": stream or self.stream, "cursor": cursor, **head})

    def page(self, path: str, head: dict[str, Json]) -> Page:
        """A page of a pull or history, verified as a station does."""
        answer = self.post(path, head)
        assert answer.status == 200, answer.body
        raw, batch = unpack_message(answer.plain())
        ops = unpack_ops(batch)
        certificate = certificate_from_json(raw["certificate"], {op.id: op.header_bytes for op in ops})
        Ed25519PublicKey.from_public_bytes(self.server_key).verify(certificate.signature, certificate.message())
        assert {f"{r.inst}.{s}" for r in certificate.runs for s in range(r.first, r.last + 1)} == {o.id for o in ops}
        revs, last = [], 0
        found: dict[str, Any] = raw
        for delta in found["revs"]:
            last += delta
            revs.append(last)
        return Page(ops, revs, found["cursor"], found["more"], found["own_revs"])

    def everything(self, *, stream: str = "", limit: int = 1 << 20, **head: Json) -> list[str]:
        """The names of all visible ops of a stream."""
        cursor, ids = 0, []
        while True:
            page = self.pull(cursor, stream=stream, limit=limit, **head)
            ids += page.ids
            assert page.cursor > cursor or not page.more
            cursor = page.cursor
            if not page.more:
                return ids
