"""A station of few words, from PROTOCOL.md: joins, makes ops, pushes and pulls, verifies, reads a bundle's outer form.

Standard library, cryptography and zstandard only; nothing of this project is imported, so that what works here is what
the text says. Numbers in comments are its sections.
"""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import struct
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from typing import Any

import zstandard
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

Head = dict[str, Any]
NO_BODY = 0xFFFFFFFF


class Broken(Exception):
    """What came is not what the text promises."""


class Refused(Exception):
    """A problem document; `said` is what stands in it."""

    def __init__(self, status: int, said: Head) -> None:
        super().__init__(said.get("code"))
        self.status, self.said = status, said


# -- 1, conventions ---------------------------------------------------------------------------------------------------


def canonical(value: object) -> bytes:
    """One spelling of a value."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def b64(data: bytes) -> str:
    """base64url without padding."""
    return base64.urlsafe_b64encode(data).decode().rstrip("=")


def unb64(text: str) -> bytes:
    """And back."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def sha(data: bytes) -> bytes:
    """SHA-256."""
    return hashlib.sha256(data).digest()


def verify(key: bytes, signature: bytes, message: bytes) -> None:
    """Ed25519; Broken where it does not hold."""
    try:
        Ed25519PublicKey.from_public_bytes(key).verify(signature, message)
    except InvalidSignature as exc:
        raise Broken("signature") from exc


# -- 4, chain and certificates ----------------------------------------------------------------------------------------


def opening(device: str, inst: str, before: bytes) -> bytes:
    """hash_0."""
    return sha(b"GM1 inst\0" + device.encode() + b"\0" + bytes.fromhex(inst) + before)


def certified(signer: str, runs: list[tuple[str, int, bytes, list[bytes]]]) -> bytes:
    """The bytes under a certificate; a run is (inst, first, hash before, hashes)."""
    parts = [
        bytes.fromhex(inst) + struct.pack(">QQ", first, len(hashes)) + before + b"".join(hashes)
        for inst, first, before, hashes in runs
    ]
    return b"GM1 cert\0" + signer.encode() + b"\0" + sha(b"".join(parts))


# -- 6, batches and messages ------------------------------------------------------------------------------------------


def frame(header: bytes, body: bytes | None) -> bytes:
    """One op in a batch."""
    if body is None:
        return struct.pack(">I", len(header)) + header + struct.pack(">I", NO_BODY)
    short = header.replace(b'"body_hash":"' + sha(body).hex().encode() + b'"', b'"body_hash":""', 1)
    return struct.pack(">I", len(short)) + short + struct.pack(">I", len(body)) + body


def frames(batch: bytes) -> list[tuple[bytes, bytes | None]]:
    """The ops of a batch, headers whole."""
    found: list[tuple[bytes, bytes | None]] = []
    at = 0
    while at < len(batch):
        header, at = _piece(batch, at)
        (size,) = struct.unpack_from(">I", batch, at)
        at += 4
        if size == NO_BODY:
            found.append((header, None))
            continue
        body = batch[at : at + size]
        at += size
        whole = header.replace(b'"body_hash":""', b'"body_hash":"' + sha(body).hex().encode() + b'"', 1)
        if json.loads(whole)["body_hash"] != sha(body).hex():
            raise Broken("body")
        found.append((whole, body))
    return found


def message(head: Head, rest: bytes = b"") -> bytes:
    """Head, then what follows."""
    text = canonical(head)
    return struct.pack(">I", len(text)) + text + rest


def apart(data: bytes) -> tuple[Head, bytes]:
    """A message taken apart."""
    head, at = _piece(data, 0)
    found: Head = json.loads(head)
    return found, data[at:]


def _piece(data: bytes, at: int) -> tuple[bytes, int]:
    (size,) = struct.unpack_from(">I", data, at)
    end = at + 4 + size
    if end > len(data):
        raise Broken("cut")
    return data[at + 4 : end], end


@dataclass
class Op:
    """An op that came: header as read, changes of a clear body, and the server's number."""

    name: str
    header: Head
    changes: list[Head]
    rev: int


@dataclass
class Station:
    """A device: its keys, its chain, where its cursors stand. `url` without a path."""

    url: str
    key: Ed25519PrivateKey = field(default_factory=Ed25519PrivateKey.generate)
    inst: str = field(default_factory=lambda: os.urandom(8).hex())
    counter: int = 0
    chain: list[tuple[bytes, bytes]] = field(default_factory=list)
    told: Head = field(default_factory=dict)

    @property
    def public(self) -> bytes:
        """The Ed25519 public key."""
        return self.key.public_key().public_bytes_raw()

    @property
    def device(self) -> str:
        """2: the name that follows from the key."""
        return "d-" + sha(b"GM1 device\0" + self.public).hex()[:16]

    @property
    def server(self) -> Head:
        """The server's device and key, as pinned at enrolment."""
        found: Head = self.told["district"]["server"]
        return found

    # -- 6, enrolment ---------------------------------------------------------------------------------------------

    def join(self, code: str) -> None:
        """`POST /v1/enrol`, and the proofs of the answer."""
        seal = os.urandom(32)
        proof = self.key.sign(b"GM1 enrol\0" + code.encode() + self.public + seal)
        asked = {"code": code, "name": "second", "program": "second 1", "sign_key": b64(self.public),
                 "seal_key": b64(seal), "proof": b64(proof)}  # fmt: skip
        status, _, data = self._http("/v1/enrol", canonical(asked), {"Content-Type": "application/json"})
        said: Head = json.loads(data)
        if status != 200:
            raise Refused(status, said)
        ca, server = unb64(said["district"]["ca_key"]), said["district"]["server"]
        key = unb64(server["sign_key"])
        verify(ca, unb64(server["ca_signature"]), b"GM1 server\0" + server["device"].encode() + key)
        until = said["identity"]["until"]
        parts = [self.device.encode(), said["station"]["code"].encode(), said["stream"].encode(), self.public, seal,
                 str(until).encode()]  # fmt: skip
        identity = b"GM1 identity\0" + b"\0".join(struct.pack(">I", len(p)) + p for p in parts)
        verify(ca, unb64(said["identity"]["signature"]), identity)
        if said["device"] != self.device:
            raise Broken("device")
        self.told = said

    # -- 5 and 6, signed requests ---------------------------------------------------------------------------------

    def ask(self, path: str, head: Head, rest: bytes = b"") -> tuple[Head, bytes]:
        """A signed request and its verified answer."""
        plain = message(head, rest)
        body = zstandard.ZstdCompressor().compress(plain)
        self.counter += 1
        signed = b"GM1 request\0" + f"POST\0{path}\0{self.device}\0{self.counter}\0".encode() + sha(body)
        headers = {
            "Content-Type": "application/vnd.gm-batch", "Content-Encoding": "zstd", "Accept-Encoding": "gzip, zstd",
            "X-GM-Device": self.device, "X-GM-Counter": str(self.counter), "X-GM-Signature": b64(self.key.sign(signed)),
            "X-GM-Length": str(len(plain)), "X-GM-Digest": b64(sha(plain)),
        }  # fmt: skip
        status, said, data = self._http(path, body, headers)
        if "problem+json" in said.get("content-type", ""):
            raise Refused(status, json.loads(data))
        packing = said.get("content-encoding", "")
        if packing == "zstd":
            data = zstandard.ZstdDecompressor().decompress(data, max_output_size=16 << 20)
        elif packing == "gzip":
            data = gzip.decompress(data)
        if said.get("x-gm-length", str(len(data))) != str(len(data)) or said["x-gm-digest"] != b64(sha(data)):
            raise Broken("digest")
        proof = b"GM1 answer\0" + str(self.counter).encode() + sha(data)
        verify(unb64(self.server["sign_key"]), unb64(said["x-gm-signature"]), proof)
        return apart(data)

    def _http(self, path: str, body: bytes, headers: dict[str, str]) -> tuple[int, dict[str, str], bytes]:
        request = urllib.request.Request(self.url + path, data=body, headers=headers, method="POST")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            with opener.open(request, timeout=60) as answer:
                return answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, {k.lower(): v for k, v in error.headers.items()}, error.read()

    # -- 3, ops ---------------------------------------------------------------------------------------------------

    def rec(self, place: int = 0) -> str:
        """The id of a record that the next op will create."""
        return f"{self.inst}.{len(self.chain) + 1}.{place}"

    def op(self, verb: str, compartment: str, changes: list[Head], *, case: str = "", actor: str = "") -> str:
        """Make an op of its own group; its name."""
        body = canonical({"salt": b64(os.urandom(16)), "changes": changes})
        seq = len(self.chain) + 1
        header = canonical(
            {
                "v": 2, "inst": self.inst, "seq": seq, "group": [seq, 1], "stream": self.told["stream"], "case": case,
                "compartment": compartment, "verb": verb, "actor": actor, "wall": 1_795_000_000_000,
                "body_hash": sha(body).hex(), "body_form": "clear",
            }
        )  # fmt: skip
        self.chain.append((header, body))
        return f"{self.inst}.{seq}"

    def heads(self) -> list[bytes]:
        """hash_0, hash_1, …"""
        found = [opening(self.device, self.inst, bytes(32))]
        for header, _ in self.chain:
            found.append(sha(found[-1] + header))
        return found

    def hello(self) -> Head:
        """Where both ends stand."""
        head = {"protocol": [1, 1], "wall": 0, "cursors": {}, "epoch": self.told["epoch"]}
        if self.chain:
            head |= {"inst": self.inst, "seq": len(self.chain), "head": b64(self.heads()[-1])}
        return self.ask("/v1/hello", head)[0]

    def push(self, first: int = 1) -> Head:
        """Everything from `first` on, under one certificate."""
        heads, ours = self.heads(), self.chain[first - 1 :]
        run = (self.inst, first, heads[first - 1], heads[first:])
        signature = self.key.sign(certified(self.device, [run]))
        laid = {"inst": self.inst, "first": first, "n": len(ours), "before": b64(heads[first - 1])}
        head: Head = {"certificate": {"signer": self.device, "runs": [laid], "signature": b64(signature)}}
        if first == 1:
            head["opens"] = {self.inst: b64(bytes(32))}
        said, _ = self.ask("/v1/push", head, b"".join(frame(*pair) for pair in ours))
        if said["acked"][self.inst] != {"seq": len(self.chain), "head": b64(heads[-1])}:
            raise Broken("acked")
        return said

    # -- 6, pages -------------------------------------------------------------------------------------------------

    def pull(self, limit: int = 2000) -> list[Op]:
        """All of the own stream, page by page, each verified."""
        cursor, found = 0, list[Op]()
        while True:
            head, batch = self.ask("/v1/pull", {"stream": self.told["stream"], "cursor": cursor, "limit": limit})
            found += self.page(head, batch, cursor)
            if head["more"] and head["cursor"] <= cursor:
                raise Broken("page does not move")
            cursor = head["cursor"]
            if not head["more"]:
                return found

    def page(self, head: Head, batch: bytes, cursor: int) -> list[Op]:
        """The ops of a page, after the certificate and the numbers were held against them."""
        ops = {}
        for header, body in frames(batch):
            read: Head = json.loads(header)
            ops[f"{read['inst']}.{read['seq']}"] = (header, read, body)
        certificate = head["certificate"]
        runs = [self._run(run, ops) for run in certificate["runs"]]
        if certificate["signer"] != self.server["device"]:
            raise Broken("signer")
        key = unb64(self.server["sign_key"])
        verify(key, unb64(certificate["signature"]), certified(certificate["signer"], runs))
        named = {f"{inst}.{first + n}" for inst, first, _, hashes in runs for n in range(len(hashes))}
        if not ops.keys() <= named:
            raise Broken("op outside the certificate")
        for inst, (device, before) in head.get("opens", {}).items():
            if [r for r in runs if r[0] == inst and r[1] == 1 and r[2] != opening(device, inst, unb64(before))]:
                raise Broken("opening")
        found, rev = [], 0
        for (name, (_, read, body)), step in zip(ops.items(), head["revs"], strict=True):
            rev += step
            if not cursor < rev <= head["cursor"] or step < 1:
                raise Broken("numbers")
            clear = body is not None and read["body_form"] == "clear"
            found.append(Op(name, read, json.loads(body or b"{}")["changes"] if clear else [], rev))
        return found

    @staticmethod
    def _run(run: Head, ops: dict[str, tuple[bytes, Head, bytes | None]]) -> tuple[str, int, bytes, list[bytes]]:
        head, hashes = unb64(run["before"]), []
        for seq in range(run["first"], run["first"] + run["n"]):
            op = ops.get(f"{run['inst']}.{seq}")
            head = sha(head + op[0]) if op else unb64(run["hidden"][str(seq)])
            hashes.append(head)
        return run["inst"], run["first"], unb64(run["before"]), hashes


def values(ops: list[Op], rec: str) -> Head:
    """The fields of a record whose ops follow each other: the last word of each (7, without conflicts)."""
    shown: Head = {}
    for op in ops:
        for change in op.changes:
            if change["rec"] == rec:
                shown |= change["set"]
    return shown


# -- 6, the outer form of a bundle ------------------------------------------------------------------------------------


def bundle(data: bytes, sender: bytes) -> tuple[Head, list[bytes]]:
    """Header and sealed frames of a bundle that this sender signed."""
    if data[:4] != b"GMB1":
        raise Broken("no bundle")
    unsigned, signature = data[:-64], data[-64:]
    verify(sender, signature, b"GM1 bundle\0" + sha(unsigned))
    header, at = _piece(unsigned, 4)
    found: list[bytes] = []
    while at < len(unsigned):
        sealed, at = _piece(unsigned, at)
        if len(sealed) > 64 * 1024 + 16:
            raise Broken("frame")
        found.append(sealed)
    return json.loads(header), found
