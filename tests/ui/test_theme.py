"""Looks: every pair of colours that carries words keeps WCAG AA; themes and letters change at once and are kept."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from gridoffice.core import settings
from gridoffice.db.office import Office
from gridoffice.ui import theme as looks
from gridoffice.ui.theme import THEMES, TITLES, ZOOMS, contrast, theme
from gridoffice.ui.window import MainWindow

OPEN = Callable[[Office], MainWindow]
AA = 4.5


def test_contrast_is_measured_as_the_norm_does() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)
    assert contrast("#123456", "#123456") == 1


@pytest.mark.parametrize("name", THEMES)
def test_all_words_can_be_read(name: str) -> None:
    colours = THEMES[name]
    pairs = [colours.tone(tone) for tone in ("done", "soon", "late", "brand", "plain", "quiet")]
    for ground in (colours.panel, colours.window):
        pairs += [
            (front, ground)
            for front in (
                colours.text, colours.quiet, colours.brand, colours.done, colours.soon, colours.late,
            )
        ]  # fmt: skip
    pairs += [(colours.on_brand, colours.brand), (colours.text, colours.brand_tint)]
    low = {pair: round(contrast(*pair), 2) for pair in pairs if contrast(*pair) < AA}
    assert not low


def test_the_high_contrast_look_is_higher_than_the_norm() -> None:
    colours = THEMES["contrast"]
    assert min(contrast(colours.text, colours.panel), contrast(colours.line, colours.panel)) >= 7
    assert contrast(colours.quiet, colours.panel) >= 7


def test_no_placeholder_is_left_in_the_style_sheet(plain_looks: None) -> None:
    for name in THEMES:
        theme.name = name
        assert "@" not in looks.style_sheet()
    theme.name = "light"


def test_letters_grow_at_once_and_the_choice_is_kept(office: Office, opened: OPEN) -> None:
    window = opened(office)
    window.show_tab("residents")
    before = window.bar.search.fontMetrics().height()
    window.actions_by_key["larger"].trigger()
    assert (theme.zoom, settings.get("zoom")) == (110, 110)
    looks.choose(zoom=200)
    assert window.bar.search.fontMetrics().height() >= before * 1.7
    window.actions_by_key["larger"].trigger()
    assert theme.zoom == ZOOMS[-1]
    window.actions_by_key["normal"].trigger()
    window.actions_by_key["smaller"].trigger()
    assert (theme.zoom, settings.get("zoom")) == (100, 100)
    assert window.current == "residents"


def test_another_look_builds_the_open_tab_anew_and_keeps_it_in_front(office: Office, opened: OPEN) -> None:
    window = opened(office)
    before = window.show_tab("residents")
    window.actions_by_key["theme-dark"].trigger()
    assert (theme.name, settings.get("theme")) == ("dark", "dark")
    assert window.page() is not before
    assert window.current == "residents"
    assert window.palette().window().color().name().upper() == THEMES["dark"].window
    window.actions_by_key["theme-light"].trigger()


def test_auto_follows_the_desktop(plain_looks: None) -> None:
    assert looks.resolve("auto") in THEMES
    assert set(TITLES) == {"auto", *THEMES}
