"""The line of this PC: how it reaches the platform, the proxy's log-in, and a check that names the hop that fails."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from station_app.clock import shanghai_time
from station_app.domain.sentences import sentence
from station_app.services.local import settings
from station_app.services.local.health import Finding
from station_app.services.station import Station
from station_app.store import secrets
from sync.contract.errors import KnownError

if TYPE_CHECKING:
    from sync.client.line.probe import Hop
    from sync.client.line.speed import Speed
    from sync.client.route.choosing import ProxyChoice
    from sync.client.route.system import Asked
    from sync.client.transport import HttpTransport

SECRET: Final = "proxy_password"
SOON_MS: Final = 30 * 24 * 3600 * 1000
"""An identity that ends within thirty days is told beforehand."""
CLOCK_LIMIT_MS: Final = 5 * 60 * 1000

_HOPS: Final = {
    "route": "代理设置", "name": "名称解析", "tcp": "建立连接", "proxy": "代理放行", "tls": "加密连接",
    "answer": "平台应答", "clock": "本机时间", "identity": "接入资格",
}  # fmt: skip
_SOURCES: Final = {
    "typed": "本机填写", "environment": "系统环境变量", "desktop": "系统设置", "windows": "系统设置",
    "pac": "自动代理配置", "none": "不用代理",
}  # fmt: skip
_ASKED: Final[list[Asked]] = []
"""What the system said of proxies, for all rounds of this process."""


def choice(station: Station) -> ProxyChoice:
    """What the settings say of proxies, with the log-in."""
    from sync.client.route.choosing import ProxyChoice

    user = settings.get(station, "net.proxy_user")
    return ProxyChoice(
        proxy=settings.get(station, "net.proxy"),
        pac=settings.get(station, "net.pac"),
        user=user,
        password=secrets.kept(station.store, SECRET).decode() if user else "",
    )


def set_proxy_login(station: Station, *, user: str, password: str) -> None:
    """Keep the proxy's user name, and its password in the vault; an empty name forgets both."""
    settings.put(station, {"net.proxy_user": user})
    secrets.keep(station.store, SECRET, password.encode() if user else b"")


def set_authority(station: Station, *, file: str) -> None:
    """Trust only the authorities in this file for the platform; "" for those of the system. E-516 for none."""
    from sync.client.transport import tls_context

    if file:
        tls_context(file)
    settings.put(station, {"net.ca_file": file})


def has_password(station: Station) -> bool:
    """Whether a password of the proxy is kept; it is never shown."""
    return bool(secrets.kept(station.store, SECRET))


def speed(station: Station) -> Speed:
    """The limit set for this PC (KB a second), as the transport keeps it."""
    from sync.client.line.speed import Speed

    return Speed(int(settings.get(station, "net.limit")) * 1024)


def open_line(station: Station, url: str) -> HttpTransport:
    """The line to an address with this PC's proxy, CA and speed; E-107, E-118, E-119, E-516 as the transport says."""
    from sync.client.transport import HttpTransport

    if not _ASKED:
        from sync.client.route.system import Asked

        _ASKED.append(Asked())
    return HttpTransport(
        url, proxy=choice(station), ca_file=settings.get(station, "net.ca_file"), speed=speed(station), say=_ASKED[0]
    )


def check(station: Station, *, url: str = "") -> Iterator[Finding]:
    """网络体检: one finding a hop, up to the first that fails; `url` where it has not joined yet. Waits on the net."""
    address = url or station.store.setting("net.server")
    if not address:
        yield _failed("route", KnownError("E-107"))
        return
    from sync.client.line import probe

    for hop in probe.walk(address, choice(station), ca_file=settings.get(station, "net.ca_file")):
        yield _of_hop(hop)
        if hop.error is not None:
            return
    yield from _asked(station, address, joined=not url or url == station.store.setting("net.server"))


def _failed(key: str, error: KnownError) -> Finding:
    return Finding(_HOPS[key], False, error.code, sentence(error))


def _of_hop(hop: Hop) -> Finding:
    if hop.error is not None:
        return _failed(hop.key, hop.error)
    return Finding(_HOPS[hop.key], True, "", _said(hop))


def _said(hop: Hop) -> str:
    facts = hop.facts
    if hop.key == "route":
        source = _SOURCES.get(facts["source"], "")
        return f"经代理 {facts['proxy']}（{source}）。" if facts["proxy"] else "直接连接，不经过代理。"
    if hop.key == "name":
        return f"{facts['host']} 的地址是 {facts['address']}。"
    if hop.key == "tcp":
        return f"{facts['host']}:{facts['port']} 可以连接，用时 {facts['ms']} 毫秒。"
    if hop.key == "proxy":
        return f"代理 {facts['proxy']} 放行" + (f"，登录名 {facts['user']}。" if facts["user"] else "，不要求登录。")
    if facts.get("dates"):
        return "服务器证书由本区签发；证书的有效期与本机时间不符，请核对本机时间，上传不受影响。"
    return f"服务器证书核对无误，签发者 {facts['issuer']}。" if facts["issuer"] else "服务器证书核对无误。"


def _asked(station: Station, address: str, *, joined: bool) -> Iterator[Finding]:
    """A real signed hello; for a PC that has not joined, a question everybody may ask."""
    try:
        line = open_line(station, address)
    except KnownError as error:
        yield _failed("answer", error)
        return
    try:
        yield from _hello(station, line) if joined and station.store.setting("link.key") else _greeting(line)
    finally:
        line.close()


def _greeting(line: HttpTransport) -> Iterator[Finding]:
    from sync.client.codec import ServerRefusal, check_status
    from sync.client.line import resuming

    try:
        check_status(line.post(resuming.PATH, {}, b"", limit=64 * 1024))
    except ServerRefusal:
        yield Finding(_HOPS["answer"], True, "", "区级平台已应答，可以凭接入码接入。")
    except KnownError as error:
        yield _failed("answer", error)


def _hello(station: Station, line: HttpTransport) -> Iterator[Finding]:
    from station_app.services.travel.link import StationLedger
    from sync.client.calls import Line
    from sync.client.hello import hello

    ledger = StationLedger(station)
    call = Line(ledger, ledger.server(), line)
    now = station.clock.now_ms()
    try:
        welcome = hello(call, now)
    except KnownError as error:
        yield _failed("identity" if error.code == "E-109" else "answer", error)
        return
    finally:
        call.close()
    host = urlsplit(line.url).netloc
    yield Finding(_HOPS["answer"], True, "", f"{host} 是本区平台，签名核对无误，程序版本相容。")
    yield _clock(now - welcome.time)
    yield _identity(int(station.store.setting("link.until") or 0), welcome.time)


def _clock(ahead: int) -> Finding:
    minutes = abs(ahead) // 60_000
    if abs(ahead) > CLOCK_LIMIT_MS:
        return _failed("clock", KnownError("E-502", skew=ahead))
    return Finding(_HOPS["clock"], True, "", "本机时间与平台一致。" if not minutes else f"与平台相差 {minutes} 分钟。")


def _identity(until: int, now: int) -> Finding:
    day = f"{shanghai_time(until):%Y-%m-%d}"
    if until - now < SOON_MS:
        return _failed("identity", KnownError("E-124", until=day))
    return Finding(_HOPS["identity"], True, "", f"本机接入资格有效至 {day}。")
