"""What every command of the district server shares: the data directory, known errors as one sentence, lists."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Final

import typer

from sync.contract.errors import KnownError
from sync.server.clock import SystemClock
from sync.server.sentences import sentence
from sync.server.server import Server, open_server

EXIT_KNOWN: Final = 1
FAULTS: Final = "faults.log"

DataDir = Annotated[
    Path, typer.Option("--data-dir", metavar="DIR", envvar="DISTRICT_DATA_DIR", help="区级平台的数据目录")
]
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]
PasswordFile = Annotated[
    Path | None, typer.Option("--password-file", metavar="FILE", help="存放密码的文件；“-”为标准输入；不写则提示输入")
]


@contextmanager
def opened(data_dir: Path) -> Iterator[Server]:
    """Open the district, and close it whatever happens."""
    server = open_server(data_dir, SystemClock())
    try:
        yield server
    finally:
        server.close()


def show(data: object, *, as_json: bool, text: str) -> None:
    """Print the answer: JSON for programs, text for people."""
    typer.echo(json.dumps(data, ensure_ascii=False, indent=1) if as_json else text)


def complain(error: KnownError) -> None:
    """One plain sentence with its code on standard error."""
    typer.echo(f"{error.code} {sentence(error)}", err=True)


def read_password(source: Path | None, *, twice: bool = False) -> str:
    """A password from a file, from standard input ("-"), or by prompt; never from the command line."""
    if source is not None and str(source) != "-":
        try:
            return source.read_text("utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as exc:
            raise KnownError("E-516", file=str(source)) from exc
    if source is not None or not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt("密码", hide_input=True, confirmation_prompt=twice))


def columns(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows as aligned text; a Chinese character takes two places."""
    table = [tuple(str(cell) for cell in row) for row in (heads, *rows)]
    widths = [max(_width(row[i]) for row in table) for i in range(len(heads))]
    return "\n".join(
        "  ".join(cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True)).rstrip()
        for row in table
    )


def _width(text: str) -> int:
    return sum(2 if ord(c) > 0x2E80 else 1 for c in text)
