"""A resident's telephone, as the server sees it: forms with photographs, links followed, pages read."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field

from PIL import Image

from sync.contract.place import Place
from tests.server.support import Answer, Device, Face

BOUNDARY = "----telephone7MA4YWxkTrZu0gW"


def place_code(device: Device, spot: str = "", hours: int = 0) -> str:
    """The payload of a code on a wall, signed by a PC of the station."""
    place = Place(device.id, spot, hours)
    return place.signed(device.key.sign(place.signed_bytes())).payload()


def photo(colour: str = "red", *, size: tuple[int, int] = (40, 30), kind: str = "JPEG") -> bytes:
    """A picture with a place noted by the telephone."""
    held = io.BytesIO()
    noted = Image.Exif()
    noted[0x010E] = "NOTED-BY-THE-TELEPHONE"  # ImageDescription
    Image.new("RGB", size, colour).save(held, kind, exif=noted)
    return held.getvalue()


def multipart(texts: dict[str, str], photos: list[bytes] | None = None) -> tuple[dict[str, str], bytes]:
    """Headers and body of a form as browsers send it."""
    parts = [f'Content-Disposition: form-data; name="{n}"\r\n\r\n{v}'.encode() for n, v in texts.items()]
    for no, data in enumerate(photos or [b""]):
        head = f'Content-Disposition: form-data; name="photos"; filename="{no}.jpg"\r\nContent-Type: image/jpeg\r\n\r\n'
        parts.append(head.encode() + data)
    mark = f"--{BOUNDARY}".encode()
    body = b"".join(mark + b"\r\n" + part + b"\r\n" for part in parts) + mark + b"--\r\n"
    return {"Content-Type": f"multipart/form-data; boundary={BOUNDARY}", "Content-Length": str(len(body))}, body


@dataclass
class Telephone:
    """One resident. `once`: the random word of the form that is open."""

    face: Face
    payload: str
    once: str = ""
    codes: list[str] = field(default_factory=list)

    def open(self) -> str:
        """The page behind the code on the wall."""
        answer = self.face.call("GET", f"/e/{self.payload}")
        found = re.search(r'name="once" value="([0-9a-f]{32})"', answer.body.decode())
        self.once = found[1] if found else ""
        return answer.body.decode()

    def send(self, photos: list[bytes] | None = None, /, **texts: str) -> Answer:
        """Send the form that is open (opened first where none is)."""
        if not self.once:
            self.open()
        headers, body = multipart({"once": self.once, **texts}, photos)
        answer = self.face.call("POST", f"/e/{self.payload}", headers=headers, body=body)
        if answer.status == 303:
            self.codes.append(re.findall(r"^/r/([0-9A-Z-]{14})\?lang=", answer.headers["location"])[0])
        return answer

    def look(self, code: str = "") -> str:
        """The page of a code, the last one by default."""
        answer = self.face.call("GET", f"/r/{code or self.codes[-1]}")
        assert answer.headers["content-type"].startswith("text/html")
        return answer.body.decode()

    def withdraw(self) -> Answer:
        """Withdraw the last entry."""
        return self.face.call("POST", f"/r/{self.codes[-1]}", body=b"act=withdraw")
