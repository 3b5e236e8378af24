"""工作手册: the work handbook of the office or of one village."""

from __future__ import annotations

from dataclasses import replace

from gridoffice.db.office import Office
from gridoffice.domain.grids import VILLAGE
from gridoffice.modules.documents import naming, public, roll, texts
from gridoffice.modules.documents.recipe import Item, Maker, Option, Options, Prepared

LOG_PAGES = (0, 6, 12, 24, 36, 52, 104)


def prepare(office: Office, options: Options) -> Prepared:
    """The work handbook of the whole office or of one village, with `log_pages` blank log pages."""
    from gridoffice.papers import handbook

    naming.office_name(office)
    found = roll.read(office, photos=False)
    place = naming.unit_of(found, options.get("unit"))
    pages = int(options.get("log_pages", 12))
    view = public.handbook(found, texts.load(), "", office.today(), village=place, log_pages=pages)
    key = f"unit:{place.id}" if place else "office"
    told = public.gaps(public.working(found, place.id if place else None), photos=False)
    return Prepared(
        view.title,
        lambda number: handbook.draw(replace(view, number=number)),
        (Item(key, view.title, view),),
        told,
        place.id if place else None,
    )


MAKERS = (
    Maker(
        kind="handbook",
        title="工作手册",
        group="手册",
        icon="documents",
        about="A5，目录、网格、职责、AB岗、通讯录和日志页，带签章。",
        prepare=prepare,
        options=(
            Option("unit", "范围", "unit", levels=(VILLAGE,)),
            Option(
                "log_pages",
                "空白日志页",
                "choice",
                choices=tuple((number, f"{number} 页" if number else "不要") for number in LOG_PAGES),
                default=12,
            ),
        ),
        is_tracked=True,
        order=20,
    ),
)
