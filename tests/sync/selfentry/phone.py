"""A resident's telephone on a real line: reads pages, fills in the form it finds there, follows where it is sent."""

from __future__ import annotations

import re
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from html import unescape
from html.parser import HTMLParser

from tests.server.selfentry.sending import multipart


class Page(HTMLParser):
    """A page as its reader sees it; that it runs nothing and loads nothing is checked here."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.forms: list[tuple[str, str]] = []
        self.values: dict[str, str] = {}
        self.words = ""
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        assert tag not in ("script", "img", "iframe", "link", "object"), tag
        if tag == "form":
            self.forms.append((given.get("method", "get"), given["action"]))
        if tag in ("input", "textarea") and "name" in given:
            self.values[given["name"]] = given.get("value", "")

    def handle_data(self, data: str) -> None:
        self.words += data + "\n"


@dataclass
class Phone:
    """A telephone; `url`: where the page shown came from."""

    base: str
    url: str = ""
    page: Page = field(default_factory=lambda: Page(""))
    status: int = 0

    def _open(self, request: urllib.request.Request | str) -> Page:
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                self.status, self.url, text = answer.status, answer.url, answer.read().decode()
        except urllib.error.HTTPError as refused:
            self.status, text = refused.code, refused.read().decode()
        self.page = Page(text)
        return self.page

    def scan(self, code: str) -> Page:
        """Open what a code on paper says."""
        return self._open(code)

    def say(self, photos: list[bytes] | None = None, /, **texts: str) -> Page:
        """Fill in the form of the page and send it."""
        (method, action), *_ = [form for form in self.page.forms if form[1].startswith("/e/")]
        assert method == "post"
        known = {n: v for n, v in self.page.values.items() if n != "photos"}
        headers, body = multipart({**known, **texts}, photos)
        return self._open(urllib.request.Request(self.base + unescape(action), body, headers))

    @property
    def code(self) -> str:
        """The code in the address of the page."""
        return str(re.findall(r"/r/([0-9A-Z-]{14})", self.url)[0])

    def look(self, code: str) -> Page:
        """Type a code in."""
        self.scan(f"{self.base}/r")
        return self._open(f"{self.base}/r?code={code.replace('-', '%20')}")

    def withdraw(self) -> Page:
        """Press the button of the page of a code."""
        (_, action), *_ = [form for form in self.page.forms if form[1].startswith("/r/")]
        return self._open(urllib.request.Request(self.base + unescape(action), b"act=withdraw"))
