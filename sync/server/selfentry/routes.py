"""Routes of self-entry. Limits: how large a form may be, how many are read at once, how often one address may send."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Final

from fastapi import FastAPI, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from sync.contract import ticket
from sync.server.limiter import Limiter
from sync.server.problems import Refusal
from sync.server.selfentry import pages, places, standing, taking
from sync.server.selfentry.form import BadForm, Form, read
from sync.server.selfentry.language import Language, chosen
from sync.server.selfentry.taking import Wrong
from sync.server.server import Server

MOST_BODY: Final = 24 * 1024 * 1024
"""Four photographs as telephones take them."""
AT_ONCE: Final = 4
"""Forms that are read at the same time: each may be MOST_BODY of memory."""
READ_SECONDS: Final = 180
WINDOW_MS: Final = 10 * 60 * 1000
_STATUS: Final = {"large": 413, "often": 429, "full": 503}


@dataclass(slots=True)
class Gate:
    """How often: forms taken per address and per station (a building site has one address for everybody), and codes
    that do not exist per address.
    """

    sent: Limiter = field(default_factory=lambda: Limiter(WINDOW_MS, each=20, total=400))
    of_station: Limiter = field(default_factory=lambda: Limiter(WINDOW_MS, each=40, total=2000))
    guessed: Limiter = field(default_factory=lambda: Limiter(WINDOW_MS, each=10, total=200))
    reading: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE))


@dataclass(slots=True)
class Rooms:
    """The pages over one server; `headers` as on every page of it, with forms allowed."""

    server: Server
    headers: dict[str, str]
    gate: Gate = field(default_factory=Gate)

    def add(self, app: FastAPI) -> None:
        """Add the routes."""
        app.add_api_route("/e/{payload}", self.ask, methods=["GET"], response_model=None)
        app.add_api_route("/e/{payload}", self.take, methods=["POST"], response_model=None)
        app.add_api_route("/r", self.look_up, methods=["GET"], response_model=None)
        app.add_api_route("/r/{code}", self.look, methods=["GET"], response_model=None)
        app.add_api_route("/r/{code}", self.act, methods=["POST"], response_model=None)

    async def ask(self, payload: str, request: Request) -> Response:
        """The page behind the code on a wall."""
        return await run_in_threadpool(self._form, payload, _language(request), None, None)

    async def take(self, payload: str, request: Request) -> Response:
        """What was sent: kept and followed by the page of its code, or shown again with what is wrong."""
        said, address = _language(request), request.client.host if request.client else ""
        try:
            async with self.gate.reading, asyncio.timeout(READ_SECONDS):
                form = read(request.headers.get("content-type", ""), await _body(request))
        except Wrong as wrong:
            return await run_in_threadpool(self._form, payload, said, wrong, None)
        except (BadForm, TimeoutError):
            return await run_in_threadpool(self._form, payload, said, Wrong("form"), None)
        return await run_in_threadpool(self._take, payload, said, form, address)

    async def look_up(self, request: Request) -> Response:
        """Ask for a code; with one, go to its page."""
        said, typed = _language(request), request.query_params.get("code", "")[:80]
        if ticket.read(typed):
            return self._to(ticket.read(typed), said)
        page = pages.look_up(self.server.district.name, said, typed=typed, wrong="unknown" if typed else "")
        return self._html(page, 404 if typed else 200)

    async def look(self, code: str, request: Request) -> Response:
        """Where an entry stands."""
        address = request.client.host if request.client else ""
        return await run_in_threadpool(self._look, code, _language(request), address)

    async def act(self, code: str, request: Request) -> Response:
        """Withdraw it."""
        said, address = _language(request), request.client.host if request.client else ""
        return await run_in_threadpool(self._withdraw, code, said, address)

    def _form(self, payload: str, said: Language, wrong: Wrong | None, typed: dict[str, str] | None) -> Response:
        name = self.server.district.name
        with self.server.storage.read() as tx:
            spot = places.spot_of(tx, payload)
        if spot is None:
            return self._html(pages.unknown_place(name, said), 404)
        page = pages.form(name, spot, payload, said, wrong=wrong, typed=typed)
        return self._html(page, _STATUS.get(wrong.key, 422) if wrong is not None else 200)

    def _take(self, payload: str, said: Language, form: Form, address: str) -> Response:
        gate, now = self.gate, self.server.clock.now_ms()
        with self.server.storage.read() as tx:
            spot = places.spot_of(tx, payload)
        if spot is None or not spot.readers:
            return self._form(payload, said, None, None)
        seconds = max(gate.sent.wait_seconds(address, now), gate.of_station.wait_seconds(spot.station, now))
        if seconds:
            return self._form(payload, said, Wrong("often", n=-(-seconds // 60)), form.texts)
        try:
            code = taking.take(self.server, spot, form, said.code)
        except Wrong as wrong:
            gate.sent.failed(address, now)
            return self._form(payload, said, wrong, form.texts)
        gate.sent.failed(address, now)
        gate.of_station.failed(spot.station, now)
        return self._to(code, said)

    def _look(self, code: str, said: Language, address: str) -> Response:
        name, now = self.server.district.name, self.server.clock.now_ms()
        seconds = self.gate.guessed.wait_seconds(address, now)
        if seconds:
            return self._html(pages.look_up(name, said, wrong="wait", minutes=-(-seconds // 60)), 429)
        with self.server.storage.read() as tx:
            found = standing.of_code(tx, code, now)
        if found is None:
            self.gate.guessed.failed(address, now)
            return self._html(pages.look_up(name, said, typed=code[:20], wrong="unknown"), 404)
        return self._html(pages.entry(name, found, code, said), 200)

    def _withdraw(self, code: str, said: Language, address: str) -> Response:
        if not self.gate.guessed.wait_seconds(address, self.server.clock.now_ms()):
            standing.withdraw(self.server, code)
        return self._to(ticket.read(code), said) if ticket.read(code) else self._look(code, said, address)

    def _html(self, page: bytes, status: int) -> Response:
        return Response(page, status, media_type="text/html; charset=utf-8", headers=self.headers)

    def _to(self, code: str, said: Language) -> Response:
        """To the page of a code, so that reading it anew sends nothing again."""
        plain = ticket.read(code)
        return RedirectResponse(f"/r/{ticket.shown(plain)}?lang={said.code}", 303, headers=self.headers)


def _language(request: Request) -> Language:
    return chosen(request.query_params.get("lang", ""), request.headers.get("accept-language", ""))


async def _body(request: Request) -> bytes:
    """The whole form. Wrong `large` beyond the limit, `form` where the line broke."""
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > MOST_BODY:
        raise Wrong("large")
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > MOST_BODY:
                raise Wrong("large")
    except ClientDisconnect as exc:
        raise Refusal("E-106", detail="the line broke") from exc
    return bytes(body)
