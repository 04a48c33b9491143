"""What every command shares: options, password without argv, opening the station, one plain sentence for an error."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from station_app import bootstrap
from station_app.services.station import Station
from sync.contract.errors import KnownError

EXIT_KNOWN: Final = 1

DataDir = Annotated[Path | None, typer.Option("--data-dir", metavar="DIR", help="数据目录（缺省为本用户的数据目录）")]
UserName = Annotated[str, typer.Option("--user", metavar="姓名", help="登录人；本机只有一名用户时可省略")]
PasswordFile = Annotated[
    Path | None, typer.Option("--password-file", metavar="FILE", help="存放密码的文件；“-”为标准输入；不写则提示输入")
]
AsJson = Annotated[bool, typer.Option("--json", help="以 JSON 输出")]


def read_password(source: Path | None, prompt: str = "密码") -> str:
    """A password from a file, from standard input ("-"), or by prompt; never from the command line."""
    if source is not None and str(source) != "-":
        try:
            return source.read_text("utf-8").rstrip("\r\n")
        except (OSError, UnicodeDecodeError) as exc:
            raise KnownError("E-516", file=str(source)) from exc
    if source is not None or not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    return str(typer.prompt(prompt, hide_input=True))


@contextmanager
def opened(data_dir: Path | None, user: str, password_file: Path | None) -> Iterator[Station]:
    """Open the station, and close it whatever happens."""
    from station_app.services import people
    from station_app.services.local import journal

    directory = bootstrap.data_dir(data_dir)
    cards = people.users(directory)
    name = user or (cards[0].name if len(cards) == 1 else "")
    if not name:
        raise KnownError("E-512", name="、".join(c.name for c in cards))
    station = bootstrap.open_station(directory, name=name, password=read_password(password_file))
    try:
        yield station
    except KnownError as error:
        journal.note(directory, "told", code=error.code)
        raise
    finally:
        station.store.close()


def show(data: object, *, as_json: bool, text: str) -> None:
    """Print the answer: JSON for programs, text for people."""
    if as_json:
        print(json.dumps(data, ensure_ascii=False, indent=1, default=str))
    else:
        print(text)


def complain(error: KnownError) -> None:
    """One plain sentence with its code on standard error."""
    from station_app.domain.sentences import with_code

    lang = "en_US" if os.environ.get("STATION_LANG", "").startswith("en") else "zh_CN"
    print(with_code(error, lang), file=sys.stderr)  # type: ignore[arg-type]  # one of the two literals


def columns(rows: list[tuple[Any, ...]], heads: tuple[str, ...]) -> str:
    """Rows as aligned text; a Chinese character takes two places."""
    table = [tuple(str(c) for c in row) for row in (heads, *rows)]
    widths = [max(_width(row[i]) for row in table) for i in range(len(heads))]
    lines = [
        "  ".join(cell + " " * (w - _width(cell)) for cell, w in zip(row, widths, strict=True)).rstrip()
        for row in table
    ]
    return "\n".join(lines)


def _width(text: str) -> int:
    return sum(2 if ord(c) > 0x2E80 else 1 for c in text)
