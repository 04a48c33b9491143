"""station demo: the main job from intake to the district server, on a real wage case, with a clock of its own."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Final

import typer

from station_app.cli.figures import yearly
from station_app.cli.showcase import PASSWORD, Showcase
from station_app.domain import codes
from station_app.domain.money import yuan
from station_app.paths import resources_dir
from station_app.services.travel import enrolment, syncing
from sync.contract.errors import KnownError

MARKER: Final = "demo.json"
"""Only a directory that bears it is ever emptied."""
STATION: Final = "GM-FH-DK-01"


def demo(
    directory: Annotated[Path, typer.Option("--dir", metavar="DIR", help="演示数据放在哪里（每次重新建立）")] = Path(
        ".demo"
    ),
    open_desk: Annotated[bool, typer.Option("--open-desk", help="完成后打开桌面程序")] = False,
    year: Annotated[int, typer.Option("--year", help="改为生成一年的演示数据，如 2021")] = 0,
    half: Annotated[int, typer.Option("--half", help="只生成上半年 1 或者下半年 2")] = 0,
    seed: Annotated[int, typer.Option("--seed", help="1 为公布的办理结果；其他数字得出另一种结果")] = 1,
    scale: Annotated[str, typer.Option("--scale", help="full 全部件数，small 二十分之一")] = "full",
) -> None:
    """演示：17名工人工资纠纷从巡查发现到司法确认、履行、回访，文书出具为 PDF，数据上传到区级平台。"""
    started = time.perf_counter()
    _fresh(directory)
    if year:
        yearly.make(directory, year=year, half=half, seed=seed, scale=scale)
        return
    print("演示数据，所有文书带有“演示样张　不具法律效力”。演示时钟从 2026-11-20 08:40 开始。\n")
    with _district(directory / "district") as server:
        show = Showcase(directory)
        station = show.create()
        if server is not None:
            enrolment.enrol(station, url=server.url, code=server.code(STATION))
            state = enrolment.status(station)
            show.say(f"接入{state.district}，取得编号字头 {state.series}，备用 {'、'.join(state.spares)}；随后断开网络")
        else:
            station.store.set_settings({"number.series": "A"})
            show.say("本机未安装区级平台程序，以下只演示单机办理")
        show.run()
        if server is not None:
            _travel(show, server)
    show.close()
    _closing(show, time.perf_counter() - started)
    if open_desk:
        _desk(show.data)


def _fresh(directory: Path) -> None:
    """An empty directory of our own. E-511 where something else lies there, E-513 where it cannot be written."""
    if directory.exists():
        if any(directory.iterdir()) and not (directory / MARKER).exists():
            raise KnownError("E-511", path=str(directory))
        shutil.rmtree(directory)
    try:
        directory.mkdir(parents=True)
        (directory / MARKER).write_text("{}\n", "utf-8")
    except OSError as exc:
        raise KnownError("E-513", path=str(directory)) from exc


class _Server:
    """A district server as a process of its own, and its command line."""

    def __init__(self, command: list[str], directory: Path) -> None:
        self._command, self._directory = command, directory
        self.url = ""
        self._process: subprocess.Popen[str] | None = None

    def call(self, *words: str) -> str:
        """Run one command and return what it printed."""
        done = subprocess.run(
            [*self._command, *words, "--data-dir", str(self._directory)], capture_output=True, text=True, check=False
        )
        if done.returncode:
            print(done.stderr, file=sys.stderr, end="")
            raise KnownError("E-110", status=done.returncode)
        return done.stdout

    def code(self, station: str) -> str:
        """A one-time enrolment code."""
        return str(json.loads(self.call("device", "code", "--station", station, "--json"))["code"])

    def start(self) -> None:
        """Serve on a free port of this machine."""
        command = [*self._command, "serve", "--port", "0", "--data-dir", str(self._directory)]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        line = self._process.stdout.readline() if self._process.stdout else ""
        self.url = line.strip().rpartition(" ")[2]
        if not self.url.startswith("http"):
            self.stop()
            raise KnownError("E-102", host="127.0.0.1")

    def stop(self) -> None:
        """End the process and wait for it."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(30)
            if self._process.stdout is not None:
                self._process.stdout.close()


@contextmanager
def _district(directory: Path) -> Iterator[_Server | None]:
    """A fresh district with the sample organisation, serving; None where the server's program is not installed."""
    program = Path(sys.executable).parent / ("district-server.exe" if os.name == "nt" else "district-server")
    if not program.exists():
        yield None
        return
    server = _Server([str(program)], directory)
    server.call("init", "--district", "光明区群众诉求服务平台（演示）")
    server.call("org", "import", str(resources_dir() / "org" / "guangming.toml"))
    server.start()
    try:
        yield server
    finally:
        server.stop()


def _travel(show: Showcase, server: _Server) -> None:
    """Everything goes up; a second round changes nothing; then what the server holds, from its own command."""
    began = time.perf_counter()
    outcome = syncing.run(show.station)
    if outcome.error is not None:
        raise outcome.error
    took = time.perf_counter() - began
    traffic = outcome.traffic
    show.say(
        f"联网后上传 {outcome.pushed} 条记录、{outcome.blobs_sent} 份文书，"
        f"{traffic.out / 1024:.0f} KB，{traffic.requests} 次请求，{took:.2f} 秒"
    )
    again = syncing.run(show.station)
    show.say(f"再次上传：上传 {again.pushed} 条，接收 {again.pulled} 条，{again.traffic.requests} 次请求")
    state: dict[str, Any] = json.loads(server.call("status", "--json"))
    show.say(
        f"区级平台现有：案件 {state['cases']} 件、文书 {state['papers']} 份、记录 {state['ops']} 条、"
        f"附件 {state['blobs']} 个，待处理 {state['problems']} 项"
    )
    for case in json.loads(server.call("cases", "--json")):
        stage = codes.label("case_states", case["state"])
        amount = f"，涉及金额 {yuan(int(case['amount']))} 元" if case.get("amount") else ""
        print(f"      {case.get('number') or '未编号'}　{case['title']}（{stage}{amount}）")


def _closing(show: Showcase, seconds: float) -> None:
    print("\n文书：")
    for path in show.written:
        print(f"      {path}")
    print(f"\n数据目录：{show.data}　登录人：{show.mediator}　密码：{PASSWORD}")
    print(f"全部用时 {seconds:.1f} 秒。打开桌面：station-app --data-dir {show.data}")


def _desk(data: Path) -> None:
    """The desk on the demonstration's station, in a process of its own; the command ends when it is closed."""
    subprocess.run([sys.executable, "-m", "station_app", "--data-dir", str(data)], check=False)
