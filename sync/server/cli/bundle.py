"""`district-server bundle`: a station's bundle taken in, the answer written beside it for the way back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from sync.contract.errors import KnownError
from sync.server import bundling
from sync.server.cli.common import AsJson, DataDir, opened, show

MOST_BYTES = 512 * 1024 * 1024


def bundle(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="站点导出的数据包")],
    data_dir: DataDir,
    out: Annotated[Path | None, typer.Option("--out", metavar="FILE", help="回执写到哪里；默认在旁边")] = None,
    as_json: AsJson = False,
) -> None:
    """导入站点的数据包，写出给它带回的数据包。"""
    target = out or file.with_name(f"{file.stem}-回执.gmb")
    try:
        if file.stat().st_size > MOST_BYTES:
            raise KnownError("E-182", what="too large")
        data = file.read_bytes()
        with opened(data_dir) as server:
            taken = bundling.take(server, data)
        part = target.with_name(target.name + ".part")
        part.write_bytes(taken.answer)
        part.replace(target)
    except OSError as error:
        raise KnownError("E-516", file=file.name) from error
    done = {"device": taken.device, "station": taken.station, "stored": taken.stored, "known": taken.duplicates,
            "files": taken.blobs, "refused": taken.refused, "answer": str(target)}  # fmt: skip
    said = f"站点 {taken.station}：新收 {taken.stored} 条，已有 {taken.duplicates} 条，附件 {taken.blobs} 个。"
    show(done, as_json=as_json, text=f"{said}\n带回的数据包：{target}")
