"""名册打印: any list as a table; 恢复单: the key of the office's file."""

from __future__ import annotations

from datetime import datetime

from gridoffice.core.errors import OfficeError
from gridoffice.core.module import load, modules
from gridoffice.db import keys
from gridoffice.db.office import Office
from gridoffice.domain.listing import Listing, Query, word_of
from gridoffice.modules.documents import naming
from gridoffice.modules.documents.recipe import Maker, Option, Options, Prepared
from gridoffice.papers.views import TableColumn, TableView


def listings() -> dict[str, Listing]:
    """Every list of every module by its key."""
    return {one.key: one for module in modules() if module.listings for one in load(module.listings)}


def prepare(office: Office, options: Options) -> Prepared:
    """A list in one of its views."""
    known = listings()
    listing = known.get(str(options.get("list") or next(iter(known))))
    if listing is None:
        raise OfficeError("没有这张名单了", do="请另选一张")
    view = options.get("view")
    return of(office, listing, Query(office.today(), view=str(listing.main_view if view is None else view)))


def of(office: Office, listing: Listing, query: Query) -> Prepared:
    """Any list as it is filtered and sorted, masked as on the screen."""
    from gridoffice.papers import table

    name = naming.office_name(office)
    ids = listing.ids(office, query)
    if not ids:
        raise OfficeError(f"“{listing.title}”里没有符合的记录，没有可印的内容", do="请换一个筛选条件")
    cells = listing.rows(office, ids, query.on)
    seen = listing.places(query)
    rows = tuple(tuple(word_of(listing.columns[place], cells[one][place]) for place in seen) for one in ids)
    view = next((one.title for one in listing.views if one.key == query.view and one.key), "")
    view = "" if view == listing.title else view
    title = f"{name}{listing.paper or listing.title}{f'（{view}）' if view else ''}"
    shown = [listing.columns[place] for place in seen]
    columns = tuple(TableColumn(column.title, column.width, column.align) for column in shown)

    def draw(number: str) -> bytes:
        about = f"{query.on.isoformat()}　共 {len(ids):,} 条　编号 {number}"
        return table.draw(TableView(title, about, columns, rows, kept_inside(office)))

    return Prepared(title, draw)


def kept_inside(office: Office) -> str:
    """The foot of an internal paper: that it stays inside, who printed it and when."""
    return f"仅供工作使用，注意保管 · 制表 {office.user} {datetime.now():%Y-%m-%d %H:%M}"


def prepare_recovery(office: Office, _options: Options) -> Prepared:
    """The recovery sheet: the file's key as 24 characters and a QR code; raises OfficeError on PostgreSQL."""
    from gridoffice.papers import recovery

    if office.path is None:
        raise OfficeError("PostgreSQL 数据库没有恢复单", do="请按服务器的办法备份")
    name, file = naming.office_name(office), office.path.name

    def draw(_number: str) -> bytes:
        words = keys.to_words(office.key)
        return recovery.draw(name, office.today(), words, office.key.hex(), file)

    return Prepared(f"{name}恢复单", draw)


MAKERS = (
    Maker(
        kind="list",
        title="名册打印",
        group="内部",
        icon="print",
        about="任何一张名单，按选定的范围印成表格。",
        prepare=prepare,
        options=(Option("list", "名单", "list"), Option("view", "范围", "view")),
        order=80,
    ),
    Maker(
        kind="recovery",
        title="恢复单",
        group="内部",
        icon="sign",
        about="办公文件的钥匙：24 个字和二维码。打印后锁好，再删掉文件。",
        prepare=prepare_recovery,
        is_secret=True,
        order=90,
    ),
)
