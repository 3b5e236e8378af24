"""What the members of a household are to another head: proposed from what they were to the old one."""

from __future__ import annotations

from collections.abc import Sequence

from gridoffice.domain.identity import FEMALE
from gridoffice.modules.residents.households import HEAD, Member

CHILDREN, PARENTS = ("子", "女"), ("父亲", "母亲")
OTHER = "其他亲属"

# What somebody is to the new head, by what the new head was to the old one (first) and what somebody was (second).
# "child", "parent" and "inlaw" are put into words by sex; what stands in no table is 其他亲属.
_TABLE: dict[str, dict[str, str]] = {
    "配偶": {HEAD: "配偶", "子": "child", "女": "child", "儿媳": "儿媳", "女婿": "女婿", "孙子女": "孙子女",
             "外孙子女": "外孙子女"},
    "child": {HEAD: "parent", "配偶": "parent", "子": "兄弟姐妹", "女": "兄弟姐妹", "父亲": "祖父母", "母亲": "祖父母"},
    "parent": {HEAD: "child", "配偶": "inlaw", "子": "孙子女", "女": "孙子女", "父亲": "配偶", "母亲": "配偶",
               "兄弟姐妹": "child"},
    "兄弟姐妹": {HEAD: "兄弟姐妹", "兄弟姐妹": "兄弟姐妹", "父亲": "父亲", "母亲": "母亲", "祖父母": "祖父母"},
}  # fmt: skip
_INLAWS = {"儿媳": ("子", "孙子女", "公婆"), "女婿": ("女", "外孙子女", "岳父母")}


def _by_sex(word: str, sex: str) -> str:
    woman = sex == FEMALE
    pairs = {"child": ("子", "女"), "parent": ("父亲", "母亲"), "inlaw": ("女婿", "儿媳")}
    return pairs[word][woman] if word in pairs else word


def proposed(members: Sequence[Member], head_id: int) -> dict[int, str]:
    """The relation of each member (by id) to the new head; a proposal that the clerk looks over."""
    head = next(one for one in members if one.id == head_id)
    return {one.id: HEAD if one.id == head_id else _to(head, one, members) for one in members}


def joining(relation: str, one: Member) -> str:
    """What a member of a household that joins another is to its head: by what their own old head is to that head."""
    if "非亲属" in (one.relation, relation):
        return "非亲属"
    if relation in PARENTS:
        told = {"配偶": "父亲" if relation == "母亲" else "母亲", "子": "兄弟姐妹", "女": "兄弟姐妹"}
        return told.get(one.relation, OTHER)
    below = {"子": ("儿媳", "孙子女"), "女": ("女婿", "外孙子女")}.get(relation)
    if below is not None:
        return below[0] if one.relation == "配偶" else below[1] if one.relation in CHILDREN else OTHER
    return one.relation if relation == "配偶" and one.relation in CHILDREN else OTHER


def _to(head: Member, one: Member, members: Sequence[Member]) -> str:
    was = one.relation
    if was == "非亲属" or head.relation == "非亲属":
        return "非亲属"
    if head.relation in (HEAD, ""):
        return was
    if head.relation in _INLAWS:
        return _to_inlaw(head, one, members)
    kind = "child" if head.relation in CHILDREN else "parent" if head.relation in PARENTS else head.relation
    if kind == "child" and was in ("儿媳", "女婿", "孙子女", "外孙子女"):
        return _below_child(head, one, members)
    return _by_sex(_TABLE.get(kind, {}).get(was, OTHER), one.sex)


def _below_child(head: Member, one: Member, members: Sequence[Member]) -> str:
    """Wife, husband and children of a child: only where the household has no other child they could belong to."""
    mine = ("女婿", "外孙子女") if head.relation == "女" else ("儿媳", "孙子女")
    if one.relation not in mine or sum(other.relation == head.relation for other in members) > 1:
        return OTHER
    return "配偶" if one.relation == mine[0] else _by_sex("child", one.sex)


def _to_inlaw(head: Member, one: Member, members: Sequence[Member]) -> str:
    spouse, children, parents = _INLAWS[head.relation]
    if one.relation in (HEAD, "配偶"):
        return parents
    is_only = sum(other.relation == spouse for other in members) == 1
    if one.relation == spouse and is_only:
        return "配偶"
    return _by_sex("child", one.sex) if one.relation == children and is_only else OTHER
