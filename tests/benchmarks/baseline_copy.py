"""The floor a sync is measured against, frozen: raw read, one zstd POST, COPY jsonb, insert into SQLite.

No ops, no chain, no signatures, no rights, no projection, no encryption: one table at each end.
As a program: `python -m tests.benchmarks.baseline_copy URL` serves a PostgreSQL database on a free port it prints.
"""

from __future__ import annotations

import http.client
import sqlite3
import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Final, cast
from urllib.parse import urlsplit

import orjson
import psycopg
import zstandard

LEVEL: Final = 3
COLUMNS: Final = (
    "id", "stream", "case_rec", "compartment", "verb", "actor", "wall", "title", "place", "amount", "state", "at",
    "people", "rest",
)  # fmt: skip
"""One row an op: a random id as plain programs have it, whose, what and when, the few fields a list shows, the rest."""
_OUT: Final = "COPY record(id, data) TO STDOUT"
_TABLES: Final = (
    "CREATE TABLE record(id uuid PRIMARY KEY, data jsonb NOT NULL, rev bigint NOT NULL DEFAULT 0)",
    "CREATE INDEX record_rev ON record(rev) WHERE rev > 0",
    "CREATE SEQUENCE revision",
)
_MERGE: Final = (
    "INSERT INTO record SELECT id, data, nextval('revision') FROM incoming"
    " ON CONFLICT(id) DO UPDATE SET data = excluded.data, rev = excluded.rev"
)
_SINCE: Final = "SELECT id::text, data::text FROM record WHERE rev > 0 ORDER BY rev"


class Handler(BaseHTTPRequestHandler):
    """POST /push stores all rows, /pull gives them; /edit merges changed rows, /since gives those."""

    protocol_version = "HTTP/1.1"
    con: psycopg.Connection[tuple[object, ...]]

    def do_POST(self) -> None:
        """One transaction a request."""
        body = self.rfile.read(int(self.headers["Content-Length"]))
        act = {"/push": self._push, "/pull": self._pull, "/edit": self._edit, "/since": self._since}[self.path]
        answer = act(body)
        self.send_response(200)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def _push(self, body: bytes) -> bytes:
        text = zstandard.ZstdDecompressor().decompress(body)
        with self.con.transaction(), self.con.cursor() as cursor:
            cursor.execute("TRUNCATE record")
            with cursor.copy("COPY record(id, data) FROM STDIN") as copy:
                copy.write(text)
        return b"{}"

    def _edit(self, body: bytes) -> bytes:
        text = zstandard.ZstdDecompressor().decompress(body)
        with self.con.transaction(), self.con.cursor() as cursor:
            cursor.execute("CREATE TEMP TABLE incoming(id uuid, data jsonb) ON COMMIT DROP")
            with cursor.copy("COPY incoming FROM STDIN") as copy:
                copy.write(text)
            cursor.execute(_MERGE)
        return b"{}"

    def _since(self, _: bytes) -> bytes:
        rows = self.con.execute(_SINCE).fetchall()
        self.con.commit()
        lines = b"".join(f"{key}\t{data}\n".encode().replace(b"\\", b"\\\\") for key, data in rows)
        return zstandard.ZstdCompressor(level=LEVEL).compress(lines)

    def _pull(self, _: bytes) -> bytes:
        with self.con.transaction(), self.con.cursor() as cursor, cursor.copy(_OUT) as copy:
            text = b"".join(bytes(part) for part in copy)
        return zstandard.ZstdCompressor(level=LEVEL).compress(text)

    def log_message(self, *args: object) -> None:
        """Quiet."""


def push(source: Path, url: str, *, changed: int = 0) -> int:
    """Read all rows (or as many `changed` ones) of a plain SQLite file and send them in one POST; bytes sent."""
    con = sqlite3.connect(source)
    lines = []
    where = f" WHERE rowid IN (SELECT rowid FROM record ORDER BY rowid DESC LIMIT {changed})" if changed else ""
    for row in con.execute(f"SELECT {', '.join(COLUMNS)} FROM record{where}"):
        data = orjson.dumps(dict(zip(COLUMNS, row, strict=True))).replace(b"\\", b"\\\\")
        lines.append(row[0].encode() + b"\t" + data)
    con.close()
    body = zstandard.ZstdCompressor(level=LEVEL).compress(b"\n".join(lines) + b"\n")
    _post(url, "/edit" if changed else "/push", body)
    return len(body)


def pull(target: Path, url: str, *, changed: bool = False) -> int:
    """Fetch all rows into a fresh plain SQLite file, or the `changed` ones into one that is there, one durable
    transaction; bytes received.
    """
    body = _post(url, "/since" if changed else "/pull", b"")
    con = sqlite3.connect(target) if changed else make(target)
    if changed:
        con.execute("PRAGMA synchronous=FULL")
    rows = []
    for line in zstandard.ZstdDecompressor().decompress(body).splitlines():
        values = orjson.loads(line.split(b"\t", 1)[1].replace(b"\\\\", b"\\"))
        rows.append(tuple(values[name] for name in COLUMNS))
    with con:
        con.executemany(f"INSERT OR REPLACE INTO record VALUES({', '.join('?' * len(COLUMNS))})", rows)
    con.close()
    return len(body)


def make(path: Path) -> sqlite3.Connection:
    """A fresh plain file as a careful program would have it: WAL, synchronous=FULL."""
    con = sqlite3.connect(path)
    con.execute("PRAGMA journal_mode=WAL")
    con.execute("PRAGMA synchronous=FULL")
    con.execute(f"CREATE TABLE record({', '.join(COLUMNS)}, PRIMARY KEY(id))")
    return con


def _post(url: str, path: str, body: bytes) -> bytes:
    parts = urlsplit(url)
    con = http.client.HTTPConnection(cast("str", parts.hostname), parts.port)
    con.request("POST", path, body)
    answer = con.getresponse().read()
    con.close()
    return answer


def main(database: str) -> None:
    """Serve until the process ends."""
    Handler.con = psycopg.connect(database)
    for statement in _TABLES:
        Handler.con.execute(statement)
    Handler.con.commit()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1])
