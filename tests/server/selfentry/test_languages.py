"""The pages in each language: every word is there, whatever a page says; a browser's wish and a link are heeded."""

from __future__ import annotations

import re

from sync.contract.states import STATES
from sync.server.public.progress import WORDS
from sync.server.selfentry.language import FIRST, FOLDER, chosen, every
from tests.server.selfentry.sending import Telephone, place_code
from tests.server.support import Device, Face


def test_every_language_says_everything() -> None:
    first = every()[FIRST]
    assert next(iter(every())) == FIRST
    assert len(every()) == len(list(FOLDER.glob("*.toml"))) >= 2
    for one in every().values():
        for section, words in first.sections.items():
            assert one.sections[section].keys() >= words.keys(), (one.code, section)
            for key, text in words.items():
                places = re.findall(r"\{(\w+)", text)
                if key != "day":
                    assert sorted(re.findall(r"\{(\w+)", one.sections[section][key])) == sorted(places), (one.code, key)
        if one.code != FIRST:
            assert one.sections["case"].keys() == WORDS.keys() <= set(STATES)


def test_which_language() -> None:
    assert chosen("en", "zh-CN").code == "en"
    assert chosen("", "fr, en-GB;q=0.8, zh;q=0.5").code == "en"
    assert chosen("../../etc", "fr").code == FIRST
    assert chosen("", "x" * 5000 + ",en").code == FIRST


def test_an_english_page(face: Face, s1: Device) -> None:
    tele = Telephone(face, place_code(s1))
    page = face.call("GET", f"/e/{tele.payload}", headers={"Accept-Language": "en"}).body.decode()
    assert 'lang="en"' in page
    assert "What is the matter?" in page
    assert "简体中文" in page
    tele.send(what="The street lamp is broken")
    page = face.call("GET", f"/r/{tele.codes[-1]}", headers={"Accept-Language": "en-US"}).body.decode()
    assert "If you left a phone number, the station will call you." in page
