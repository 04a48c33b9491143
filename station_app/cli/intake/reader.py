"""station reader-simulator: a card reader's helper without a reader, for training and tests; reading one card."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path
from typing import Annotated, Final

import typer

from station_app.cli.common import AsJson, DataDir, PasswordFile, UserName, opened, show
from station_app.domain.idcard import mask
from station_app.services.intake import card_reader
from sync.contract.errors import KnownError

_SAMPLE: Final = {
    "name": "田志强",
    "sex": "男",
    "people": "壮",
    "birth": "1989-04-12",
    "address": "广西壮族自治区武鸣县演示镇演示村12号",
    "number": "45012619890412011X",
    "valid_from": "2019-05-06",
    "valid_until": "2039-05-06",
}
"""An invented card; its number is of no real person."""
_HANG_S: Final = 3600


def simulator(
    card: Annotated[Path | None, typer.Option("--card", metavar="FILE", help="卡面内容（JSON）；不写为演示卡")] = None,
    fault: Annotated[str, typer.Option("--fault", help="模拟故障：no-card、crash、hang、garbage、flood")] = "",
) -> None:
    """模拟身份证读卡器：从标准输入读一行请求，向标准输出答一行，用于培训和测试。"""
    sys.stdin.readline()
    if fault == "hang":
        time.sleep(_HANG_S)
    elif fault == "crash":
        raise typer.Exit(3)
    elif fault == "garbage":
        print("\x00\x01{not a card")
    elif fault == "flood":
        while True:
            sys.stdout.write("x" * 4096)
    elif fault == "no-card":
        print(json.dumps({"v": 1, "error": "no_card"}))
    else:
        print(json.dumps({"v": 1, "card": _given(card)}, ensure_ascii=True))


def _given(card: Path | None) -> object:
    if card is None:
        return _SAMPLE
    try:
        return json.loads(card.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise KnownError("E-516", file=card.name) from error


def read_card(
    data_dir: DataDir = None, user: UserName = "", password_file: PasswordFile = None, as_json: AsJson = False
) -> None:
    """用读卡器读一张身份证，号码只显示一部分（--json 输出全部）。"""
    with opened(data_dir, user, password_file) as station:
        values = card_reader.read(station)
    number = str(values["identity.id_number"])
    show(values, as_json=as_json, text=f"{values['party.name']}　{mask(number)}")
