"""`district-server serve`: the HTTP server as a process; prints one line with its address when it can be reached."""

from __future__ import annotations

import contextlib
import gc
import logging
import signal
import socket
from pathlib import Path
from typing import Annotated

import typer

from sync.contract.errors import KnownError
from sync.server import tls
from sync.server.cli.common import FAULTS, AsJson, DataDir, opened, show
from sync.server.line.holding import KEEP_MS, MOST_BYTES

KEEP_ALIVE_SECONDS = 300
"""A weak line needs more than uvicorn's five seconds between a slow answer's end and the next request."""


def serve(
    data_dir: DataDir,
    host: Annotated[str, typer.Option("--host", help="监听地址")] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="监听端口；0 为任意空闲端口")] = 8700,
    use_tls: Annotated[bool, typer.Option("--tls", help="使用 tls 命令生成的证书")] = False,
    tls_cert: Annotated[Path | None, typer.Option("--tls-cert", help="TLS 证书文件")] = None,
    tls_key: Annotated[Path | None, typer.Option("--tls-key", help="TLS 私钥文件")] = None,
    hold_minutes: Annotated[
        int, typer.Option("--hold-minutes", min=0, max=1440, help="传输中断后保留已收到部分的分钟数，供续传")
    ] = KEEP_MS // 60_000,
    hold_megabytes: Annotated[
        int, typer.Option("--hold-megabytes", min=0, max=4096, help="续传部分合计最多占用的内存（MB）")
    ] = MOST_BYTES // 1024 // 1024,
) -> None:
    """启动服务，直到按 Ctrl+C 停止。"""
    import uvicorn

    from sync.server.app import make_app

    if use_tls:
        made = tls.files(data_dir)
        tls_cert, tls_key = made.certificate, made.key
    for needed in (tls_cert, tls_key):
        if needed is not None and not needed.is_file():
            raise KnownError("E-516", file=needed.name)
    with opened(data_dir) as server, _bound(host, port) as listener:
        _log_faults(data_dir)
        server.holding.limit(most=hold_megabytes * 1024 * 1024, keep_ms=hold_minutes * 60_000)
        scheme = "https" if tls_cert else "http"
        config = uvicorn.Config(
            make_app(server),
            log_config=None,
            access_log=False,
            timeout_keep_alive=KEEP_ALIVE_SECONDS,
            timeout_graceful_shutdown=20,
            server_header=False,
            ssl_certfile=str(tls_cert) if tls_cert else None,
            ssl_keyfile=str(tls_key) if tls_key else None,
        )
        shown = f"[{host}]" if ":" in host else host
        typer.echo(f"listening {scheme}://{shown}:{listener.getsockname()[1]}")
        # uvicorn stops gracefully and then raises the signal again: let it end here, so that the database is closed
        signal.signal(signal.SIGTERM, signal.default_int_handler)
        tune()
        with contextlib.suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def make_tls(
    data_dir: DataDir,
    host: Annotated[list[str], typer.Option("--host", help="服务器的域名或者地址，可以写多个")],
    as_json: AsJson = False,
) -> None:
    """生成本区自己的 TLS 证书；重复执行则换发，原来的根证书不变。"""
    with opened(data_dir) as server:
        made = tls.make(data_dir, district=server.district.name, hosts=host, now_ms=server.clock.now_ms())
    text = f"证书已生成。请把 {made.authority} 发给各站点，作为其网络设置中的根证书。"
    show({"authority": str(made.authority), "certificate": str(made.certificate)}, as_json=as_json, text=text)


def tune() -> None:
    """Fewer passes of the garbage collector: a push makes thousands of short-lived objects and no rings of them."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 100)


def _bound(host: str, port: int) -> socket.socket:
    """A listening socket; it is listening before the address is printed, so that nobody comes too early."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    try:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
        listener.listen(256)
    except (OSError, OverflowError) as exc:
        listener.close()
        raise KnownError("E-518", key="host/port", value=f"{host}:{port}") from exc
    return listener


def _log_faults(data_dir: Path) -> None:
    """Faults go to a file beside the database, never to a caller."""
    handler = logging.FileHandler(data_dir / FAULTS, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    logging.getLogger().addHandler(handler)
    logging.getLogger().setLevel(logging.WARNING)
