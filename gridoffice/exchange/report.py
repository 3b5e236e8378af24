"""What an import found: counts, problems, differences and notices of each sheet, and the report made of them."""

from dataclasses import dataclass, field
from typing import Any

NEW, CHANGED, SAME = "new", "changed", "same"

PROBLEMS = {
    "name_missing": "缺姓名",
    "id_number_damaged": "身份证号码损坏",
    "id_checksum": "身份证号码校验不符",
    "duplicate_id": "身份证号码重复",
    "sex_differs_from_id": "性别与身份证不符",
    "phone_length": "电话号码不对",
    "unknown_grid": "网格不存在",
    "birth_differs_from_id": "出生日期与身份证不符",
    "date_invalid": "日期不对",
    "value_invalid": "内容不对",
    "unknown_premises": "场所不存在",
    "duplicate_number": "编号重复",
    "credit_code": "统一社会信用代码不对",
    "patients_not_in_ledger_after_import": "居民台账中没有此人（已登记）",
    "worker_unknown": "人员名册中没有此人（已登记）",
    "label_not_kept": "按规定不登记的内容（未写入）",
}
"""Kinds of problems with their titles, in the order in which they are looked for."""

NOTICES = frozenset(["patients_not_in_ledger_after_import", "worker_unknown", "label_not_kept"])
"""Kinds that tell something about a row that is written all the same."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One cell that is wrong, or one thing worth telling: sheet row, heading, value, Chinese reason."""

    kind: str
    row: int
    column: str
    value: str
    reason: str

    @property
    def is_notice(self) -> bool:
        """True when the row is written all the same."""
        return self.kind in NOTICES

    @property
    def title(self) -> str:
        """The kind in Chinese."""
        return PROBLEMS.get(self.kind, self.kind)


@dataclass(frozen=True, slots=True)
class Difference:
    """One value the import would change: what, which field, from, to."""

    row: int
    who: str
    field: str
    old: str
    new: str


@dataclass(slots=True)
class SheetResult:
    """What one recognised sheet brings."""

    file: str
    sheet: str
    kind: str
    title: str
    new: int = 0
    changed: int = 0
    same: int = 0
    repaired: int = 0
    wrong: int = 0
    problems: list[Problem] = field(default_factory=list)
    differences: list[Difference] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    extra: dict[str, int] = field(default_factory=dict)
    columns: list[tuple[str, str]] = field(default_factory=list)
    states: dict[int, str] = field(default_factory=dict)

    def count(self, row: int, state: str, *, repaired: bool = False) -> None:
        """Count a good row as new, changed or same, and perhaps as repaired."""
        if state == NEW:
            self.new += 1
        elif state == CHANGED:
            self.changed += 1
        else:
            self.same += 1
        self.states[row] = state
        if repaired:
            self.repaired += 1

    def refuse(self, row: int, kind: str, column: str, value: str, reason: str) -> None:
        """Count a wrong row and remember why; it is not written."""
        self.wrong += 1
        self.states[row] = "wrong"
        self.problems.append(Problem(kind, row, column, value, reason))

    def tell(self, row: int, kind: str, column: str, value: str, reason: str) -> None:
        """Remember something about a row that is written all the same."""
        self.problems.append(Problem(kind, row, column, value, reason))

    def add(self, what: str, number: int = 1) -> None:
        """Count something made beside the sheet's own rows, for instance households."""
        self.extra[what] = self.extra.get(what, 0) + number

    @property
    def rows(self) -> int:
        """How many data rows the sheet has."""
        return self.new + self.changed + self.same + self.wrong

    def by_kind(self) -> dict[str, list[int]]:
        """Row numbers of each kind of problem, in the order of PROBLEMS."""
        order = list(PROBLEMS)
        kinds = sorted({problem.kind for problem in self.problems}, key=order.index)
        return {kind: sorted(p.row for p in self.problems if p.kind == kind) for kind in kinds}

    def as_dict(self) -> dict[str, Any]:
        """The sheet's part of the report."""
        return {
            "file": self.file,
            "sheet": self.sheet,
            "kind": self.kind,
            "new": self.new,
            "changed": self.changed,
            "same": self.same,
            "repaired": self.repaired,
            "wrong": self.wrong,
            "problems": self.by_kind(),
            "rows": self.rows,
            **self.extra,
            "details": [
                {"kind": p.kind, "row": p.row, "column": p.column, "value": p.value, "reason": p.reason}
                for p in self.problems
            ],
            "notices": self.notices,
        }


@dataclass(slots=True)
class PhotoResult:
    """Which photos found their person."""

    matched: int = 0
    same: int = 0
    unmatched: list[str] = field(default_factory=list)
    refused: list[str] = field(default_factory=list)

    def as_dict(self) -> dict[str, Any]:
        """The photos' part of the report."""
        return {
            "matched": self.matched,
            "same": self.same,
            "unmatched": self.unmatched,
            "refused": self.refused,
        }


@dataclass(frozen=True, slots=True)
class Skipped:
    """A file or sheet that was not taken in, and why."""

    file: str
    sheet: str
    reason: str
