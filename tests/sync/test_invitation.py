"""Joining by a picture: the district's command makes it, a station reads it, sharp or photographed."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from station_app.services.travel import enrolment, invitation
from sync.contract import joining
from sync.contract.errors import KnownError
from sync.contract.op import BadOp
from sync.server.line.invitation import picture
from tests.support.district import District
from tests.support.served import REPO
from tests.support.stations import make_station

URL = "https://platform.gm.example:8700"


def test_the_command_makes_a_picture_a_station_joins_by(district: District, tmp_path: Path) -> None:
    made = tmp_path / "接入.png"
    done = subprocess.run(
        [sys.executable, "-m", "sync.server.cli", "device", "code", "--station", "S1", "--qr", str(made), "--url", URL,
         "--json", "--data-dir", str(tmp_path / "district")],
        cwd=REPO, capture_output=True, text=True, check=True,
    )  # fmt: skip
    read = invitation.from_file(made)
    assert read == invitation.Invitation(URL, json.loads(done.stdout)["code"])
    station = make_station(tmp_path / "pc").station
    enrolment.enrol(station, url=read.url, code=read.code, transport=district.line)
    assert enrolment.status(station).enrolled
    other = make_station(tmp_path / "other").station
    with pytest.raises(KnownError, match="E-111"):
        enrolment.enrol(other, url=read.url, code=read.code, transport=district.line)
    station.store.close()
    other.store.close()


def test_a_photograph_of_it_is_read_too() -> None:
    sharp = Image.open(io.BytesIO(picture(URL, "ABCD-EFGH-JKMN"))).convert("L")
    page = Image.new("L", (1600, 1200), 190)
    page.paste(sharp.resize((520, 520)), (600, 300))
    out = io.BytesIO()
    page.rotate(11, fillcolor=170).save(out, "JPEG", quality=60)
    assert invitation.from_picture(out.getvalue()).code == "ABCD-EFGH-JKMN"


@pytest.mark.parametrize(
    "text",
    ["", "https://evil.example", "gm-join:2?u=https%3A%2F%2Fa&c=B", "gm-join:1?u=ftp%3A%2F%2Fa&c=B", "gm-join:1?c=B"],
)
def test_other_codes_are_no_invitations(text: str) -> None:
    with pytest.raises(BadOp):
        joining.read(text)
    with pytest.raises(KnownError, match="E-524"):
        invitation.from_text(text)


def test_what_is_made_is_read_back() -> None:
    for url, code in ((URL, "ABCD-EFGH-JKMN"), ("http://10.1.2.3:8700/平台", "A&B=C")):
        assert joining.read(joining.make(url, code)) == (url, code)
    blank = io.BytesIO()
    Image.new("L", (200, 200), 255).save(blank, "PNG")
    with pytest.raises(KnownError, match="E-524"):
        invitation.from_picture(blank.getvalue())
