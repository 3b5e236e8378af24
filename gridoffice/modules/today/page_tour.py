"""The picture of one worker's 今日, for the tour: somebody who stands in today, if there is one."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from gridoffice.domain import duty
from gridoffice.modules.today.page import TodayPage

if TYPE_CHECKING:
    from gridoffice.ui.window import MainWindow


def tour(window: MainWindow, grab: Callable[[QWidget, str], None]) -> None:
    """今日 of one worker; afterwards the whole office's is shown again."""
    page = window.show_tab("today")
    assert isinstance(page, TodayPage)
    office = window.office
    with office.read() as session:
        posts = duty.on_duty(session, office.today()).values()
    some = [post.staff_id for post in posts if post.instead_of] + [post.staff_id for post in posts if post.staff_id]
    if some:
        page.picker.input.put(some[0])
        grab(window, "页面/01-今日-一个人")
        page.picker.show_all()
