"""Sections of the settings page: the office's own words, names of levels, looks, the sample."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QButtonGroup, QGridLayout, QLineEdit, QPushButton, QVBoxLayout, QWidget

from gridoffice.core import settings as machine
from gridoffice.core.errors import OfficeError
from gridoffice.domain import sample
from gridoffice.modules.office import service
from gridoffice.modules.office.page_section import Section
from gridoffice.ui import dialogs
from gridoffice.ui import theme as looks
from gridoffice.ui.panel import Panel, button, clear, label, row
from gridoffice.ui.theme import theme

if TYPE_CHECKING:
    from gridoffice.ui.page import Page

WIDTH = 720
"""Forms are no wider than this at 100 %: a longer line is hard to follow."""


class InfoSection(Section):
    """Name, code, telephones and days of the office."""

    key, title, icon = "info", "办公室信息", "office"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        panel = Panel("办公室信息")
        panel.body.addWidget(label("这些内容印在公示牌、联系卡、工作手册和名单的抬头上。", "quiet"))
        self.inputs: dict[str, QLineEdit] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(theme.px(16))
        grid.setVerticalSpacing(theme.px(10))
        for place, one in enumerate(service.info(self.office)):
            box = QLineEdit(one.value)
            box.setAccessibleName(one.title)
            box.setFixedWidth(theme.px(280))
            box.textEdited.connect(lambda _text: self._marked())
            box.returnPressed.connect(self.save)
            self.inputs[one.key] = box
            grid.addWidget(label(one.title), place, 0)
            grid.addWidget(box, place, 1)
            grid.addWidget(label(one.help, "quiet", wrap=True), place, 2)
        grid.setColumnStretch(2, 1)
        panel.body.addLayout(grid)
        self.problem = label("", "bad", wrap=True)
        self.problem.hide()
        panel.body.addWidget(self.problem)
        self.save_button = button("保存", self.save, kind="primary", shortcut="Ctrl+S")
        self.back_button = button("恢复原样", self.reset)
        panel.body.addSpacing(theme.px(8))
        panel.body.addLayout(row(self.save_button, self.back_button, 1))
        panel.body.addStretch(1)
        self.body.addWidget(panel)
        self.reset()

    def _values(self) -> dict[str, str]:
        return {key: box.text() for key, box in self.inputs.items()}

    def _marked(self) -> None:
        dirty = self._values() != self._kept
        self.save_button.setEnabled(dirty)
        self.back_button.setEnabled(dirty)

    def reset(self) -> None:
        """Show what is kept."""
        self._kept = {one.key: one.value for one in service.info(self.office)}
        for key, box in self.inputs.items():
            box.setText(self._kept[key])
        self.problem.hide()
        self._marked()

    def refresh(self) -> None:
        """Show what is kept, unless something was typed and not saved."""
        if self._values() == self._kept:
            self.reset()

    def save(self) -> None:
        """Keep what was typed, or say what is wrong."""
        try:
            service.save_info(self.office, self._values())
        except OfficeError as error:
            self.problem.setText(error.sentence)
            self.problem.show()
            return
        self.reset()
        self.main.say("办公室信息已保存", undo=True)


class LevelsSection(Section):
    """Names of the levels of the tree."""

    key, title, icon = "levels", "层级名称", "grids"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        panel = Panel("网格层级")
        panel.body.addWidget(
            label("网格树从上到下的层级。名称可以按本地叫法修改；需要时可以在最下面再加一级。", "quiet", wrap=True)
        )
        self.rows = QVBoxLayout()
        self.rows.setSpacing(theme.px(8))
        panel.body.addLayout(self.rows)
        self.new = QLineEdit()
        self.new.setPlaceholderText("新层级的名称，例如 楼栋")
        self.new.setFixedWidth(theme.px(280))
        self.new.returnPressed.connect(self.add)
        panel.body.addSpacing(theme.px(4))
        panel.body.addLayout(row(self.new, button("增加一级", self.add, icon="add"), 1))
        panel.body.addStretch(1)
        self.body.addWidget(panel)

    def refresh(self) -> None:
        """Show the levels."""
        clear(self.rows)
        self.boxes: dict[int, QLineEdit] = {}
        found = service.levels(self.office)
        for level in found:
            box = QLineEdit(level.title)
            box.setAccessibleName(f"第 {level.rank} 级的名称")
            box.setFixedWidth(theme.px(280))
            box.editingFinished.connect(lambda rank=level.rank, box=box: self.rename(rank, box))
            self.boxes[level.rank] = box
            number = label(f"第 {level.rank} 级", "quiet")
            number.setMinimumWidth(theme.px(56))
            used = label(f"{level.units:,} 个单元" if level.units else "还没有单元", "quiet")
            items: list[QWidget | int] = [number, box, used, 1]
            if not level.units and level.rank == found[-1].rank:
                items.insert(3, button("删除", lambda rank=level.rank: self.remove(rank), kind="link"))
            self.rows.addLayout(row(*items, spacing=12))

    def rename(self, rank: int, box: QLineEdit) -> None:
        """Keep a level's new name."""
        if any(level.rank == rank and level.title == box.text().strip() for level in service.levels(self.office)):
            return
        if dialogs.guarded(self, lambda: service.rename_levels(self.office, {rank: box.text()})):
            self.main.say("层级名称已修改", undo=True)
        else:
            self.refresh()

    def add(self) -> None:
        """Add a level under the lowest."""
        title = self.new.text().strip()
        if dialogs.guarded(self, lambda: service.add_level(self.office, title)):
            self.new.clear()
            self.refresh()
            self.main.say(f"已增加层级“{title}”，在“网格”里可以在最下面一级再建下级", undo=True)

    def remove(self, rank: int) -> None:
        """Take a level out that no unit stands on."""
        if dialogs.guarded(self, lambda: service.remove_level(self.office, rank)):
            self.refresh()
            self.main.say("已删除层级", undo=True)


class LooksSection(Section):
    """Theme and size of letters, on this machine."""

    key, title, icon = "looks", "外观与字号", "edit"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        panel = Panel("外观与字号")
        panel.body.addWidget(label("只影响这台电脑，点一下马上生效。字号也可以用 Ctrl 加 + 或 - 调整。", "quiet"))
        panel.body.addSpacing(theme.px(8))
        panel.body.addWidget(label("外观"))
        self.themes = self._choices(
            [(key, title, key == machine.get("theme")) for key, title in looks.TITLES.items()],
            lambda key: looks.choose(name=str(key)),
        )
        panel.body.addLayout(row(*self.themes.values(), 1))
        panel.body.addSpacing(theme.px(8))
        panel.body.addWidget(label("字号"))
        self.zooms = self._choices(
            [(zoom, f"{zoom}%", zoom == theme.zoom) for zoom in looks.ZOOMS],
            lambda zoom: looks.choose(zoom=int(str(zoom))),
        )
        panel.body.addLayout(row(*self.zooms.values(), 1))
        panel.body.addSpacing(theme.px(16))
        panel.body.addWidget(label("样子：石桥村第2网格　张建国　138 0000 2210　随访逾期 3 天"))
        panel.body.addStretch(1)
        self.body.addWidget(panel)

    def _choices(
        self, choices: list[tuple[str | int, str, bool]], choose: Callable[[str | int], None]
    ) -> dict[str | int, QPushButton]:
        group = QButtonGroup(self)
        made: dict[str | int, QPushButton] = {}
        for key, title, is_on in choices:
            one = button(title, lambda key=key: choose(key), kind="chip")
            one.setCheckable(True)
            one.setChecked(is_on)
            group.addButton(one)
            made[key] = one
        return made


class SampleSection(Section):
    """The invented township: take it out in one step."""

    key, title, icon = "sample", "示例数据", "personnel"

    def __init__(self, page: Page) -> None:
        super().__init__(page)
        panel = Panel("示例数据")
        self.state = label("", wrap=True)
        panel.body.addWidget(self.state)
        self.remove_button = button("清除示例数据", self.remove, kind="danger", icon="delete")
        self.fill_button = button("放入示例乡镇", self.fill)
        panel.body.addSpacing(theme.px(8))
        panel.body.addLayout(row(self.remove_button, self.fill_button, 1))
        panel.body.addStretch(1)
        self.body.addWidget(panel)

    def refresh(self) -> None:
        """Say whether the sample is there."""
        present = sample.is_present(self.office)
        self.state.setText(
            "办公文件里有示例乡镇，人和事都是虚构的，供试用和练习。清除时只删示例里的记录，您自己登记的内容不受影响，清除后还可以撤销。"
            if present
            else "办公文件里没有示例数据。"
        )
        self.remove_button.setVisible(present)
        self.fill_button.setVisible(not present)

    def remove(self) -> None:
        """Take the sample out."""
        office = self.office
        if dialogs.guarded(self, lambda: sample.remove(office)):
            self.main.say("示例数据已清除", undo=True)
            self.refresh()

    def fill(self) -> None:
        """Put the sample in."""
        office = self.office
        if dialogs.guarded(self, lambda: sample.fill(office)):
            self.main.say("示例乡镇已放入", undo=True)
            self.refresh()
