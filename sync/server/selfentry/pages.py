"""The pages of self-entry: three questions in large type, no account, no script; the answer that can be kept."""

from __future__ import annotations

import html
import os
from typing import Final

from sync.contract import ticket
from sync.server.public.page import card, dial, whole
from sync.server.public.progress import STEPS, WORDS, Standing
from sync.server.selfentry.language import FIRST, Language, every
from sync.server.selfentry.places import Spot
from sync.server.selfentry.standing import ACCEPTED, RECEIVED, UNREADABLE, WITHDRAWN, Entry
from sync.server.selfentry.taking import HONEY, LENGTHS, MOST_PHOTOS, Wrong

_TYPES: Final = "image/jpeg,image/png,image/webp"
"""Telephones that keep photographs in another form send one of these when asked so."""
_TONES: Final = {RECEIVED: "", ACCEPTED: " genuine", WITHDRAWN: "", UNREADABLE: " replaced"}
_WIDE: Final = "、。，；：？！"


def escape(text: str) -> str:
    """Text as HTML, also inside an attribute."""
    return html.escape(text, quote=True)


def form(district: str, spot: Spot, payload: str, said: Language, *, wrong: Wrong | None = None,
         typed: dict[str, str] | None = None) -> bytes:  # fmt: skip
    """The page behind the code on the wall; `typed`: what is put back after something was wrong."""
    head = card(
        f"<h1>{escape(said.say('form.title'))}</h1>",
        f"<p>{escape(said.say('form.lead'))}</p>",
        _station(spot.name, f"{spot.community} {spot.address}".strip()),
    )
    inside = _questions(spot, payload, said, wrong, typed or {}) if spot.readers else _closed(spot, said)
    foot = f"<p>▲ {escape(said.say('form.urgent'))}</p>" + _leads(said)
    return _page(district, said, f"/e/{payload}", head + inside + foot)


def _station(name: str, address: str) -> str:
    return f"<p><b>{escape(name)}</b><br><small>{escape(address)}</small></p>"


def _closed(spot: Spot, said: Language) -> str:
    return card(f'<p class="replaced">◆ {escape(said.say("form.closed"))}</p>', _call(spot.phone, said))


def _call(phone: str, said: Language) -> str:
    return dial(phone, said.say("form.call", phone=phone)) or f"<p>{escape(said.say('form.no_phone'))}</p>"


def _leads(said: Language) -> str:
    return f'<p><a href="/r?lang={said.code}">{escape(said.say("form.look_up"))}</a></p>'


def _questions(spot: Spot, payload: str, said: Language, wrong: Wrong | None, typed: dict[str, str]) -> str:
    words = {name: typed.get(name, "") for name in LENGTHS}
    if not typed:
        words["where"] = spot.where
    keeper = spot.committee or spot.name
    warning = ""
    if wrong is not None:
        warning = f'<p class="different" role="alert">▲ {escape(said.say(f"wrong.{wrong.key}", n=wrong.n))}</p>'
        warning += f"<p>{escape(said.say('form.again'))}</p>" if typed else ""
    once = escape(typed.get("once", "") or os.urandom(16).hex())
    inside = card(
        warning,
        f'<form method="post" enctype="multipart/form-data" action="/e/{escape(payload)}?lang={said.code}">',
        f'<input type="hidden" name="once" value="{once}">',
        _asked(said, "what", f'<textarea id="what" name="what" rows="6" maxlength="{LENGTHS["what"]}" required'
               f' aria-describedby="what-h">{escape(words["what"])}</textarea>'),
        _asked(said, "where", _line("where", words["where"], 'aria-describedby="where-h"')),
        f'<h2 id="contact">{escape(said.say("form.contact"))}</h2><p>{escape(said.say("form.contact_hint"))}</p>',
        _named(said, "called", _line("called", words["called"], 'autocomplete="name"')),
        _named(said, "phone", _line("phone", words["phone"], 'type="tel" inputmode="tel" autocomplete="tel"')),
        f'<p><label for="photos">{escape(said.say("form.photos", n=MOST_PHOTOS))}</label></p>'
        f'<input id="photos" type="file" name="photos" multiple accept="{_TYPES}">',
        f'<p class="trap" aria-hidden="true"><input name="{HONEY}" tabindex="-1" autocomplete="off"></p>',
        f"<p>{escape(said.say('form.privacy', keeper=keeper))}</p>",
        f"<button>{escape(said.say('form.send'))}</button></form>",
    )  # fmt: skip
    return _mark(inside, wrong)


def _asked(said: Language, name: str, field: str) -> str:
    return (
        f'<h2><label for="{name}">{escape(said.say(f"form.{name}"))}</label></h2>'
        f'<p id="{name}-h">{escape(said.say(f"form.{name}_hint"))}</p>{field}'
    )


def _named(said: Language, name: str, field: str) -> str:
    return f'<p><label for="{name}">{escape(said.say(f"form.{name}"))}</label></p>{field}'


def _mark(page: str, wrong: Wrong | None) -> str:
    """The field that is wrong says so, by its frame and to a reader of the screen."""
    if wrong is None or not wrong.field:
        return page
    return page.replace(f' name="{wrong.field}"', f' name="{wrong.field}" aria-invalid="true"', 1)


def _line(name: str, value: str, more: str) -> str:
    return f'<input id="{name}" name="{name}" maxlength="{LENGTHS[name]}" value="{escape(value)}" {more}>'


def unknown_place(district: str, said: Language) -> bytes:
    """A code on a wall that is none of ours."""
    warning = f'<p class="different">▲ {escape(said.say("wrong.place"))}</p>'
    return _page(district, said, "/r", card(warning) + _leads(said))


def look_up(district: str, said: Language, *, typed: str = "", wrong: str = "", minutes: int = 0) -> bytes:
    """The page that asks for a code; `wrong`: `unknown` or `wait`."""
    words = said.say(f"code.{wrong}", n=minutes) if minutes else said.say(f"code.{wrong}") if wrong else ""
    warning = f'<p class="different" role="alert">▲ {escape(words)}</p>' if words else ""
    inside = card(
        f"<h1>{escape(said.say('state.title'))}</h1>",
        warning,
        f'<form method="get" action="/r"><input type="hidden" name="lang" value="{said.code}">'
        f'<p><label for="code">{escape(said.say("code.ask"))}</label></p>'
        f'<input id="code" name="code" value="{escape(typed)}" maxlength="20" autocomplete="off"'
        f' autocapitalize="characters" required><button>{escape(said.say("code.look"))}</button></form>',
    )
    return _page(district, said, "/r", inside)


def entry(district: str, found: Entry, typed: str, said: Language) -> bytes:
    """Where an entry stands, to be kept or printed."""
    code = ticket.shown(ticket.read(typed))
    parts = [_code(code, said), _state(found, said)]
    if found.appointment is not None:
        at = _when(found.appointment.at, said)
        line = said.say("state.appointment_more", who=found.appointment.who, at=at, place=found.appointment.place)
        parts.append(card(f"<h1>{escape(said.say('state.appointment'))}</h1>", f'<p class="answer">{escape(line)}</p>'))
    if found.case is not None:
        parts.append(card(_steps(found.case, said)))
    parts.append(
        card(
            _station(found.name, found.address),
            f"<p>{escape(said.say('state.ask_more'))}</p>",
            _call(found.phone, said),
        )
    )
    if found.may_withdraw:
        parts.append(
            f'<details class="card"><summary>{escape(said.say("withdraw.title"))}</summary>'
            f"<p>{escape(said.say('withdraw.ask'))}</p>"
            f'<form method="post" action="/r/{code}?lang={said.code}">'
            f'<button class="quiet" name="act" value="withdraw">'
            f"{escape(said.say('withdraw.button'))}</button></form></details>"
        )
    return _page(district, said, f"/r/{code}", "".join(parts))


def _code(code: str, said: Language) -> str:
    return card(
        f"<h1>{escape(said.say('code.title'))}</h1>",
        f'<p class="answer code">{code}</p>',
        f"<p>{escape(said.say('code.keep'))}</p>",
        f'<p class="screen">{escape(said.say("code.print"))}</p>',
    )


def _state(found: Entry, said: Language) -> str:
    lines = _sentences(found, said)
    if found.reason and found.state not in (RECEIVED, ACCEPTED, WITHDRAWN):
        lines.append(said.say("state.said", reason=found.reason))
    if found.withdrawn and found.state == ACCEPTED:
        lines.append(said.say("state.withdrawing"))
    tone = _TONES.get(found.state, " replaced")
    word = escape(said.say(f"state.{found.state}"))
    shown = "".join(f"<p>{escape(line)}</p>" for line in lines)
    return card(f"<h1>{escape(said.say('state.title'))}</h1>", f'<p class="answer{tone}">{word}</p>', shown)


def _sentences(found: Entry, said: Language) -> list[str]:
    if found.state == RECEIVED:
        calls = said.say("state.within", n=found.hours) if found.hours else said.say("state.calls")
        return [said.say("state.received_at", at=_when(found.at, said)), calls, said.say("state.without")]
    if found.state == ACCEPTED and found.case is not None:
        known = said.code == FIRST or not said.has(f"case.{found.case.state}")
        return [WORDS[found.case.state] if known else said.say(f"case.{found.case.state}")]
    return [said.say(f"state.{found.state}_more")]


def _steps(case: Standing, said: Language) -> str:
    reached = max((i for i, day in enumerate(case.days) if day), default=-1)
    items = []
    for index, ((column, _), day) in enumerate(zip(STEPS, case.days, strict=True)):
        if index > reached and case.over:
            break
        kind, mark = ("done", "●") if index <= reached else ("later", "○")
        shown = f"　{escape(_day(day, said))}" if day else ""
        items.append(f'<li class="{kind}">{mark} {escape(said.say(f"steps.{column}"))}{shown}</li>')
    return f"<ol>{''.join(items)}</ol>"


def _when(moment: str, said: Language) -> str:
    """2026-11-24T10:00 as the language writes a day, and the hour."""
    return f"{_day(moment[:10], said)} {moment[11:16]}".strip()


def _day(day: str, said: Language) -> str:
    year, month, date = (int(part) if part.isdigit() else 0 for part in (*day.split("-"), "", "")[:3])
    return said.say("state.day", year=year, month=month, day=date) if year else ""


def _page(district: str, said: Language, path: str, inside: str) -> bytes:
    """Around the sections; links to the other languages lead to the same page."""
    links = " · ".join(
        f"<b>{escape(one.name)}</b>" if one.code == said.code
        else f'<a href="{escape(path)}?lang={one.code}" lang="{one.code}" hreflang="{one.code}">{escape(one.name)}</a>'
        for one in every().values()
    )  # fmt: skip
    return whole(district, f'<p class="screen">{links}</p>{inside}', language=said.code)
