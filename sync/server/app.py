"""The HTTP face: raw bodies in, signed answers out; every refusal is a problem document in Chinese."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, suppress
from time import monotonic
from typing import Final

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect
from starlette.routing import Route

from sync.contract.chain import answer_message
from sync.contract.errors import KnownError
from sync.contract.wire import MEDIA_TYPE, b64
from sync.server import auth, blobs, bodies, enrolment, hello, problems, pull, push
from sync.server.line.holding import WORTH
from sync.server.problems import Refusal
from sync.server.public import pages
from sync.server.relay import offer, spells
from sync.server.releases import giving as releases
from sync.server.segments import giving, making
from sync.server.server import Server

LOG = logging.getLogger("district")
Handler = Callable[[Server, auth.Caller, bytes], bytes]

ROOMS: Final[dict[str, Handler]] = {
    "/v1/hello": hello.hello,
    "/v1/push": push.push,
    "/v1/pull": pull.pull,
    "/v1/history": pull.history,
    "/v1/offer": offer.offer,
    "/v1/blob/put": blobs.put,
    "/v1/blob/get": blobs.get,
    giving.PATH: giving.give,
    releases.ASK: releases.ask,
    releases.GET: releases.get,
}
_PACKED: Final = frozenset({giving.PATH})
"""Rooms whose answers are packed already."""
_WRITING: Final = frozenset({"/v1/push", "/v1/blob/put"})
"""Rooms whose answers tell a revoked device nothing but what became of its own."""
_HEADERS: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'",
}
_LOOKS: Final = 200
_LOOK_SECONDS: Final = 0.1
"""How long somebody who asks for an answer that is being worked on is let wait: twenty seconds."""
_TOLD_MS: Final = 10
"""Who waited for this server's work is told so, in steps of so many ms: it was not the line."""
_IDLE_SECONDS: Final = 20.0
_BETWEEN_SECONDS: Final = 0.2
"""How often it is looked whether a segment is due, and the pause between two of them."""


def make_app(server: Server) -> FastAPI:
    """The application of one district. Its description is our own: raw signed bodies tell FastAPI nothing."""
    app = FastAPI(title="district-server", docs_url=None, redoc_url=None, openapi_url=None, lifespan=_idle(server))
    app.add_exception_handler(KnownError, _known)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(Exception, _fault)

    def add(path: str, endpoint: Callable[[Request], Awaitable[Response]]) -> None:
        """A plain route: there are no parameters of which a framework would have to make something."""
        app.router.routes.append(Route(path, endpoint, methods=["POST"]))

    for path, room in ROOMS.items():
        add(path, _signed(server, path, room))

    async def enrol(request: Request) -> Response:
        data = await _body(request, enrolment.MAX_BODY)
        address = request.client.host if request.client else ""
        base_url = str(request.base_url).rstrip("/")
        answer = await run_in_threadpool(enrolment.enrol, server, data, address=address, base_url=base_url)
        return Response(answer, media_type="application/json", headers=_HEADERS)

    async def held(request: Request) -> Response:
        name = request.headers.get("x-gm-signature", "")
        for _ in range(_LOOKS):
            if not server.holding.under_way(name):
                break
            await asyncio.sleep(_LOOK_SECONDS)
        return await run_in_threadpool(_held, server, request)

    add("/v1/enrol", enrol)
    add("/v1/held", held)
    pages.add_pages(app, server, _HEADERS)
    return app


def _idle(server: Server) -> Callable[[FastAPI], AbstractAsyncContextManager[None]]:
    """A spell of the server begins. While it runs, segments are made in quiet moments, one at a time, and it is looked
    whether the machine was put back.
    """

    async def keep() -> None:
        more, lookout = False, spells.Lookout(server)
        while True:
            await asyncio.sleep(_BETWEEN_SECONDS if more else _IDLE_SECONDS)
            try:
                await run_in_threadpool(lookout.look)
                more = await run_in_threadpool(making.idle, server)
            except Exception as error:
                more = False
                LOG.error("fault in a quiet moment", exc_info=error)

    @asynccontextmanager
    async def life(_: FastAPI) -> AsyncIterator[None]:
        await run_in_threadpool(spells.begin, server)
        task = asyncio.create_task(keep())
        try:
            yield
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    return life


def _signed(server: Server, path: str, room: Handler) -> Callable[[Request], Awaitable[Response]]:
    async def endpoint(request: Request) -> Response:
        data = await _kept_body(server, request)
        began = monotonic()
        response = await run_in_threadpool(_serve, server, (path, room), request, data)
        if spent := int(1000 * (monotonic() - began)) // _TOLD_MS * _TOLD_MS:
            response.headers["X-GM-Spent"] = str(spent)
        return response

    return endpoint


def _serve(server: Server, place: tuple[str, Handler], request: Request, data: bytes) -> Response:
    """Runs in a worker thread: verify, unpack, work, pack, sign. No browser shows it: no header speaks to one."""
    path, room = place
    caller = auth.authenticate(server, path=path, headers=request.headers, body=data)
    plain = bodies.unpack(data, request.headers)
    answer = room(server, caller, plain)
    if path == "/v1/push":
        server.segments.pushed_ms = server.clock.now_ms()
    packed, headers = bodies.pack(answer, "" if path in _PACKED else request.headers.get("accept-encoding", ""))
    headers["X-GM-Signature"] = b64(server.district.server.sign(answer_message(caller.counter, answer)))
    headers["Content-Type"] = MEDIA_TYPE
    reader = "" if path in _WRITING else caller.device
    server.holding.answered(request.headers.get("x-gm-signature", ""), packed, headers, reader=reader)
    return Response(packed, headers=headers)


async def _kept_body(server: Server, request: Request) -> bytes:
    """A signed request's body, whole: what came of it before its line broke, and the rest. A longer one is kept as it
    comes. E-106 where the line breaks, or where the part said to be here is not.
    """
    name, offset = request.headers.get("x-gm-signature", ""), request.headers.get("x-gm-offset", "")
    announced = request.headers.get("content-length", "0")
    if not offset and not (name and announced.isdigit() and int(announced) > WORTH):
        return await _body(request, bodies.MAX_BODY)
    before = b""
    if offset:
        kept = server.holding.bodies.get(name)
        if kept is None or not offset.isdigit() or int(offset) > len(kept.data):
            raise Refusal("E-106", status=409, detail="nothing is held of this request")
        before = bytes(kept.data[: int(offset)])
    whole = len(before) + (int(announced) if announced.isdigit() else 0)
    place = server.holding.bodies.begin(name, before, whole=whole)
    try:
        await _read(request, place.data, bodies.MAX_BODY)
    finally:
        server.holding.bodies.grown(place)
    return bytes(place.data)


def _held(server: Server, request: Request) -> Response:
    """What is known of a request: the rest of its answer from X-GM-From on, or how many bytes of its body are here."""
    name, start = request.headers.get("x-gm-signature", ""), request.headers.get("x-gm-from", "0")
    answer = server.holding.answers.get(name)
    if answer is not None and start.isdigit() and int(start) <= len(answer.data):
        if answer.reader:  # its line may have been away for long
            with server.storage.read() as tx:
                auth.require_standing(auth.caller_of(tx, answer.reader, 0))
        rest = bytes(answer.data[int(start) :])
        return Response(rest, headers={**answer.headers, "X-GM-From": start})
    body = server.holding.bodies.get(name)
    if body is None or not body.data:
        raise Refusal("E-106", status=404, detail="nothing is held of this request")
    return Response(b"", media_type=MEDIA_TYPE, headers={**_HEADERS, "X-GM-Held": str(len(body.data))})


async def _body(request: Request, limit: int) -> bytes:
    """Read a body, refusing it (E-116) as soon as it is too large; E-106 where the line broke in the middle."""
    announced = request.headers.get("content-length", "0")
    if announced.isdigit() and int(announced) > limit:
        raise Refusal("E-116")
    data = bytearray()
    await _read(request, data, limit)
    return bytes(data)


async def _read(request: Request, data: bytearray, limit: int) -> None:
    try:
        async for part in request.stream():
            data += part
            if len(data) > limit:
                raise Refusal("E-116")
    except ClientDisconnect as exc:
        raise Refusal("E-106", detail="the line broke") from exc


def _problem(error: KnownError) -> Response:
    status, body = problems.document(error)
    headers = dict(_HEADERS)
    if isinstance(error, Refusal) and error.retry_after:
        headers["Retry-After"] = str(error.retry_after)
    return Response(body, status_code=status, media_type=problems.MEDIA_TYPE, headers=headers)


async def _known(_: Request, error: Exception) -> Response:
    if not isinstance(error, KnownError):
        raise error
    return _problem(error)


async def _http(_: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    return _problem(Refusal("E-104", status=status, detail="no such address"))


async def _fault(request: Request, error: Exception) -> Response:
    LOG.error("fault at %s", request.url.path, exc_info=error)
    return _problem(Refusal("E-599"))
