"""Going on with a request that was cut in the middle: the server says what it holds, and only the rest travels.

A request is known by its signature, which nobody else has seen (PROTOCOL.md, "Cut requests"). What comes of it is
verified as ever: the server checks the signature over the whole body, the station the one over the whole answer.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Final, Protocol

from sync.client.transport import Answer, Cut, Unfinished
from sync.contract.errors import KnownError

PATH: Final = "/v1/held"
WORTH: Final = 16 * 1024
"""Requests and answers shorter than this are simply made again."""
WAITS: Final = (0.0, 1.0, 3.0, 6.0)
"""Seconds before each try: a cable that was pulled is often back by then."""
AT_ONCE: Final = (0.0, 0.0)
"""The tries of a later round: it has just been found that the line may be back."""

AWAY: Final = frozenset({"E-101", "E-102", "E-122"})
"""The server cannot be reached now, and may be later."""

Once = Callable[[str, Mapping[str, str], bytes], Answer]


class Sleep(Protocol):
    """Waiting, so that tests need not."""

    def __call__(self, seconds: float, /) -> None:
        """Wait."""


def go_on(
    once: Once,
    cut: Cut,
    *,
    path: str,
    request: tuple[Mapping[str, str], bytes],
    waits: Sequence[float] | None = None,
    sleep: Sleep = time.sleep,
) -> Answer:
    """Finish a cut request. The first cut's error where the server knows nothing of it; `Unfinished` where it could not
    be reached, or the line broke again and again.
    """
    headers, body = request
    signature = next((v for k, v in headers.items() if k.lower() == "x-gm-signature"), "")
    if not signature or max(len(body), cut.announced) <= WORTH:
        raise cut.error
    have, last = cut, cut.error
    for pause in WAITS if waits is None else waits:
        sleep(pause)
        try:
            return _step(once, have, path, (headers, body, signature))
        except Cut as again:
            have = again if len(again.data) >= len(have.data) else have
            last = again.error
        except KnownError as error:
            if error.code not in AWAY:
                raise cut.error from error
            last = error
    raise Unfinished(last, have)


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
