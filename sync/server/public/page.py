"""One look for the public pages: Chinese, telephone first, large type, no script, nothing from elsewhere."""

from __future__ import annotations

import html
from collections.abc import Iterable
from typing import Final

_STYLE: Final = (
    "body{font:18px/1.6 system-ui,sans-serif;margin:0;background:#F4F6F8;color:#1C2126}"
    "main{max-width:34rem;margin:0 auto;padding:24px 16px}.card{background:#fff;border:1px solid #DCE1E6;"
    "border-radius:8px;padding:16px;margin:16px 0}h1{font-size:1.15rem;margin:0 0 .3em}.answer{font-size:1.6rem;"
    "font-weight:600;margin:.3em 0}.genuine{color:#1E6B3C}.replaced,.unknown{color:#8A5A00}"
    ".void,.different{color:#B3261E}"
    "dl{display:grid;grid-template-columns:5.5em 1fr;gap:4px 8px;margin:0}dt{color:#56606B}dd{margin:0;"
    "word-break:break-all}p{margin:.5em 0}small{color:#56606B;font-size:.9rem}"
    "ol{list-style:none;padding:0;margin:.5em 0}li{padding:.3em 0}li.done{color:#1E6B3C}li.now{font-weight:600}"
    "li.later{color:#56606B}a{color:#1B64A5}a.call,button{display:block;width:100%;box-sizing:border-box;"
    "text-align:center;font:inherit;font-weight:600;background:#1B64A5;color:#fff;border:0;border-radius:8px;"
    "padding:14px;margin:12px 0 0;text-decoration:none}label.pick{display:block;border:1px solid #DCE1E6;"
    "border-radius:8px;padding:12px;margin:8px 0}input[type=radio]{width:1.2em;height:1.2em;margin:0 .6em 0 0;"
    "vertical-align:-.15em}textarea,input:not([type=radio]):not([type=file]){width:100%;box-sizing:border-box;"
    "font:inherit;border:1px solid #8A949E;border-radius:8px;padding:10px;background:#fff;color:inherit}"
    "textarea{min-height:5em}input[type=file]{font:inherit;max-width:100%}"
    "a:focus,button:focus,input:focus,textarea:focus,summary:focus{outline:3px solid #5BA8E6}"
    "h2{font-size:1.05rem;margin:1.2em 0 .2em}.code{white-space:nowrap}"
    "[aria-invalid=true]{outline:3px solid #B3261E}"
    ".trap{position:absolute;left:-9999px}summary{cursor:pointer;padding:4px 0}"
    "button.quiet{background:#fff;color:#B3261E;border:1px solid #B3261E}"
    "@media(prefers-color-scheme:dark){body{background:#15181C;color:#E8EBEE}.card{background:#1D2126;"
    "border-color:#343B44}dt,small,li.later{color:#A5AEB8}a{color:#5BA8E6}a.call,button{background:#5BA8E6;"
    "color:#0E2233}.genuine,li.done{color:#74C794}.replaced,.unknown{color:#E5B454}.void,.different{color:#F2837B}"
    "label.pick{border-color:#343B44}textarea,input:not([type=radio]):not([type=file]){background:#15181C;"
    "color:#E8EBEE}button.quiet{background:#1D2126;color:#F2837B;border-color:#F2837B}}"
    "@media print{body{background:#fff;color:#000}.screen,details,form{display:none}main{padding:0}"
    "a.call{background:none;color:#000;text-align:left;padding:0}"
    ".card{border-color:#000;background:#fff}.answer,dt,p,li{color:#000}}"
)


def whole(district: str, inside: str, language: str = "zh-CN") -> bytes:
    """A page of the district around its sections, which are HTML already."""
    name = html.escape(district)
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f'<meta name="robots" content="noindex"><title>{name}</title><style>{_STYLE}</style></head>'
        f"<body><main><p>{name}</p>{inside}</main></body></html>"
    ).encode()


def card(*parts: str) -> str:
    """A box around parts that are HTML already."""
    return f'<section class="card">{"".join(parts)}</section>'


def facts(rows: Iterable[tuple[str, str]]) -> str:
    """Names and values; rows without a value are left out."""
    shown = "".join(f"<dt>{name}</dt><dd>{html.escape(value)}</dd>" for name, value in rows if value)
    return f"<dl>{shown}</dl>" if shown else ""


def call(phone: str) -> str:
    """A button that dials; "" for no number that a telephone understands."""
    return dial(phone, f"拨打服务电话 {phone}")


def dial(phone: str, words: str) -> str:
    """The same with other words."""
    digits = "".join(c for c in phone if c in "0123456789+")
    shown = html.escape(words).replace(html.escape(phone), f'<span class="code">{html.escape(phone)}</span>')
    return f'<a class="call" href="tel:{digits}">{shown}</a>' if len(digits) >= 5 else ""
