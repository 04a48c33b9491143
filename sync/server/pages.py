"""Public pages: the plain front page, health, the description of the line, the verification of a printed paper."""

from __future__ import annotations

from fastapi import FastAPI, Request, Response
from starlette.concurrency import run_in_threadpool

from sync.server import verify_page
from sync.server.line import description
from sync.server.server import EPOCH, Server, meta


def add_pages(app: FastAPI, server: Server, headers: dict[str, str]) -> None:
    """Add the routes that anybody may open."""

    async def health(_: Request) -> Response:
        body = await run_in_threadpool(_health, server)
        return Response(body, media_type="application/json", headers=headers)

    async def front(_: Request) -> Response:
        page = verify_page.front(server.district.name)
        return Response(page, media_type="text/html; charset=utf-8", headers=headers)

    async def paper(payload: str) -> Response:
        page = await run_in_threadpool(verify_page.page, server, payload)
        return Response(page, media_type="text/html; charset=utf-8", headers=headers)

    async def described(_: Request) -> Response:
        return Response(description.document(), media_type="application/json", headers=headers)

    app.add_api_route("/openapi.json", described, methods=["GET"], response_model=None)
    app.add_api_route("/healthz", health, methods=["GET"], response_model=None)
    app.add_api_route("/", front, methods=["GET"], response_model=None)
    app.add_api_route("/v/{payload}", paper, methods=["GET"], response_model=None)


def _health(server: Server) -> bytes:
    with server.storage.read() as tx:
        return b'{"ok":true,"epoch":%d}' % int(meta(tx, EPOCH, "1"))
