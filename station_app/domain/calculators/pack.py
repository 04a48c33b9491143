"""What calculators take from the rules pack: provincial months, yearly figures, a rate; what is not set is None."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Final

from station_app.domain.money import parse_yuan
from station_app.domain.rules import Rules, Setting
from sync.contract.errors import KnownError

INCOME: Final = "injury.national_income"
WAGE: Final = "injury.regional_wage"
RATE: Final = "interest.yearly"


@dataclass(frozen=True, slots=True)
class Known:
    """One figure of the pack: 分 or per cent; `source` is printed beside a result that used it."""

    value: int | Decimal | None
    source: str = ""

    @property
    def note(self) -> str:
        """ "采用数值的来源：…", "" where nothing is known."""
        return f"采用数值的来源：{self.source}。" if self.value is not None else ""


def money(rules: Rules, key: str) -> Known:
    """A sum of money in 分; E-206… where the pack holds something else."""
    setting = rules.settings.get(key)
    if setting is None or setting.value is None:
        return Known(None)
    return Known(parse_yuan(str(setting.value)), _source(setting))


def rate(rules: Rules, key: str = RATE) -> Known:
    """A yearly rate in per cent; E-206 where the pack holds no number above zero."""
    setting = rules.settings.get(key)
    if setting is None or setting.value is None:
        return Known(None)
    try:
        value = Decimal(str(setting.value))
    except InvalidOperation:
        raise KnownError("E-206", text=str(setting.value), field=setting.title) from None
    if not value.is_finite() or value <= 0:
        raise KnownError("E-206", text=str(setting.value), field=setting.title)
    return Known(value, _source(setting))


def months(rules: Rules) -> dict[str, object]:
    """The provincial months by key, as `injury.disability` reads them; those not set are left out."""
    found = {k: s.value for k, s in rules.settings.items() if k.startswith("injury.") and "_months." in k}
    return {k: v for k, v in found.items() if v is not None}


def _source(setting: Setting) -> str:
    return f"{setting.title}，{setting.source}（{setting.date.isoformat()}）"
