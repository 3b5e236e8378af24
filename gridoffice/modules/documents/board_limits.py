"""The reminder about how many boards a village may hang, with the count of those it has (reference 10.2)."""

from __future__ import annotations

from sqlalchemy import func, select

from gridoffice.db.office import Office
from gridoffice.domain.grids import GridUnit, subtree
from gridoffice.domain.papers import IssuedPaper, PaperItem

MEANING = (
    "挂牌提醒：2022年《关于规范村级组织工作事务、机制牌子和证明事项的意见》要求村级少挂牌，只挂群众必须知道的；"
    "有的省限定门口、室内各不超过 4 块。组织架构、内部职责和制度类的牌子不上墙，这里也不提供。"
)


def count(office: Office, village_id: int) -> int:
    """How many different boards of a village and its grids stand in the register, those recalled left out."""
    wanted = (
        select(func.count(func.distinct(PaperItem.key)))
        .join(IssuedPaper, IssuedPaper.id == PaperItem.paper_id)
        .where(
            IssuedPaper.kind == "board",
            IssuedPaper.recalled_on.is_(None),
            PaperItem.replaced_by.is_(None),
            PaperItem.collected_on.is_(None),
            IssuedPaper.unit_id.in_(select(subtree(village_id).c.id)),
        )
    )
    with office.read() as session:
        return session.scalar(wanted) or 0


def note(office: Office, village: GridUnit) -> str:
    """The reminder before a board is issued."""
    number = count(office, village.id)
    told = f"{village.name}登记在册的公示牌有 {number} 块" if number else f"{village.name}还没有登记过公示牌"
    return f"{MEANING}{told}。"
