"""Three invented townships whose offices keep their lists in three quite different ways."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import xlsxwriter

from gridoffice.domain.identity import id_check_character

AREA = "990103"  # no such county
Rows = list[list[Any]]


def id_number(birth: str, order: int, area: str = AREA) -> str:
    """A valid, invented ID number; an odd order is a man's."""
    first = f"{area}{birth}{order:03d}"
    return first + id_check_character(first)


def phone(number: int) -> str:
    """An invented mobile number of a range that is not given out."""
    return f"1410000{number:04d}"


def book(path: Path, sheets: dict[str, Rows], merges: dict[str, list[tuple[int, int, int, int]]] | None = None) -> Path:
    """Write an xlsx; dates and times become spreadsheet dates, merges are (first row, column, last row, column)."""
    with xlsxwriter.Workbook(str(path)) as workbook:
        day = workbook.add_format({"num_format": "yyyy-mm-dd"})
        clock = workbook.add_format({"num_format": "hh:mm"})
        for name, rows in sheets.items():
            sheet = workbook.add_worksheet(name)
            for row, cells in enumerate(rows):
                for column, cell in enumerate(cells):
                    _put(sheet, row, column, cell, day, clock)
            for first_row, first_column, last_row, last_column in (merges or {}).get(name, []):
                sheet.merge_range(first_row, first_column, last_row, last_column, "")
                _put(sheet, first_row, first_column, rows[first_row][first_column], day, clock)
    return path


def _put(sheet: Any, row: int, column: int, cell: Any, day: Any, clock: Any) -> None:
    if isinstance(cell, str):
        sheet.write_string(row, column, cell)
    elif isinstance(cell, datetime | date):
        sheet.write_datetime(row, column, cell, day)
    elif isinstance(cell, time):
        sheet.write_datetime(row, column, cell, clock)
    elif cell is not None:
        sheet.write_number(row, column, cell)


def text_table(path: Path, rows: Rows, encoding: str, delimiter: str = ",") -> Path:
    """Write a csv in an encoding and with a delimiter."""
    out = io.StringIO()
    csv.writer(out, delimiter=delimiter, lineterminator="\r\n").writerows(rows)
    path.write_bytes(out.getvalue().encode(encoding))
    return path


@dataclass
class Township:
    """The files of an office and what a right import finds in them."""

    paths: list[Path] = field(default_factory=list)
    new: dict[str, int] = field(default_factory=dict)
    problems: dict[str, dict[str, list[int]]] = field(default_factory=dict)
    households: int = 0


def plain(folder: Path) -> Township:
    """白石乡: one heading line, no titles, villages on every row, short grid names, csv files of three kinds."""
    town = Township()
    grids: Rows = [
        [
            "序号",
            "行政村",
            "网格长",
            "联系方式",
            "网格编号",
            "网格名称",
            "覆盖范围",
            "总户数",
            "总人口",
            "党员人数",
            "辖区单位数",
        ]
    ]
    staff: Rows = [
        [
            "姓名",
            "性别",
            "证件号码",
            "移动电话",
            "所在村",
            "责任网格",
            "职务",
            "专兼职",
            "文化程度",
            "入职日期",
            "主备岗",
        ]
    ]
    order = 0
    for v, village in enumerate(("白石村", "青龙村")):
        for g in range(1, 4):
            order += 1
            code = f"99010320120{v}{g:02d}"
            head, number = ("石秀云", phone(1)) if v == 0 else ("龙大海", phone(2))
            grids.append([order, village, head, number, code, f"第{'一二三'[g - 1]}网格", f"{g}社", 80 + g, 240, 6, 2])
            name = "赵钱孙李周吴"[order - 1] + "小明"
            person = id_number(f"198{order}0101", 11)
            grid = f"第{'一二三'[g - 1]}网格"
            staff.append(
                [name, "男", person, phone(100 + order), village, grid, "网格员", "专职", "大专", "2021/3/5", "主岗"]
            )
    staff.append(
        [
            "郑小红",
            "女",
            id_number("19900909", 22),
            phone(120),
            "白石村",
            "第一网格",
            "网格员",
            "兼职",
            "高中",
            "2022/1/1",
            "备岗",
        ]
    )
    book_rows: Rows = [
        ["户号", "居民姓名", "称谓", "性别", "生日", "居民身份证", "手机号码", "村名", "责任网格", "现住址", "标签"]
    ]
    problems: dict[str, list[int]] = {}
    people = _people(30)
    for n, (name, sex, birth, person) in enumerate(people):
        first = n % 3 == 0
        row: list[Any] = [
            f"B{n // 3 + 1:03d}",
            name,
            "户主" if first else "配偶" if n % 3 == 1 else "子",
            sex,
            f"{birth[:4]}-{birth[4:6]}-{birth[6:]}",
            person,
            phone(200 + n),
            "白石村" if n < 15 else "青龙村",
            "第二网格",
            f"{n // 3 + 1}社{n}号" if first else "",
            "",
        ]
        book_rows.append(row)
    book_rows[3][1] = ""  # sheet row 4
    book_rows[6][5] = "9.90103E+17"  # sheet row 7
    book_rows[9][5] = _spoilt(str(book_rows[9][5]))  # 10
    book_rows[12][5] = book_rows[11][5]  # 13
    book_rows[15][3] = "女" if book_rows[15][3] == "男" else "男"  # 16
    book_rows[18][6] = "141000"  # 19
    book_rows[21][8] = "第九网格"  # 22
    book_rows[24][1] = "王　二"  # 25: repaired
    book_rows[27][10] = "党员、信访户"  # 28: a label that is not kept
    problems = {
        "name_missing": [4],
        "id_number_damaged": [7],
        "id_checksum": [10],
        "duplicate_id": [13],
        "sex_differs_from_id": [16],
        "phone_length": [19],
        "unknown_grid": [22],
        "label_not_kept": [28],
    }
    town.paths = [
        text_table(folder / "c居民.csv", book_rows, "utf-8-sig"),
        text_table(folder / "b人员.csv", staff, "utf-8", ";"),
        book(folder / "a汇总.xlsx", {"Sheet1": grids, "Sheet2": [["", ""]]}),
    ]
    town.new = {"grids": 6, "staff": 7, "residents": 23}
    town.problems = {"residents": problems}
    town.households = 10
    return town


def _people(count: int) -> list[tuple[str, str, str, str]]:
    made: list[tuple[str, str, str, str]] = []
    for n in range(count):
        sex = "男" if n % 2 else "女"
        birth = f"{1950 + n}0{n % 9 + 1}1{n % 10}"
        name = "陈林黄何郭马罗高"[n % 8] + "春夏秋冬安宁"[n % 6] + "山水田土禾木"[n % 5]
        made.append((name, sex, birth, id_number(birth, 100 + n if (100 + n) % 2 == n % 2 else 101 + n)))
    return made


def _spoilt(number: str) -> str:
    return number[:-1] + ("0" if number[-1] != "0" else "1")


def layered(folder: Path) -> Township:
    """沙河街道: titles, headings of two levels, merged cells, sums, notes, repeated headings, a sheet each village."""
    town = Township()
    grids: Rows = [
        ["沙河街道社区网格一览", *[""] * 8],
        ["制表：综治中心", *[""] * 8],
        ["社区", "网格", "", "社区网格长", "", "规模", "", "", ""],
        ["", "名称", "代码", "姓名", "手机", "户数（户）", "人数", "其中：党员", "驻格单位"],
    ]
    for c, village in enumerate(("幸福社区", "阳光社区")):
        for g in range(1, 4):
            row: list[Any] = [village if g == 1 else "", f"{village}{g}号网格", f"SH{c}{g}"]
            grids.append([*row, f"社长{'甲乙'[c]}" if g == 1 else "", phone(c) if g == 1 else "", 100.0, "300人", 9, 1])
        grids.append(["小计", "3个", "", "", "", 300.0, 900, 27, 3])
    grids.append(["合计", "6个", "", "", "", 600.0, 1800, 54, 6])
    grids.append(["注：数据截至2026年10月底，由各社区报送，如有变化请及时更新。", *[""] * 8])
    merges = [(0, 0, 0, 8), (2, 0, 3, 0), (2, 1, 2, 2), (2, 3, 2, 4), (2, 5, 2, 8), (4, 0, 6, 0), (4, 3, 6, 3)]
    merges += [(4, 4, 6, 4), (8, 0, 10, 0), (8, 3, 10, 3), (8, 4, 10, 4)]
    people = _people(24)
    sheets: dict[str, Rows] = {}
    spans: dict[str, list[tuple[int, int, int, int]]] = {}
    for c, village in enumerate(("幸福社区", "阳光社区")):
        rows: Rows = [
            [f"{village}住户信息表", *[""] * 9],
            ["户信息", "", "成员信息", "", "", "", "", "", "所在网格", "备注"],
            ["户主", "家庭地址", "姓名", "与户主的关系", "性别", "出生年月", "身份证号", "电话", "", ""],
        ]
        spans[village] = [(1, 0, 1, 1), (1, 2, 1, 7), (1, 8, 2, 8), (1, 9, 2, 9)]
        for n, (name, sex, birth, person) in enumerate(people[c * 12 : c * 12 + 12]):
            if n == 6:
                rows.append(list(rows[2]))
            is_head = n % 3 == 0
            if is_head:
                top = len(rows)
                spans[village] += [(top, 0, top + 2, 0), (top, 1, top + 2, 1)]
            rows.append(
                [
                    name if is_head else "",
                    f"幸福路{n}号" if is_head else "",
                    name,
                    "本人" if is_head else "女儿",
                    sex,
                    f"{birth[:4]}年{int(birth[4:6])}月",
                    " ".join((person[:6], person[6:14], person[14:])),
                    float(phone(n)) if n % 2 else phone(n),
                    f"{village}{n % 3 + 1}号网格",
                    "",
                ]
            )
        rows.append(["本页合计", "", "12人", "", "", "", "", "", "", ""])
        sheets[village] = rows
    town.paths = [
        book(folder / "网格.xlsx", {"一览": grids}, {"一览": merges}),
        book(folder / "住户.xlsx", sheets, spans),
    ]
    town.new = {"grids": 6, "residents": 24}
    town.households = 8
    return town


def worded(folder: Path) -> Township:
    """红岩镇: other columns for patrols, follow-ups, premises and checks; dates and times of every sort."""
    town = Township()
    grids: Rows = [
        ["村居", "网格名称", "户数", "人口"],
        ["红岩村", "红岩村上片网格", 90, 300],
        ["红岩村", "红岩村下片网格", 70, 250],
    ]
    staff: Rows = [
        ["红岩镇网格员通讯录", "", "", "", ""],
        ["姓名", "联系电话", "所辖网格", "岗位", "任职时间"],
        ["洪大江", phone(31), "红岩村上片网格", "专职网格员", 44256],
        ["洪小河", phone(32), "红岩村下片网格", "网格员", "2021年5月"],
    ]
    patrols: Rows = [
        [
            "巡查日期",
            "巡查时段",
            "所在网格",
            "巡查人员",
            "工作类型",
            "入户数",
            "是否发现问题",
            "事项类别",
            "处置方式",
            "办结时间",
            "工作情况",
        ],
        [date(2026, 11, 2), "09:00-10:30", "红岩村上片网格", "洪大江", "走访", "3户", "否", "", "", "", "走访3户"],
        [
            "2026.11.3",
            "9:05—10:00",
            "红岩村下片网格",
            "洪小河",
            "日常巡查",
            0,
            "是",
            "环境卫生",
            "协调处理",
            "",
            "河边有垃圾",
        ],
        [
            "20261104",
            "14时5分至15时",
            "红岩村下片网格",
            "洪大江、洪小河",
            "日常巡查",
            1,
            "有",
            "市政设施",
            "一般",
            "2026年11月5日",
            "路灯不亮",
        ],
        ["2026/11/5", "19:00~20:00", "红岩村上片网格", "外来帮手", "夜间巡逻", "", "无", "", "", "", "平安"],
        ["2026-13-05", "19:00", "红岩村上片网格", "洪大江", "夜间巡逻", "", "无", "", "", "", ""],
    ]
    patients: Rows = [
        ["红岩镇卫生院高血压、糖尿病患者健康管理", *[""] * 9],
        [
            "患者姓名",
            "身份证号码",
            "疾病名称",
            "所属村",
            "所属网格",
            "高压",
            "低压",
            "空腹血糖",
            "随访时间",
            "控制情况",
            "下次预约日期",
        ],
        [
            "何春山",
            id_number("19500110", 100),
            "高血压",
            "红岩村",
            "上片网格",
            138,
            85,
            "",
            "2026.10.8",
            "达标",
            "2027.1.6",
        ],
        [
            "林夏水",
            id_number("19510211", 101),
            "Ⅱ型糖尿病",
            "红岩村",
            "下片网格",
            130,
            80,
            "8.1mmol/L",
            "2026-10-09",
            "未达标",
            "",
        ],
        [
            "黄秋田",
            id_number("19520312", 102),
            "高血压，糖尿病",
            "红岩村",
            "下片网格",
            30,
            80,
            5,
            "2026-10-09",
            "达标",
            "",
        ],
        [
            "郭安木",
            id_number("19530413", 103),
            "高血压，糖尿病",
            "红岩村",
            "下片网格",
            128,
            80,
            5,
            "2026-10-09",
            "达标",
            "",
        ],
    ]
    premises: Rows = [
        [
            "单位名称",
            "行业类别",
            "所属村",
            "所属网格",
            "经营地址",
            "法人",
            "联系方式",
            "建筑面积",
            "楼层数",
            "灭火器数量",
        ],
        ["红岩粮油店", "小购物", "红岩村", "上片网格", "1组", "何老板", "0771-5881234", "120平方米", "2层", "4具"],
        ["红岩旅社", "小住宿", "红岩村", "下片网格", "3组", "林老板", phone(55), "300㎡", "3", "无"],
    ]
    checks: Rows = [
        ["红岩镇消防安全检查台账", *[""] * 7],
        ["排查时间", "被检查单位", "检查人员", "是否存在隐患", "存在问题", "处置措施", "整改时限", "整改完成日期"],
        [date(2026, 10, 1), "红岩粮油店", "洪大江", "否", "无", "", "", ""],
        ["2026.10.2", "红岩旅社", "洪小河", "是", "疏散通道堵塞；灭火器过期", "限期整改", "7日内", "未完成"],
        ["2026年10月3日", "红岩粮油店", "洪小河", "是", "电线私拉乱接", "当场整改", "当场", "2026-10-03"],
        ["2026年10月3日", "没有的店", "洪小河", "否", "", "", "", ""],
    ]
    town.paths = [
        text_table(folder / "5检查.csv", checks, "gb18030", "\t"),
        text_table(folder / "4场所.csv", premises, "utf-16"),
        book(folder / "3公卫.xlsx", {"慢病": patients}),
        book(folder / "2巡查.xlsx", {"十一月": patrols}),
        book(folder / "1网格.xlsx", {"网格": grids, "通讯录": staff}),
    ]
    town.new = {"grids": 2, "staff": 2, "patrols": 4, "followup": 3, "premises": 2, "checks": 3}
    town.problems = {
        "patrols": {"date_invalid": [6], "worker_unknown": [5]},
        "followup": {"value_invalid": [5], "patients_not_in_ledger_after_import": [3, 4, 6]},
        "checks": {"unknown_premises": [6]},
    }
    return town
