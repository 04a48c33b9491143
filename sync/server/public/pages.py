"""Routes that anybody may open: front page, health, the line described, papers, ratings, stations, self-entry."""

from __future__ import annotations

from typing import Final

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool
from starlette.requests import ClientDisconnect

from sync.server.line import description
from sync.server.problems import Refusal
from sync.server.public import door, rating, verify
from sync.server.selfentry.routes import Rooms
from sync.server.server import EPOCH, Server, meta

_WITH_FORM: Final = (
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
"""As on every page, but a form may be sent back here."""


def add_pages(app: FastAPI, server: Server, headers: dict[str, str]) -> None:
    """Add the routes that anybody may open."""

    async def health(_: Request) -> Response:
        body = await run_in_threadpool(_health, server)
        return Response(body, media_type="application/json", headers=headers)

    async def front(_: Request) -> Response:
        page = verify.front(server.district.name)
        return Response(page, media_type="text/html; charset=utf-8", headers=headers)

    with_form = {**headers, "Content-Security-Policy": _WITH_FORM}

    async def paper(payload: str) -> Response:
        page = await run_in_threadpool(verify.page, server, payload)
        return Response(page, media_type="text/html; charset=utf-8", headers=with_form)

    async def rate(payload: str, request: Request) -> Response:
        page = await run_in_threadpool(verify.rate, server, payload, await _form(request))
        return Response(page, media_type="text/html; charset=utf-8", headers=with_form)

    async def station(code: str) -> Response:
        page = await run_in_threadpool(door.page, server, code)
        if page is None:
            raise Refusal("E-104", status=404, detail="no such station")
        return Response(page, media_type="text/html; charset=utf-8", headers=headers)

    async def described(_: Request) -> Response:
        return Response(description.document(), media_type="application/json", headers=headers)

    app.add_api_route("/openapi.json", described, methods=["GET"], response_model=None)
    app.add_api_route("/healthz", health, methods=["GET"], response_model=None)
    app.add_api_route("/", front, methods=["GET"], response_model=None)
    app.add_api_route("/v/{payload}", paper, methods=["GET"], response_model=None)
    app.add_api_route("/v/{payload}", rate, methods=["POST"], response_model=None)
    Rooms(server, with_form).add(app)
    app.add_api_route("/s/{code}", station, methods=["GET"], response_model=None)


async def _form(request: Request) -> bytes:
    """What was sent back. E-116 too large, E-106 where the line broke."""
    body = bytearray()
    try:
        async for part in request.stream():
            body += part
            if len(body) > rating.MOST_BODY:
                raise Refusal("E-116")
    except ClientDisconnect as exc:
        raise Refusal("E-106", detail="the line broke") from exc
    return bytes(body)


def _health(server: Server) -> bytes:
    with server.storage.read() as tx:
        return b'{"ok":true,"epoch":%d}' % int(meta(tx, EPOCH, "1"))
