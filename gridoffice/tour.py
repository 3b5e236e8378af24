"""The tour: a scratch office, and a picture of every tab, form, dry run, slide and paper in one folder."""

from __future__ import annotations

import argparse
import contextlib
import csv
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication, QWidget

from gridoffice.cli.lists import listing as declared
from gridoffice.core.errors import OfficeError
from gridoffice.core.module import load
from gridoffice.db import store
from gridoffice.domain import sample, setup
from gridoffice.domain.grids import VILLAGE
from gridoffice.domain.listing import Query
from gridoffice.exchange import plan as importing
from gridoffice.papers import preview
from gridoffice.ui import theme as looks
from gridoffice.ui.screen import application
from gridoffice.ui.window import MainWindow

SIZE = (1366, 768)
LOOKS = (("light", 100), ("dark", 100), ("light", 150))
PAPER = "gridoffice.modules.documents.paper"
SETTLING = 40  # rounds of events before a picture is taken


def run(args: argparse.Namespace) -> int:
    """Make the tour in a folder; 0 when everything was made, 1 with a sentence otherwise."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    out: Path = args.out
    try:
        out.mkdir(parents=True, exist_ok=True)
        with _scratch() as folder:
            made = Tour(folder, out, args).all()
    except OfficeError as error:
        print(error.sentence, file=sys.stderr)
        return 1
    except OSError as error:
        print(f"写不进“{out}”：{error.strerror}。请换一个文件夹再试。", file=sys.stderr)
        return 1
    print(f"图片和文书在 {out.resolve()}：共 {len(made)} 个文件。")
    for file in made:
        print(f"  {file.relative_to(out)}")
    return 0


@contextmanager
def _scratch() -> Iterator[Path]:
    """A folder for an office, keys and settings that are gone afterwards; this machine's own are not touched."""
    before = os.environ.get("GRIDOFFICE_HOME")
    with tempfile.TemporaryDirectory() as name:
        os.environ["GRIDOFFICE_HOME"] = str(Path(name) / "home")
        try:
            yield Path(name)
        finally:
            if before is None:
                del os.environ["GRIDOFFICE_HOME"]
            else:
                os.environ["GRIDOFFICE_HOME"] = before


class Tour:
    """One tour: makes the office, then the pictures and papers."""

    def __init__(self, folder: Path, out: Path, args: argparse.Namespace) -> None:
        self.folder, self.out = folder, out
        self.source: Path | None = args.source
        self.made: list[Path] = []
        self.app = application()
        self.office = store.create(folder / "导览.office")
        self.office.on = args.on

    def all(self) -> list[Path]:
        """Everything; the files made, in order."""
        try:
            looks.apply(self.app, "light", 100)
            plan = self._fill()
            self._screens(plan)
            self._slides()
            self._papers()
        finally:
            self.office.close()
        return self.made

    # -- the office

    def _fill(self) -> importing.Plan:
        """Fill the office from files or with the sample; the dry run that is worth a picture."""
        if self.source is None:
            setup.prepare(self.office, name=sample.TOWN_NAME)
            sample.fill(self.office)
            return importing.plan(self.office, [self._small_file()])
        if not self.source.exists():
            raise OfficeError(f"没有“{self.source}”这个文件夹", do="请检查 --from 后面的位置")
        setup.prepare(self.office)
        paths = sorted(self.source.iterdir()) if self.source.is_dir() else [self.source]
        dry = importing.plan(self.office, paths)
        importing.run(self.office, paths)
        return dry

    def _small_file(self) -> Path:
        """An invented list of residents with the usual slips."""
        path = self.folder / "居民补登.csv"
        village = {"竹": "竹林村", "白": "白鹤村", "石": "石桥村"}
        people = (
            ("10001", "周小满", "户主", "女", "1980.3.5", date(1980, 3, 5), "13900001234", "竹", "第1网格", "2组8号"),
            ("", "李　明", "配偶", "男", "1979年8月1日", date(1979, 8, 1), "139 0000 1235", "竹", "第1网格", ""),
            ("10002", "王大山", "户主", "男", "1955-01-09", None, "13900001236", "白", "第2网格", "5组3号"),
            (
                "10003",
                "赵清泉",
                "户主",
                "女",
                "1990/12/12",
                date(1990, 12, 12),
                "13900001237",
                "白",
                "第3网格",
                "1组1号",
            ),
            ("10004", "陈月华", "户主", "女", "19660606", date(1966, 6, 6), "1390000123", "石", "第2网格", "3组6号"),
            ("10005", "孙长青", "户主", "男", "1972.7.7", date(1972, 7, 7), "13900001239", "石", "第9网恪", "9组9号"),
        )
        rows = [
            ("户编号", "姓名", "与户主关系", "性别", "出生日期", "公民身份号码", "联系电话", "所属网格", "家庭住址")
        ]
        for house, name, relation, sex, written, born, phone, where, grid, address in people:
            # One number is damaged as a spreadsheet damages it, one contradicts the sex beside it.
            serial = 51 if name == "赵清泉" else 42 if sex == "女" else 43
            number = sample.id_number(born, serial) if born else "4.1010219550109E+17"
            place = village[where]
            rows.append((house, name, relation, sex, written, number, phone, place + grid, place + address))
        with path.open("w", encoding="gb18030", newline="") as file:
            csv.writer(file).writerows(rows)
        return path

    # -- pictures

    def _screens(self, plan: importing.Plan) -> None:
        window = MainWindow(self.office)
        window.resize(*SIZE)
        window.show()
        try:
            for name, zoom in LOOKS:
                looks.apply(self.app, name, zoom)
                window.resize(*SIZE)
                self._tabs(window, "" if (name, zoom) == LOOKS[0] else f"-{name}-{zoom}")
            looks.apply(self.app, "light", 100)
            self._forms(window, plan)
        finally:
            window.close()
            window.deleteLater()
            self._settle()

    def _tabs(self, window: MainWindow, ending: str) -> None:
        for place, module in enumerate(window.modules, 1):
            page = window.show_tab(module.key)
            end = time.monotonic() + 20
            while not page.is_ready() and time.monotonic() < end:
                self._settle()
            self._grab(window, f"页面/{place:02d}-{module.title}{ending}")
        self._village(window, ending)

    def _village(self, window: MainWindow, ending: str) -> None:
        """The card of a single grid too: the tree opened, its worker at the right."""
        listing = declared("grids")
        ids = listing.ids(self.office, Query(self.office.today(), view="grids"))
        if ids:
            window.open("grids", record=ids[1 % len(ids)])
            self._grab(window, f"页面/02-网格-一个网格{ending}")

    def _forms(self, window: MainWindow, plan: importing.Plan) -> None:
        importer = load("gridoffice.modules.office.page_import:ImportDialog")(window, self.office, window.worker)
        importer.show()
        importer.show_plan(plan)
        self._grab(importer, "页面/21-导入-试导入")
        importer.close()
        listing = declared("followup")
        ids = listing.ids(self.office, Query(self.office.today(), view=listing.due_view))
        if ids:
            visit = load("gridoffice.modules.followup.page_visit:VisitDialog")(window, self.office, ids[0])
            self._dialog(visit, "页面/22-随访表")
        for module in window.modules:
            if module.tour:
                load(module.tour)(window, self._grab)
        places = declared("premises")
        ids = places.ids(self.office, Query(self.office.today()))
        if ids:
            check = load("gridoffice.modules.inspections.page_check:CheckDialog")(window, self.office, ids[0])
            self._dialog(check, "页面/23-消防检查表")

    def _dialog(self, dialog: QWidget, name: str) -> None:
        dialog.resize(1120, 720)  # as on a screen of 1366×768; in memory there is none to ask
        dialog.show()
        self._grab(dialog, name)
        dialog.close()
        dialog.deleteLater()

    def _grab(self, widget: QWidget, name: str) -> None:
        self._settle()
        path = self.out / f"{name}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        if not widget.grab().save(str(path)):
            raise OfficeError(f"图片“{path.name}”没有存成", do="请检查磁盘空间")
        self.made.append(path)

    def _settle(self) -> None:
        """Let what was asked be laid out, loaded (pages are drawn by a worker) and painted.

        Rounds count as well as time: on a busy machine a quarter of a second holds too few to lay out a long page.
        """
        end, rounds = time.monotonic() + 0.25, 0
        while time.monotonic() < end or rounds < SETTLING:
            rounds += 1
            QApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            time.sleep(0.005)

    # -- slides and papers

    def _slides(self) -> None:
        folder = self.out / "例会"
        folder.mkdir(exist_ok=True)
        self.made += load("gridoffice.modules.meeting.service:export")(self.office, self.office.today(), folder)

    def _papers(self) -> None:
        folder = self.out / "文书"
        folder.mkdir(exist_ok=True)
        for maker in load("gridoffice.modules.documents.recipe:makers")():
            with contextlib.suppress(OfficeError):  # a village without a map has none to print
                self._made_by(maker, folder / f"{maker.title.replace('/', '、')}.pdf")
        houses = declared("households").ids(self.office, Query(self.office.today()))[:2]
        if houses:
            issue = load("gridoffice.modules.residents.paper:issue")
            self._paper(folder / "一户一档.pdf", lambda path: issue(self.office, houses, path))
        listing = declared("cases")
        query = Query(self.office.today(), view=listing.due_view)
        make_list = load(f"{PAPER}:list_pdf")
        self._paper(folder / "名单-未办结事项.pdf", lambda path: make_list(self.office, listing, query, path))

    def _made_by(self, maker: Any, path: Path) -> None:
        """A paper of a maker, for the last village or its first grid where it asks for a unit."""
        asked = maker.defaults()
        units = load("gridoffice.modules.documents.service:villages")(self.office)
        for option in maker.options:
            if option.kind == "unit" and option.is_required and units:
                village = units[min(3, len(units) - 1)].id
                grids = load("gridoffice.modules.documents.service:grids_of")(self.office, village)
                asked[option.key] = village if VILLAGE in option.levels or not grids else grids[0].id
        self._paper(path, lambda out: load(f"{PAPER}:issue")(self.office, maker.name, asked, out))

    def _paper(self, path: Path, make: Callable[[Path], Any]) -> None:
        make(path)
        self.made.append(path)
        for page in range(min(len(preview.sizes(path)), 5)):
            picture = path.with_name(f"{path.stem}-{page + 1}.png")
            self._page(path, page, picture)

    def _page(self, path: Path, page: int, out: Path) -> None:
        """A page of a paper as a picture."""
        drawn = preview.picture(path, page, 1000)
        pixels = QImage(drawn.pixels, drawn.width, drawn.height, drawn.stride, QImage.Format.Format_RGB32)
        pixels.save(str(out))
        self.made.append(out)
