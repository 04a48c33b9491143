"""Search: overlapping character pairs, digits in triples, in FTS5; exact substring hits at any length, no full scan.

A saved case puts its text into `pend` within its own transaction; the index takes it over in idle time. A query is
the union of the index and a scan over the few pending texts, so it is never stale.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from operator import add
from typing import Final

from station_app.store.database import Connection

NAMES_END: Final = "\x1f"
"""In `pend.text`: party names stand before it, the rest after."""

MERGE_PAGES: Final = 64
"""Pages merged after a take-over: 5 ms, at most some 15 ms; 100,000 cases stay in some 40 segments."""

_MANY: Final = 1000
"""From so many texts on the index may take much memory for as long as it takes them over."""
_DIGITS = re.compile(r"[0-9]+")
# FTS5's ascii tokenizer splits at ASCII signs and spaces: they move to a private area
_SIGNS: Final = {c: 0xE000 + c for c in range(128) if not chr(c).isalnum()}
_FULL: Final = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20}
_FOLD: Final = {**{k: (_SIGNS.get(v, v)) for k, v in _FULL.items()}, **_SIGNS, **{c: c + 32 for c in range(65, 91)}}
_FOLD_FULL: Final = {chr(k): chr(v + 32 if 65 <= v <= 90 else v) for k, v in _FOLD.items()}
_FOLDED: Final = re.compile(f"[{''.join(map(re.escape, _FOLD_FULL))}]")


def fold_text(text: str) -> str:
    """Fold width and ASCII case, as typed text and stored text are compared."""
    # nothing becomes what is folded itself, so one after the other; most of a text stays as it is
    for char in set(_FOLDED.findall(text)):
        text = text.replace(char, _FOLD_FULL[char])
    return text


def tokens(folded: str) -> list[str]:
    """Cut folded text: at each place two characters, three in a run of digits; the last of a run is shorter."""
    result = list(map(add, folded, folded[1:]))
    result.append(folded[-1:])
    for match in _DIGITS.finditer(folded):
        start, end = match.span()
        result[end - 1] = folded[end - 1]
        for i in range(start, end - 2):
            result[i] += folded[i + 2]
    return result if folded else []


_WIDE: Final = "utf-32-le" if sys.byteorder == "little" else "utf-32-be"
_NONE: Final = "\x01"
"""Fills the cells of a token that is shorter than three; folded text holds no such sign."""
_TOKEN: Final = (_NONE * 3 + " ").encode(_WIDE)


def indexed_text(text: str) -> str:
    """The cut text as the index takes it: the tokens of `tokens`, joined by spaces; four cells a token filled in whole
    strides, since a text is some 450 tokens and a year some ten million.
    """
    folded = fold_text(text)
    size = len(folded)
    if not size:
        return ""
    laid = bytearray(_TOKEN * size)
    source, cells = memoryview(folded.encode(_WIDE, "surrogatepass")).cast("I"), memoryview(laid).cast("I")
    none = cells[0]
    cells[0::4] = source
    cells[1 : 4 * size - 4 : 4] = source[1:]
    for match in _DIGITS.finditer(folded):
        start, end = match.span()
        cells[4 * end - 3] = none
        if end - start > 2:
            cells[4 * start + 2 : 4 * end - 8 : 4] = source[start + 2 : end]
    return laid.decode(_WIDE, "surrogatepass").replace(_NONE, "")[:-1]


def match_expression(query: str) -> str:
    """The FTS5 phrase whose hits are exactly the texts that contain `query`."""
    folded = fold_text(query)
    if len(folded) == 2 and folded.isdigit() and folded.isascii():
        # all triples that begin so, and the pair at a run's end: unlike a prefix they are read only as far as asked
        return " OR ".join(f'"{folded}{digit}"' for digit in ("", *"0123456789"))
    parts = tokens(folded)
    tail = re.search(r"[0-9]+$", folded)
    if tail is not None:
        run = tail.end() - tail.start()
        # complete triples prove the run; one or two digits are the beginning of a triple
        whole, short = (parts[: tail.end() - 2], "") if run >= 3 else (parts[: tail.start()], parts[tail.start()])
    elif len(parts) > 1 and folded[-2] not in "0123456789":
        # the last place holds one character only; the pair before it already proves it
        whole, short = parts[:-1], ""
    else:
        whole, short = parts[:-1], parts[-1]
    phrase = '"' + " ".join(p.replace('"', '""') for p in [*whole, *([short] if short else [])]) + '"'
    return phrase + ("*" if short else "")


def _waiting_text(text: str, *, letters: bool) -> str:
    """A waiting text as the index will hold it; initials are worked out only where letters are looked for."""
    return fold_text(with_initials(text) if letters else text)


def _pending(con: Connection, needle: str, limit: int) -> list[int]:
    rows = con.execute("SELECT id, text FROM pend ORDER BY id DESC")
    letters = _letters(needle)
    return [int(case_id) for case_id, text in rows if needle in _waiting_text(text, letters=letters)][:limit]


def _letters(needle: str) -> bool:
    return needle.isascii() and needle.isalpha()


def find(con: Connection, query: str, *, limit: int = 50) -> list[int]:
    """Case ids whose text contains `query`, newest first, at most `limit`. Empty query finds nothing."""
    query = query.strip()
    if not query:
        return []
    expression = match_expression(query)
    sql = "SELECT rowid FROM idx WHERE idx MATCH ? AND rowid NOT IN (SELECT id FROM pend) ORDER BY rowid DESC LIMIT ?"
    hits = [int(row[0]) for row in con.execute(sql, (expression, limit))]
    pending = _pending(con, fold_text(query), limit)
    return sorted({*hits, *pending}, reverse=True)[:limit]


def find_each(con: Connection, wanted: Sequence[tuple[str, ...]], *, limit: int = 20) -> list[list[int]]:
    """For each group of texts the newest cases that contain all of them, at most `limit`; an empty group finds none.

    Cases whose text was not taken over yet are looked through once for all groups.
    """
    groups = [tuple(text.strip() for text in group if text.strip()) for group in wanted]
    needles = [tuple(fold_text(text) for text in group) for group in groups]
    waiting: list[list[int]] = [[] for _ in groups]
    letters = any(_letters(part) for parts in needles for part in parts)
    for case_id, text in con.execute("SELECT id, text FROM pend ORDER BY id DESC"):
        folded = _waiting_text(text, letters=letters)
        for number, parts in enumerate(needles):
            if parts and all(part in folded for part in parts):
                waiting[number].append(int(case_id))
    sql = "SELECT rowid FROM idx WHERE idx MATCH ? AND rowid NOT IN (SELECT id FROM pend) ORDER BY rowid DESC LIMIT ?"
    found = []
    for group, late in zip(groups, waiting, strict=True):
        expression = " AND ".join(f"({match_expression(text)})" for text in group)
        hits = [int(row[0]) for row in con.execute(sql, (expression, limit))] if group else []
        found.append(sorted({*hits, *late[:limit]}, reverse=True)[:limit])
    return found


def count(con: Connection, query: str) -> int:
    """How many cases contain `query`."""
    query = query.strip()
    if not query:
        return 0
    total = con.execute("SELECT count(*) FROM idx WHERE idx MATCH ?", (match_expression(query),)).fetchone()[0]
    waiting = [int(r[0]) for r in con.execute("SELECT id FROM pend")]
    if waiting:
        marks = ",".join("?" * len(waiting))
        stale = con.execute(
            f"SELECT count(*) FROM idx WHERE idx MATCH ? AND rowid IN ({marks})", (match_expression(query), *waiting)
        ).fetchone()[0]
        total += len(_pending(con, fold_text(query), len(waiting))) - stale
    return int(total)


def put_pending(con: Connection, case_id: int, text: str) -> None:
    """Note a case whose text changed, within the saving transaction."""
    con.execute("INSERT OR REPLACE INTO pend(id, text) VALUES(?, ?)", (case_id, text))


def put_all_pending(con: Connection, texts: Sequence[tuple[int, str]]) -> None:
    """Note many such cases at once: (case, text)."""
    con.executemany("INSERT OR REPLACE INTO pend(id, text) VALUES(?, ?)", texts)


@contextmanager
def building(con: Connection) -> Iterator[None]:
    """The index may take 64 MB meanwhile: fewer segments, half the time."""
    con.execute("INSERT INTO idx(idx, rank) VALUES('hashsize', ?)", (64 * 1024 * 1024,))
    yield
    con.execute("INSERT INTO idx(idx, rank) VALUES('hashsize', ?)", (1024 * 1024,))


def index_all(con: Connection, texts: Iterable[tuple[int, str]]) -> None:
    """Index texts of cases that are not in the index and do not wait for it: (case, text), in the order of cases."""
    con.executemany(
        "INSERT INTO idx(rowid, t) VALUES(?, ?)",
        ((case_id, indexed_text(with_initials(text))) for case_id, text in texts),
    )


def flush(con: Connection, *, limit: int = 200) -> int:
    """Take over up to `limit` pending texts into the index (inside the caller's transaction); how many were taken.

    Each take-over leaves one more segment, and every query looks into all of them: a few pages are merged at once.
    """
    rows = con.execute("SELECT id, text FROM pend LIMIT ?", (limit,)).fetchall()
    if not rows:
        return 0
    with building(con) if len(rows) >= _MANY else nullcontext():
        con.executemany("DELETE FROM idx WHERE rowid = ?", [(r[0],) for r in rows])
        index_all(con, rows)
        con.executemany("DELETE FROM pend WHERE id = ?", [(r[0],) for r in rows])
    merge(con, pages=MERGE_PAGES + len(rows))
    return len(rows)


def merge(con: Connection, *, pages: int = MERGE_PAGES) -> bool:
    """One small step of merging segments (inside the caller's transaction); False when nothing is left to merge."""
    before = con.total_changes
    con.execute("INSERT INTO idx(idx, rank) VALUES('merge', ?)", (pages,))
    return con.total_changes - before > 1  # the statement itself counts as one


def with_initials(text: str) -> str:
    """Add the pinyin initials of the names, so that "tzq" finds 田志强."""
    names, _, rest = text.partition(NAMES_END)
    if not names:
        return "\n" + rest
    from station_app.domain.text import pinyin_initials

    initials = sorted({i for name in names.split("\n") for i in pinyin_initials(name)})
    return "\n".join([names, rest, *initials])
