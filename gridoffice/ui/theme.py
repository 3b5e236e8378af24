"""Colours, letters and zoom: light, dark and high contrast from one style sheet."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QPalette
from PySide6.QtWidgets import QApplication

from gridoffice.core import paths, settings

BASE_PX = 14
ZOOMS = (100, 110, 125, 150, 175, 200)


@dataclass(frozen=True)
class Colours:
    """A theme's colours by what they are for."""

    window: str
    panel: str
    line: str
    text: str
    quiet: str
    brand: str
    brand_tint: str
    on_brand: str
    done: str
    done_tint: str
    soon: str
    soon_tint: str
    late: str
    late_tint: str

    def tone(self, tone: str) -> tuple[str, str]:
        """Foreground and background of a state: done, soon, late, brand; anything else is quiet."""
        pairs = {
            "done": (self.done, self.done_tint),
            "soon": (self.soon, self.soon_tint),
            "late": (self.late, self.late_tint),
            "brand": (self.brand, self.brand_tint),
            "plain": (self.text, self.window),
        }
        return pairs.get(tone, (self.quiet, self.window))


THEMES = {
    "light": Colours(
        window="#F4F6F8", panel="#FFFFFF", line="#E2E6EB", text="#1B2430", quiet="#5C6775",
        brand="#1C5FA8", brand_tint="#E7F0FA", on_brand="#FFFFFF", done="#2A7148", done_tint="#E6F4EC",
        soon="#955700", soon_tint="#FFF3DC", late="#B3261E", late_tint="#FCEBEA",
    ),
    "dark": Colours(
        window="#14181D", panel="#1D232A", line="#303943", text="#E6EAEE", quiet="#98A4B1",
        brand="#6FB1F5", brand_tint="#20344A", on_brand="#0F1A26", done="#6CC58F", done_tint="#1D3528",
        soon="#F0B454", soon_tint="#3A2E17", late="#F28B82", late_tint="#3E2321",
    ),
    "contrast": Colours(
        window="#FFFFFF", panel="#FFFFFF", line="#000000", text="#000000", quiet="#202020",
        brand="#00338A", brand_tint="#D6E4FF", on_brand="#FFFFFF", done="#00501E", done_tint="#D8F5E2",
        soon="#5E3600", soon_tint="#FFE9BF", late="#8C0009", late_tint="#FFDAD8",
    ),
}  # fmt: skip
"""look.md's table; quiet, done and soon of the light theme a shade darker, so that small text on tints keeps AA."""

TITLES = {"auto": "跟随系统", "light": "浅色", "dark": "深色", "contrast": "高对比"}


class Theme(QObject):
    """The theme in force; `changed` is sent after colours or letters changed."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.name = "light"
        self.zoom = 100
        self.family = "sans-serif"

    @property
    def colours(self) -> Colours:
        """The colours in force."""
        return THEMES[self.name]

    def px(self, pixels: float) -> int:
        """A length given at 100 % in today's pixels."""
        return round(pixels * self.zoom / 100)


theme = Theme()


def start(app: QApplication) -> None:
    """Load the bundled letters and this machine's choice of looks."""
    theme.family = _family()
    kept = settings.read()
    apply(app, str(kept["theme"]), int(kept["zoom"]))


def _family() -> str:
    family = ""
    for file in sorted((paths.resources() / "fonts").glob("NotoSansSC*.ttf")):
        number = QFontDatabase.addApplicationFont(str(file))
        names = QFontDatabase.applicationFontFamilies(number)
        family = family or (names[0] if names else "")
    return family or QFont().family()


def resolve(name: str) -> str:
    """A theme's name, with "auto" following the desktop."""
    if name in THEMES:
        return name
    dark = QApplication.styleHints().colorScheme() == Qt.ColorScheme.Dark
    return "dark" if dark else "light"


def apply(app: QApplication, name: str, zoom: int) -> None:
    """Put a theme and a zoom (percent, one of ZOOMS) in force at once."""
    theme.name, theme.zoom = resolve(name), zoom
    font = QFont(theme.family)
    font.setPixelSize(theme.px(BASE_PX))
    app.setFont(font)
    app.setPalette(_palette(theme.colours))
    app.setStyleSheet(style_sheet())
    theme.changed.emit()


def choose(name: str | None = None, zoom: int | None = None) -> None:
    """Change looks or letters now and keep the choice on this machine."""
    if name is not None:
        settings.put("theme", name)
    if zoom is not None:
        settings.put("zoom", zoom)
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply(app, str(settings.get("theme")), int(settings.get("zoom")))


def step_zoom(by: int) -> None:
    """One step larger (+1) or smaller (-1)."""
    place = min(max(ZOOMS.index(theme.zoom) + by, 0), len(ZOOMS) - 1)
    choose(zoom=ZOOMS[place])


def style_sheet() -> str:
    """The style sheet with colours and lengths put in: @name is a colour, 14px grows with the zoom."""
    import re

    text = Path(paths.resources() / "styles" / "base.qss").read_text("utf-8")
    for key, value in sorted(vars(theme.colours).items(), key=lambda item: -len(item[0])):
        text = text.replace(f"@{key}", value)
    text = text.replace("@icons", (paths.resources() / "icons").as_posix())
    return re.sub(r"\b(\d+)px", lambda found: f"{_length(int(found[1]))}px", text)


def _length(pixels: int) -> int:
    return pixels if pixels <= 1 else theme.px(pixels)


def _palette(colours: Colours) -> QPalette:
    palette = QPalette()
    roles = {
        QPalette.ColorRole.Window: colours.window,
        QPalette.ColorRole.Base: colours.panel,
        QPalette.ColorRole.AlternateBase: colours.window,
        QPalette.ColorRole.Text: colours.text,
        QPalette.ColorRole.WindowText: colours.text,
        QPalette.ColorRole.ButtonText: colours.text,
        QPalette.ColorRole.Button: colours.panel,
        QPalette.ColorRole.Highlight: colours.brand_tint,
        QPalette.ColorRole.HighlightedText: colours.text,
        QPalette.ColorRole.PlaceholderText: colours.quiet,
        QPalette.ColorRole.ToolTipBase: colours.panel,
        QPalette.ColorRole.ToolTipText: colours.text,
        QPalette.ColorRole.Link: colours.brand,
    }
    for role, value in roles.items():
        palette.setColor(role, QColor(value))
    return palette


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, 1 to 21 (WCAG 2.1, 1.4.3)."""
    bright, dark = sorted((_luminance(first), _luminance(second)), reverse=True)
    return (bright + 0.05) / (dark + 0.05)


def _luminance(colour: str) -> float:
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
