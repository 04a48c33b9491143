"""What a verb returns: what it touched, so that each screen decides whether it is concerned; and a label for undo."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Changes:
    """Kinds and record ids touched, the ops made, the case they belong to, what undo would be called, other cases."""

    kinds: frozenset[str]
    ids: tuple[str, ...]
    ops: tuple[str, ...]
    case: str = ""
    label: str = ""
    others: tuple[str, ...] = ()

    @property
    def cases(self) -> tuple[str, ...]:
        """Every case that was touched, the main one first."""
        return tuple(dict.fromkeys(case for case in (self.case, *self.others) if case))

    def concerns(self, *kinds: str) -> bool:
        """True when one of the kinds was touched."""
        return not self.kinds.isdisjoint(kinds)

    def also(self, other: Changes) -> Changes:
        """Both together."""
        return Changes(
            self.kinds | other.kinds,
            self.ids + other.ids,
            self.ops + other.ops,
            self.case or other.case,
            self.label,
            tuple(dict.fromkeys((*self.cases, *other.cases))),
        )
