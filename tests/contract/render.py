"""Renders the tables of PROTOCOL.md from the code. `python -m tests.contract.render` writes them into the text."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

from sync.contract import canonical, catalogue, chain, check, errors, op, permissions, proof, states, wire

TEXT: Final = Path(__file__).parents[2] / "sync" / "contract" / "PROTOCOL.md"
_MARK = re.compile(r"(<!-- table:(?P<name>\w+) -->)(?P<body>.*?)(<!-- end -->)", re.DOTALL)


def _table(head: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(row) + " |" for row in (head, ["---"] * len(head), *rows)]
    return "\n" + "\n".join(lines) + "\n"


def roles() -> str:
    """Role x verb."""
    rows = [
        [f"`{verb}`", *("x" if permissions.allowed([role], verb) else "" for role in permissions.ROLES)]
        for verb in sorted(permissions.verbs())
    ]
    return _table(["verb", *permissions.ROLES], rows)


def state_table() -> str:
    """Steps with the states they leave and reach."""
    order = states.STATES.index
    rows = [
        [
            f"`{step.verb}`{'*' if step.reason else ''}",
            " ".join(sorted(step.leaves, key=order)),
            step.reaches,
            f"`{step.stamps}`" if step.stamps else "",
        ]
        for step in states.STEPS.values()
    ]
    return _table(["step", "leaves", "reaches", "stamps"], rows)


def _listed(members: frozenset[str]) -> str:
    return " ".join(sorted(members, key=states.STATES.index))


def kinds() -> str:
    """Every kind with its compartment, its fields and their units."""
    rows = []
    for kind in catalogue.KINDS.values():
        parts: list[str] = []
        done: set[str] = set()
        for field in kind.fields.values():
            if not field.group:
                parts.append(f"{field.name} {field.type}")
            elif field.group not in done:
                done.add(field.group)
                members = (kind.fields[n] for n in catalogue.fields_of_unit(kind.name, field.group))
                parts.append(f"{field.group}[" + ", ".join(f"{m.name} {m.type}" for m in members) + "]")
        rows.append([f"`{kind.name}`", kind.compartment, "; ".join(parts)])
    return _table(["kind", "compartment", "fields"], rows)


def codes() -> str:
    """The error codes."""
    return _table(["code", "meaning"], [[code, text] for code, text in errors.CODES.items()])


def limits() -> str:
    """The limits, from the constants that hold them."""
    rows = [
        ["protocol version", str(op.PROTOCOL_VERSION)],
        ["catalogue version", str(catalogue.CATALOGUE_VERSION)],
        ["header and body of an op, bytes", f"{op.MAX_OP_BYTES:,}"],
        ["sequence number of an incarnation", f"{op.MAX_SEQ:,}"],
        ["ops of a group", f"{op.MAX_GROUP:,}"],
        ["salt, bytes", str(op.SALT_BYTES)],
        ["hash, bytes", str(chain.HASH_BYTES)],
        ["ops named by a certificate", f"{wire.MAX_CERTIFIED:,}"],
        ["batch or page unpacked, bytes", f"{wire.MAX_BATCH_BYTES:,}"],
        ["integer", f"{-canonical.MAX_INT - 1} to {canonical.MAX_INT}"],
        ["code of a list, characters", str(check.MAX_CODE)],
        ["address of a page's code, characters", str(proof.MAX_URL)],
        ["media type", f"`{wire.MEDIA_TYPE}`"],
    ]
    return _table(["what", "limit"], rows)


def tables() -> dict[str, str]:
    """Name of a mark -> what stands in it."""
    return {
        "roles": roles(),
        "states": state_table(),
        "open": _listed(states.OPEN),
        "resolved": _listed(states.RESOLVED),
        "catalogue": kinds(),
        "errors": codes(),
        "limits": limits(),
    }


def rendered(text: str) -> str:
    """The text with every table as the code has it."""
    made = tables()
    return _MARK.sub(lambda m: m[1] + made[m["name"]] + m[4], text)


if __name__ == "__main__":
    TEXT.write_text(rendered(TEXT.read_text("utf-8")), encoding="utf-8")
