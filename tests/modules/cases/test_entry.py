"""Taking a case in: the same problem offered, last values kept, photos at once, numbers hidden."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from gridoffice.modules.cases import service
from gridoffice.modules.cases.details import details
from gridoffice.ui import dialogs
from gridoffice.ui.window import MainWindow
from tests.modules.cases.hands import opened, texts
from tests.press import meanwhile, press


def test_the_same_problem_is_offered_while_typing(window: MainWindow, case: int) -> None:
    page, office = opened(window), window.office
    entry = service.view(office, case).entry
    said: list[str] = []

    def fill(dialog: Any) -> None:
        dialog.form.inputs["title"].put("三组出租房楼道又堆杂物")
        dialog.form.inputs["unit_id"].put(entry.unit_id)
        dialog.form.inputs["category"].put("消防隐患")
        dialog.form.inputs["reporter"].put("孙师傅")
        dialog.look()
        said.append(texts(dialog))
        press(dialog, "并入")

    failed = meanwhile(fill)
    press(page, "登记事项")
    assert failed == []
    assert "同一件事？" in said[0] and "2026-0001" in said[0]
    assert page.whole.isVisible() and "再次反映：三组出租房楼道又堆杂物" in texts(page.whole)
    assert len(page.list.model.ids) == 1


def test_the_next_entry_starts_with_the_last_values(window: MainWindow, case: int) -> None:
    page = opened(window)
    seen: list[Any] = []

    def fill(dialog: Any) -> None:
        seen.append(dialog.form.inputs["category"].value())
        dialog.form.inputs["title"].put("井盖破损")
        dialog.form.inputs["category"].put("市政设施")
        dialog.form.inputs["subcategory"].put("井盖")
        press(dialog, "保存")

    for _ in range(2):
        failed = meanwhile(fill)
        press(page, "登记事项")
        assert failed == []
    assert seen == ["其他", "市政设施"]
    assert service.view(window.office, page.list.current() or 0).entry.subcategory == "井盖"


def test_photos_come_in_with_a_new_case(
    window: MainWindow, case: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = opened(window)
    file = tmp_path / "井盖.png"
    Image.new("RGB", (80, 60), "teal").save(file)
    monkeypatch.setattr(dialogs, "open_files", lambda *_asked: [file])

    def fill(dialog: Any) -> None:
        dialog.form.inputs["title"].put("井盖破损")
        press(dialog, "加照片…")
        assert dialog.photo_button.text() == "照片 1 张，再加…"
        press(dialog, "保存")

    failed = meanwhile(fill)
    press(page, "登记事项")
    assert failed == []
    made = details(window.office, page.list.current() or 0)
    assert made is not None and [shows for _number, shows in made.photos] == ["before"]
    assert [one.title for one in made.story] == ["登记事项", "添加照片"]


def test_the_reporters_number_is_hidden_in_the_form(window: MainWindow, case: int) -> None:
    page, office = opened(window), window.office
    entry = service.view(office, case).entry
    service.change(office, case, replace(entry, reporter_phone="13912345678"))
    seen: list[str] = []

    def look(dialog: Any) -> None:
        made = dialog.form.inputs["reporter_phone"]
        seen.extend((made.inner.text(), made.value()))
        press(dialog, "取消")

    failed = meanwhile(look)
    press(page.case, "修改")
    assert failed == []
    assert "13912345678" not in seen[0] and seen[1] == "13912345678"
    assert "139****5678" in texts(page.case) and "13912345678" not in texts(page.case)
