"""The lists of the register: papers that were issued, and their copies with those who have them or where they hang."""

from __future__ import annotations

from datetime import date

from sqlalchemy import and_, case, exists, func, or_, select

from gridoffice.domain.grids import GridUnit, line_above, subtree
from gridoffice.domain.listing import Column, Condition, Listing, View, chosen
from gridoffice.domain.paper_copies import PaperCopy, is_old, is_out
from gridoffice.domain.papers import KINDS, PUBLIC, IssuedPaper, PaperItem

IN_USE, TO_RETURN, VOID, REPLACED = "in_use", "to_return", "void", "replaced"
STATES = {
    IN_USE: "done|在用",
    TO_RETURN: "soon|待收回",
    VOID: "quiet|已作废",
    REPLACED: "quiet|已换新",
}
OUT, BACK, OLD = "out", "back", "old"
COPY_STATES = {OUT: "done|在用", OLD: "soon|待收回", BACK: "quiet|已收回"}


def _kind(value: str, _on: date) -> str:
    return KINDS[value].title if value in KINDS else value


def _signed(value: bool, _on: date) -> str:
    return "done|已签章" if value else "quiet|不签章"


def _state(value: str, _on: date) -> str:
    return STATES.get(value, "")


def _copy_state(value: str, _on: date) -> str:
    return COPY_STATES.get(value, "")


def _shows(unit_id: int) -> Condition:
    """Papers on which a unit stands: its own and those under it, the public ones of units above and of the office."""
    own = IssuedPaper.unit_id.in_(select(subtree(unit_id).c.id))
    above = or_(IssuedPaper.unit_id.is_(None), IssuedPaper.unit_id.in_(select(line_above(unit_id).c.id)))
    return or_(own, and_(IssuedPaper.kind.in_(PUBLIC), above))


def _old_part() -> Condition:
    """A part that is no longer to be used and was not taken back."""
    return exists().where(
        PaperItem.paper_id == IssuedPaper.id,
        PaperItem.collected_on.is_(None),
        or_(IssuedPaper.recalled_on.is_not(None), PaperItem.replaced_by.is_not(None)),
    )


def _old_copy() -> Condition:
    """A copy out there whose paper or part is no longer to be used."""
    return exists().where(PaperCopy.paper_id == IssuedPaper.id, is_out(), is_old())


def to_return() -> Condition:
    """Papers of which old ones are still out."""
    return or_(_old_part(), _old_copy())


def hung() -> Condition:
    """Papers that hang on a wall."""
    return exists().where(PaperCopy.paper_id == IssuedPaper.id, PaperCopy.place != "", PaperCopy.returned_on.is_(None))


def in_use() -> Condition:
    """Papers that are neither recalled nor wholly replaced."""
    return and_(IssuedPaper.recalled_on.is_(None), IssuedPaper.is_replaced.is_(False))


_standing = case(
    (to_return(), TO_RETURN),
    (IssuedPaper.recalled_on.is_not(None), VOID),
    (IssuedPaper.is_replaced.is_(True), REPLACED),
    else_=IN_USE,
)
_out = (
    select(func.coalesce(func.sum(PaperCopy.copies), 0))
    .where(PaperCopy.paper_id == IssuedPaper.id, PaperCopy.returned_on.is_(None))
    .correlate(IssuedPaper)
    .scalar_subquery()
)

PAPERS = Listing(
    key="papers",
    title="文书登记",
    base=chosen(IssuedPaper),
    id=IssuedPaper.id,
    columns=(
        Column("number", "编号", IssuedPaper.number, width=120),
        Column("kind", "种类", IssuedPaper.kind, width=90, show=_kind),
        Column("title", "名称", IssuedPaper.title, width=230),
        Column("state", "状态", _standing, width=95, kind="state", show=_state),
        Column("out", "在外份数", _out, width=75, kind="number"),
        Column("edition", "第几版", IssuedPaper.edition, width=65, kind="number"),
        Column("made_on", "制作日期", IssuedPaper.made_on, width=105, kind="date"),
        Column("made_by", "制作人", IssuedPaper.made_by, width=80),
        Column("pages", "页数", IssuedPaper.pages, width=60, kind="number", is_extra=True),
        Column("is_signed", "签章", IssuedPaper.is_signed, width=100, kind="state", show=_signed, is_extra=True),
        Column("reason", "作废原因", IssuedPaper.recall_reason, width=160, is_extra=True),
        Column(
            "sha256", "文件指纹", IssuedPaper.sha256, width=120, show=lambda value, _on: str(value)[:12], is_extra=True
        ),
    ),
    views=(
        View("", "全部"),
        View("in_use", "在用", lambda _on: in_use()),
        View("to_return", "待收回", lambda _on: to_return()),
        View("void", "已作废", lambda _on: IssuedPaper.recalled_on.is_not(None)),
        View("hung", "挂在墙上", lambda _on: hung()),
        View("signed", "已签章", lambda _on: IssuedPaper.is_signed.is_(True)),
    ),
    filters={"unit": _shows, "kind": lambda kind: IssuedPaper.kind == kind},
    names=(IssuedPaper.title, IssuedPaper.number),
    codes=(IssuedPaper.sha256,),
    order=(IssuedPaper.id.desc(),),
    tables=frozenset(["issued_paper", "paper_item", "paper_copy"]),
    module="documents",
)
"""Papers that were issued, the newest first."""

COPIES = Listing(
    key="paper_copies",
    title="发放和悬挂",
    base=select(PaperCopy.id)
    .select_from(PaperCopy)
    .join(IssuedPaper, IssuedPaper.id == PaperCopy.paper_id)
    .outerjoin(GridUnit, GridUnit.id == PaperCopy.unit_id),
    id=PaperCopy.id,
    columns=(
        Column("receiver", "领用人", PaperCopy.receiver, width=90),
        Column("place", "挂在哪里", PaperCopy.place, width=150),
        Column("unit", "网格", GridUnit.name, width=120),
        Column("kind", "种类", IssuedPaper.kind, width=90, show=_kind),
        Column(
            "title",
            "文书",
            case((PaperCopy.item_title != "", PaperCopy.item_title), else_=IssuedPaper.title),
            width=180,
        ),
        Column("number", "编号", IssuedPaper.number, width=115),
        Column("copies", "份数", PaperCopy.copies, width=55, kind="number"),
        Column("given_on", "发放日期", PaperCopy.given_on, width=105, kind="date"),
        Column("signed_on", "签收日期", PaperCopy.signed_on, width=105, kind="date"),
        Column(
            "state",
            "状态",
            case((PaperCopy.returned_on.is_not(None), BACK), (is_old(), OLD), else_=OUT),
            width=95,
            kind="state",
            show=_copy_state,
        ),
        Column("returned_on", "收回日期", PaperCopy.returned_on, width=105, kind="date", is_extra=True),
        Column("note", "备注", PaperCopy.note, width=140, is_extra=True),
    ),
    views=(
        View("out", "在外", lambda _on: is_out()),
        View("old", "待收回", lambda _on: and_(is_out(), is_old())),
        View("hung", "挂在墙上", lambda _on: and_(is_out(), PaperCopy.place != "")),
        View("unsigned", "未签收", lambda _on: and_(is_out(), PaperCopy.signed_on.is_(None), PaperCopy.place == "")),
        View("", "全部"),
    ),
    filters={
        "unit": lambda unit_id: PaperCopy.unit_id.in_(select(subtree(unit_id).c.id)),
        "paper": lambda paper_id: PaperCopy.paper_id == paper_id,
        "staff": lambda staff_id: PaperCopy.staff_id == staff_id,
        "kind": lambda kind: IssuedPaper.kind == kind,
    },
    names=(PaperCopy.receiver, PaperCopy.place, IssuedPaper.title, IssuedPaper.number, PaperCopy.item_title),
    order=(PaperCopy.given_on.desc(), PaperCopy.id.desc()),
    main_view="out",
    tables=frozenset(["issued_paper", "paper_item", "paper_copy", "grid_unit"]),
    module="documents",
)
"""Who has which paper and where it hangs, the newest first."""
