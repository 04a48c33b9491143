"""Going on with a request that was cut in the middle: the server says what it holds, and only the rest travels.

A request is known by its signature, which nobody else has seen (PROTOCOL.md, "Cut requests"). What comes of it is
verified as ever: the server checks the signature over the whole body, the station the one over the whole answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from typing import Final, Protocol

from sync.client.transport import Answer, Cut
from sync.contract.errors import KnownError

PATH: Final = "/v1/held"
WORTH: Final = 16 * 1024
"""Requests and answers shorter than this are simply made again."""
WAITS: Final = (0.0, 1.0, 3.0, 6.0)
"""Seconds before each try: a cable that was pulled is often back by then."""

Once = Callable[[str, Mapping[str, str], bytes], Answer]


class Sleep(Protocol):
    """Waiting, so that tests need not."""

    def __call__(self, seconds: float, /) -> None:
        """Wait."""


def go_on(
    once: Once, cut: Cut, *, path: str, request: tuple[Mapping[str, str], bytes], sleep: Sleep = time.sleep
) -> Answer:
    """Finish a cut request; raises the first cut again where the server knows nothing of it or cannot be reached."""
    headers, body = request
    signature = next((v for k, v in headers.items() if k.lower() == "x-gm-signature"), "")
    if not signature or max(len(body), cut.announced) <= WORTH:
        raise cut.error
    have = cut
    for pause in WAITS:
        sleep(pause)
        try:
            return _step(once, have, path, (headers, body, signature))
        except Cut as again:
            have = again if len(again.data) >= len(have.data) else have
        except KnownError as error:
            if error.code not in ("E-101", "E-102", "E-122"):
                raise cut.error from error
    raise cut.error


def _step(once: Once, have: Cut, path: str, request: tuple[Mapping[str, str], bytes, str]) -> Answer:
    """Ask what the server holds; take the rest of its answer, or send the rest of the body."""
    headers, body, signature = request
    asking = {"X-GM-Signature": signature, "X-GM-From": str(len(have.data))}
    try:
        said = once(PATH, asking, b"")
    except Cut as again:  # the rest of the answer was cut once more: what came of it counts
        start = again.headers.get("x-gm-from", "")
        raise again.after(have.data) if start == str(len(have.data)) else have from again
    if said.status != 200:
        raise have.error
    if said.headers.get("x-gm-from", "") == str(len(have.data)) and "x-gm-held" not in said.headers:
        return Answer(said.status, said.headers, have.data + said.body)
    held = said.headers.get("x-gm-held", "")
    if not held.isdigit() or not 0 < int(held) <= len(body):
        raise have.error
    rest = {**headers, "X-GM-Offset": held}
    return once(path, rest, body[int(held) :])
