"""Automatic proxy configuration (PAC): fetched directly from its address or file, run in an interpreter without I/O.

The script is the office's own, as it is for browsers; it sees the address asked for and may resolve names, no more.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from pathlib import Path
from typing import Final
from urllib.parse import unquote, urlsplit

from sync.contract.errors import KnownError

MOST_BYTES: Final = 1024 * 1024
_SECONDS: Final = 5.0
_KINDS: Final = {"PROXY": "http", "HTTP": "http", "HTTPS": "https", "SOCKS": "socks", "SOCKS4": "socks",
                 "SOCKS5": "socks"}  # fmt: skip

HELPERS: Final = r"""
function isPlainHostName(host) { return host.indexOf('.') < 0; }
function dnsDomainIs(host, domain) {
  return host.length >= domain.length && host.substring(host.length - domain.length) === domain;
}
function localHostOrDomainIs(host, hostdom) { return host === hostdom || hostdom.lastIndexOf(host + '.', 0) === 0; }
function dnsDomainLevels(host) { return host.split('.').length - 1; }
function shExpMatch(str, pattern) {
  var p = pattern.replace(/[.+^${}()|[\]\\]/g, '\\$&').replace(/\*/g, '.*').replace(/\?/g, '.');
  return new RegExp('^' + p + '$').test(str);
}
function dnsResolve(host) { return call_python('resolve', String(host)) || null; }
function isResolvable(host) { return dnsResolve(host) !== null; }
function isInNet(host, net, mask) { return call_python('in_net', String(host), String(net), String(mask)); }
function myIpAddress() { return call_python('my_address'); }
function alert() {}
function convert_addr(ip) {
  var b = ip.split('.');
  return ((b[0] & 255) << 24) | ((b[1] & 255) << 16) | ((b[2] & 255) << 8) | (b[3] & 255);
}
function _now(args) {
  var d = new Date(), gmt = args.length && args[args.length - 1] === 'GMT', list = [];
  for (var i = 0; i < args.length - (gmt ? 1 : 0); i++) list.push(args[i]);
  return {list: list, day: gmt ? d.getUTCDay() : d.getDay(), hour: gmt ? d.getUTCHours() : d.getHours(),
          minute: gmt ? d.getUTCMinutes() : d.getMinutes(), second: gmt ? d.getUTCSeconds() : d.getSeconds(),
          date: gmt ? d.getUTCDate() : d.getDate(), month: gmt ? d.getUTCMonth() : d.getMonth(),
          year: gmt ? d.getUTCFullYear() : d.getFullYear()};
}
function _between(from, to, now) { return from <= to ? from <= now && now <= to : now >= from || now <= to; }
function weekdayRange() {
  var n = _now(arguments), names = ['SUN', 'MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT'];
  var from = names.indexOf(n.list[0]), to = n.list.length > 1 ? names.indexOf(n.list[1]) : from;
  return _between(from, to, n.day);
}
function timeRange() {
  var n = _now(arguments), a = n.list, now = n.hour * 3600 + n.minute * 60 + n.second;
  if (a.length === 1) return n.hour === a[0];
  if (a.length === 2) return _between(a[0] * 3600, a[1] * 3600 - 1, now);
  if (a.length === 4) return _between(a[0] * 3600 + a[1] * 60, a[2] * 3600 + a[3] * 60, now);
  return _between(a[0] * 3600 + a[1] * 60 + a[2], a[3] * 3600 + a[4] * 60 + a[5], now);
}
function dateRange() {
  var n = _now(arguments), a = n.list, half = a.length > 1 ? a.length / 2 : 1;
  var months = ['JAN', 'FEB', 'MAR', 'APR', 'MAY', 'JUN', 'JUL', 'AUG', 'SEP', 'OCT', 'NOV', 'DEC'];
  function key(parts) {
    var k = 0, i, p;
    for (i = 0; i < parts.length; i++) {
      p = parts[i];
      if (typeof p === 'string') k += (months.indexOf(p) + 1) * 100; else if (p > 31) k += p * 10000; else k += p;
    }
    return k;
  }
  function like(parts) {
    var k = 0, i, p;
    for (i = 0; i < parts.length; i++) {
      p = parts[i];
      if (typeof p === 'string') k += (n.month + 1) * 100; else if (p > 31) k += n.year * 10000; else k += n.date;
    }
    return k;
  }
  var from = a.slice(0, half), to = a.length > 1 ? a.slice(half) : from;
  return _between(key(from), key(to), like(from));
}
"""


def evaluate(place: str, url: str) -> list[str]:
    """Proxies for an address in order, "" for a direct way; E-118 where the script cannot be had or does not run."""
    return run(load(place), url)


def load(place: str) -> str:
    """The script at an address (http, https, file) or path, at most 1 MiB; E-118 where it cannot be had."""
    parts = urlsplit(place)
    try:
        data = _fetch(place) if parts.scheme in ("http", "https") else _read(place)
    except (OSError, ValueError) as exc:
        raise KnownError("E-118", place=place) from exc
    if not data.strip() or len(data) > MOST_BYTES:
        raise KnownError("E-118", place=place)
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


def _read(place: str) -> bytes:
    path = unquote(urlsplit(place).path) if place.startswith("file:") else place
    path = path[1:] if re.match(r"/[A-Za-z]:/", path) else path
    with Path(path).open("rb") as file:
        return file.read(MOST_BYTES + 1)


def _fetch(place: str) -> bytes:
    """By a direct connection: the way is not known yet."""
    import requests

    with requests.Session() as session:
        session.trust_env = False
        try:
            with session.get(place, timeout=_SECONDS, stream=True) as answer:
                if answer.status_code != 200:
                    raise OSError(f"status {answer.status_code}")
                return answer.raw.read(MOST_BYTES + 1, decode_content=True)
        except requests.exceptions.RequestException as exc:
            raise OSError(str(exc)) from exc


def run(script: str, url: str) -> list[str]:
    """What FindProxyForURL says, read; path and query are not shown to the script. E-118 where it does not run."""
    import dukpy

    parts = urlsplit(url)
    bare = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}/"
    interpreter = dukpy.JSInterpreter()
    for function in (resolve, in_net, my_address):
        interpreter.export_function(function.__name__, function)
    try:
        interpreter.evaljs([HELPERS, script, "null"])
        said = interpreter.evaljs("String(FindProxyForURL(dukpy['url'], dukpy['host']))", url=bare, host=parts.hostname)
    except Exception as exc:  # the library names no base of its errors
        raise KnownError("E-118", place="", what=str(exc).splitlines()[0][:80]) from exc
    return read(str(said))


def read(said: str) -> list[str]:
    """ "PROXY a:80; DIRECT" as ["http://a:80", ""]; what is not understood is passed over, nothing at all is direct."""
    found: list[str] = []
    for part in said.split(";"):
        kind, _, where = part.strip().partition(" ")
        if kind.upper() == "DIRECT":
            found.append("")
        elif kind.upper() in _KINDS and where.strip():
            found.append(f"{_KINDS[kind.upper()]}://{where.strip()}")
    return found or [""]


def resolve(host: str) -> str:
    """First IPv4 address of a name, "" where there is none."""
    try:
        return socket.gethostbyname(host)
    except (OSError, UnicodeError):
        return ""


def in_net(host: str, net: str, mask: str) -> bool:
    """Whether a host's address lies in a network."""
    address = resolve(host)
    try:
        return bool(address) and ipaddress.ip_address(address) in ipaddress.ip_network(f"{net}/{mask}", strict=False)
    except ValueError:
        return False


def my_address() -> str:
    """The address this PC would use towards the outside; nothing is sent."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(("192.0.2.1", 9))
            return str(probe.getsockname()[0])
        except OSError:
            return "127.0.0.1"
