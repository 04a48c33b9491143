"""`district-server`: sets up, serves and looks after one district; one file a noun beside this one."""

from __future__ import annotations

import logging
import os
import sys
from typing import Annotated

import typer

from sync.contract.errors import KnownError
from sync.server import keys
from sync.server.admin import status
from sync.server.cli import bundle, data, device, erase, org, release, segments, serve
from sync.server.cli.common import EXIT_KNOWN, AsJson, DataDir, columns, complain, opened, show
from sync.server.clock import readable

app = typer.Typer(
    name="district-server",
    no_args_is_help=True,
    add_completion=False,
    help="群众诉求服务区级平台",
    pretty_exceptions_enable=False,
)
app.add_typer(org.app, name="org")
app.add_typer(device.app, name="device")
app.add_typer(segments.app, name="segments")
app.add_typer(release.app, name="release")
app.add_typer(data.user, name="user")
app.add_typer(erase.app, name="erase")
app.command("bundle")(bundle.bundle)
app.command("serve")(serve.serve)
app.command("tls")(serve.make_tls)
app.command("backup")(data.backup_)
app.command("restore")(data.restore_)
app.command("export")(data.export)


@app.command("init")
def init(
    data_dir: DataDir,
    district: Annotated[str, typer.Option("--district", metavar="NAME", help="区级平台名称")],
    database: Annotated[str, typer.Option("--database", help="数据库地址；不写则在数据目录内建立")] = "",
    url: Annotated[str, typer.Option("--url", help="对外地址，印在文书的二维码里")] = "",
    as_json: AsJson = False,
) -> None:
    """建立区级平台：密钥、数据库。"""
    made = keys.create(data_dir, name=district, database=database, url=url)
    with opened(data_dir) as server:
        dialect = server.storage.dialect
    done = {"district": made.name, "device": made.device, "database": dialect, "directory": str(data_dir)}
    show(done, as_json=as_json, text=f"{made.name}已建立，服务器编号 {made.device}。")


@app.command("status")
def status_(data_dir: DataDir, as_json: AsJson = False) -> None:
    """显示平台现有的数据和运行情况。"""
    with opened(data_dir) as server:
        held = status.status(server)
    lines = [
        f"{held['district']}（{held['database']}）{_restored(held['epoch'])}",
        f"站点 {held['stations']} 个，设备 {held['devices']} 台，最近联系 {_when(held['last_contact'])}",
        f"案件 {held['cases']} 件，文书 {held['papers']} 份，记录 {held['ops']} 条，附件 {held['blobs']} 个",
        f"待处理 {held['problems']} 项，重号 {held['clashes']} 个",
    ]
    show(held, as_json=as_json, text="\n".join(lines))


def _restored(epoch: object) -> str:
    """The epoch of a restored district is the moment of its restore."""
    return f"，{_when(epoch)} 由备份恢复" if isinstance(epoch, int) and epoch > 1 else ""


def _when(value: object) -> str:
    return (readable(value) if isinstance(value, int) else "") or "无"


@app.command("cases")
def cases_(
    data_dir: DataDir,
    station: Annotated[str, typer.Option("--station", metavar="CODE", help="只列一个站点的案件")] = "",
    as_json: AsJson = False,
) -> None:
    """列出案件的登记事实。"""
    with opened(data_dir) as server:
        found = status.cases(server, station=station)
    rows = [
        [c[k] if c[k] is not None else "" for k in ("number", "station", "title", "applicants", "respondents", "state")]
        for c in found
    ]
    show(found, as_json=as_json, text=columns(("编号", "站点", "标题", "申请人", "被申请人", "状态"), rows))


@app.command("problems")
def problems_(data_dir: DataDir, as_json: AsJson = False) -> None:
    """列出已经保存、但不能归入案件的记录。"""
    with opened(data_dir) as server:
        found = status.problems(server)
    rows = [[p[k] for k in ("op", "code", "device", "case", "detail")] for p in found]
    show(found, as_json=as_json, text=columns(("记录", "代码", "设备", "案件", "说明"), rows))


def run() -> None:
    """Entry point: 0 done, 1 a known problem (one sentence on standard error), 2 wrong use."""
    logging.basicConfig(filename=os.environ.get("DISTRICT_LOG", os.devnull))
    try:
        app()
    except KnownError as error:
        complain(error)
        sys.exit(EXIT_KNOWN)
    except Exception:
        logging.getLogger("district").exception("fault of a command")
        complain(KnownError("E-599"))
        sys.exit(EXIT_KNOWN)
