"""What a log-in changes for the whole program: appearance as this PC's settings say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication

from station_app.ui.style import style, theme

if TYPE_CHECKING:
    from station_app.services.station import Station


def dress(station: Station, *, wish: str = "") -> None:
    """Take over theme and size from the settings, where they differ from what is shown."""
    from station_app.services.local import settings

    app = QApplication.instance()
    assert isinstance(app, QApplication)
    now = theme.theme()
    wish = wish or now.forced or settings.get(station, "ui.theme")
    large = settings.get(station, "ui.large") == "1"
    if (wish, large) != (now.wish, now.large):
        style.apply(app, wish=wish, large=large)
    settings_remember(wish, large=large)


def settings_remember(wish: str, *, large: bool) -> None:
    """The log-in screen cannot read the encrypted settings: it takes the appearance that was used last."""
    from PySide6.QtCore import QSettings

    kept = QSettings("station-app", "desk")
    kept.setValue("theme", wish)
    kept.setValue("large", "1" if large else "0")


def remembered() -> tuple[str, bool, str]:
    """(theme, large, language) as used last on this PC by this system user."""
    from PySide6.QtCore import QSettings

    kept = QSettings("station-app", "desk")
    return (
        str(kept.value("theme", "system", type=str)),
        kept.value("large", "0", type=str) == "1",
        str(kept.value("language", "zh_CN", type=str)),
    )


def remember_language(code: str) -> None:
    """For the next start."""
    from PySide6.QtCore import QSettings

    QSettings("station-app", "desk").setValue("language", code)
