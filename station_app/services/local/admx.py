"""Group policy templates (ADMX, ADML) made from the declared settings: for Windows domains and Intune.

Each setting is there twice: fixed (nobody changes it) and first (it stands until somebody chooses). What they write is
what `policy.read` reads; settings that belong to one PC are left out.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Final

from station_app.services.local.policy import OWN, REGISTRY
from station_app.services.local.settings import SETTINGS, Setting
from sync.contract.errors import KnownError

NAMESPACE: Final = "http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions"
NAME: Final = "station-app"
PARTS: Final = {"Fixed": ("统一设定（本机不能更改）", "Fixed"), "First": ("建议值（本机可以更改）", "Suggested")}
_WORDS: Final = {
    "zh-CN": ("群众诉求服务站", "Windows 10 及以上", "设定单位（显示在不能更改的设置旁）"),
    "en-US": ("Community Service Station", "Windows 10 or later", "Unit that sets them (shown beside fixed fields)"),
}
_CHOICES: Final = re.compile(r"[\w（）〔〕.]+(\|[\w（）〔〕.]+)+")
_NUMBER: Final = re.compile(r"(\[1-9\])?\\d\{(\d),(\d)\}")
_LENGTH: Final = re.compile(r"\{0,(\d+)\}")


def templates() -> dict[str, bytes]:
    """File name -> bytes: one ADMX, and an ADML for each language."""
    return {f"{NAME}.admx": _admx(), **{f"{lang}/{NAME}.adml": _adml(lang) for lang in _WORDS}}


def write(folder: Path) -> list[Path]:
    """Write them into a folder; E-516 where that fails."""
    written = []
    try:
        for name, data in templates().items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            written.append(path)
    except OSError as error:
        raise KnownError("E-516", file=str(folder)) from error
    return written


def offered() -> list[Setting]:
    """The settings a unit may set for many PCs."""
    return [setting for setting in SETTINGS if setting.key not in OWN]


def choices(setting: Setting) -> list[str]:
    """The values of a setting that has a closed list, else []."""
    if setting.allowed == "[01]":
        return ["0", "1"]
    return setting.allowed.split("|") if _CHOICES.fullmatch(setting.allowed) else []


def _id(part: str, setting: Setting) -> str:
    return f"{part}_{setting.key.replace('.', '_')}"


def _bytes(root: ET.Element) -> bytes:
    ET.indent(root)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ET.tostring(root, encoding="unicode")}\n'.encode()


def _root(tag: str) -> ET.Element:
    return ET.Element(tag, {"xmlns": NAMESPACE, "revision": "1.0", "schemaVersion": "1.0"})


def _admx() -> bytes:
    root = _root("policyDefinitions")
    spaces = ET.SubElement(root, "policyNamespaces")
    ET.SubElement(spaces, "target", prefix="station", namespace="StationApp.Policies")
    ET.SubElement(root, "resources", minRequiredRevision="1.0")
    definitions = ET.SubElement(ET.SubElement(root, "supportedOn"), "definitions")
    ET.SubElement(definitions, "definition", name="SUPPORTED", displayName="$(string.SUPPORTED)")
    categories = ET.SubElement(root, "categories")
    ET.SubElement(categories, "category", name="Station", displayName="$(string.Station)")
    for part in PARTS:
        category = ET.SubElement(categories, "category", name=part, displayName=f"$(string.{part})")
        ET.SubElement(category, "parentCategory", ref="Station")
    policies = ET.SubElement(root, "policies")
    elements = _policy(policies, "Unit", category="Station", key=REGISTRY)
    ET.SubElement(elements, "text", id="Unit", valueName="Unit", maxLength="100")
    for part in PARTS:
        for setting in offered():
            elements = _policy(policies, _id(part, setting), category=part, key=f"{REGISTRY}\\{part}")
            _element(elements, _id(part, setting), setting)
    return _bytes(root)


def _policy(policies: ET.Element, name: str, *, category: str, key: str) -> ET.Element:
    policy = ET.SubElement(
        policies, "policy",
        {"name": name, "class": "Machine", "displayName": f"$(string.{name})", "explainText": f"$(string.{name}_Help)",
         "presentation": f"$(presentation.{name})", "key": key},
    )  # fmt: skip
    ET.SubElement(policy, "parentCategory", ref=category)
    ET.SubElement(policy, "supportedOn", ref="SUPPORTED")
    return ET.SubElement(policy, "elements")


def _element(elements: ET.Element, name: str, setting: Setting) -> None:
    """A list, a number or a text; every one is written as text, as the file would have it."""
    named = {"id": name, "valueName": setting.key}
    number, found = _NUMBER.fullmatch(setting.allowed), choices(setting)
    if found:
        listed = ET.SubElement(elements, "enum", {**named, "required": "true"})
        for at, value in enumerate(found):
            item = ET.SubElement(listed, "item", displayName=f"$(string.{name}_{at})")
            ET.SubElement(ET.SubElement(item, "value"), "string").text = value
    elif number:
        most = int(number[3]) + (1 if number[1] else 0)
        least = "1" if number[1] else "0"
        bounds = {"minValue": least, "maxValue": str(10**most - 1)}
        ET.SubElement(elements, "decimal", {**named, **bounds, "storeAsText": "true", "required": "true"})
    else:
        length = _LENGTH.search(setting.allowed)
        ET.SubElement(elements, "text", {**named, "maxLength": length[1] if length else "210"})


def _adml(lang: str) -> bytes:
    name, supported, unit = _WORDS[lang]
    root = _root("policyDefinitionResources")
    ET.SubElement(root, "displayName").text = name
    ET.SubElement(root, "description").text = name
    resources = ET.SubElement(root, "resources")
    table, shown = ET.SubElement(resources, "stringTable"), ET.SubElement(resources, "presentationTable")

    def say(key: str, text: str) -> None:
        ET.SubElement(table, "string", id=key).text = text

    say("SUPPORTED", supported)
    say("Station", name)
    say("Unit", unit)
    say("Unit_Help", unit)
    _present(shown, "Unit", "textBox", unit)
    for part, titles in PARTS.items():
        say(part, titles[0 if lang == "zh-CN" else 1])
        for setting in offered():
            key = _id(part, setting)
            say(key, f"{setting.title}（{setting.key}）" if lang == "zh-CN" else setting.key)
            say(f"{key}_Help", f"{setting.key} — {setting.title}")
            for at, value in enumerate(choices(setting)):
                say(f"{key}_{at}", value)
            kind = "textBox" if not _NUMBER.fullmatch(setting.allowed) else "decimalTextBox"
            _present(shown, key, "dropdownList" if choices(setting) else kind, setting.key)
    return _bytes(root)


def _present(shown: ET.Element, name: str, kind: str, label: str) -> None:
    field = ET.SubElement(ET.SubElement(shown, "presentation", id=name), kind, refId=name)
    if kind == "textBox":
        ET.SubElement(field, "label").text = label
    else:
        field.text = label
