"""The Internet Printing Protocol: bytes as the standard's own example has them, and answers that are none."""

from __future__ import annotations

import struct

import pytest
from hypothesis import given
from hypothesis import strategies as st

from station_app.services.printjobs import ipp, queue
from sync.contract.errors import KnownError

texts = st.text(max_size=40)


@given(
    texts, st.integers(-(2**31), 2**31 - 1), st.booleans(), st.lists(st.integers(0, 2**31 - 1), min_size=1, max_size=4)
)
def test_what_is_written_is_read(text: str, number: int, yes: bool, several: list[int]) -> None:
    sent = ipp.encode(
        ipp.PRINT_JOB,
        [(ipp.NAME, "job-name", [text])],
        job=[(ipp.INTEGER, "copies", [number]), (ipp.BOOLEAN, "flag", [yes]), (ipp.ENUM, "many", several)],
    )
    read = ipp.decode(sent)
    assert read.groups == ({"copies": [number], "flag": [yes], "many": several},)
    assert text.encode() in sent


def test_the_head_of_a_request() -> None:
    """RFC 8010, 3.1.1: version, operation, number, then the operation's attributes, character set first."""
    sent = ipp.encode(ipp.GET_PRINTERS, [])
    assert struct.unpack(">BBH", sent[:4]) == (2, 0, 0x4002)
    assert sent[8:9] == b"\x01"
    assert sent[9:10] == b"\x47"
    assert sent[12:30] == b"attributes-charset"
    assert sent[-1:] == b"\x03"


@given(st.binary(max_size=200))
def test_bytes_that_are_no_answer_are_an_error_of_the_line(data: bytes) -> None:
    try:
        ipp.decode(data)
    except ipp.IppError:
        return


@pytest.mark.parametrize(
    ("reason", "word"),
    [("media-empty-error", "paper"), ("media-jam-warning", "jam"), ("marker-supply-low-report", ""), ("none", "")],
)
def test_reasons_that_a_person_can_mend(reason: str, word: str) -> None:
    assert queue._trouble(reason) == word


def test_a_name_is_never_cut_inside_a_character() -> None:
    assert queue._short("（" * 200) == "（" * 85


@pytest.mark.parametrize("address", ["127.0.0.1:1", "/nowhere/cups.sock"])
def test_a_queue_that_does_not_answer(monkeypatch: pytest.MonkeyPatch, address: str) -> None:
    monkeypatch.setenv("CUPS_SERVER", address)
    assert queue.printers() == ()
    silent = queue.Queue("奔图 P3010")
    assert silent.trouble() == ("offline",)
    assert silent.state("1") == "waiting"
    silent.cancel("1")
    with pytest.raises(KnownError) as error:
        silent.send(b"%PDF", title="", duplex="auto")
    assert (error.value.code, error.value.values) == ("E-302", {"printer": "奔图 P3010"})
