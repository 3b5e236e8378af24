"""What the cells of a column look like: shares of ID numbers, telephones, dates, sexes, grids, numbers."""

import re
from collections import Counter
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from gridoffice.exchange.values import Cell, text_of

SAMPLE = 60
"""So many filled cells of a column are looked at."""

_ID = re.compile(r"[1-9]\d{16}[\dXx]|[1-9]\d{14}|[0-9]\.\d+[eE]\+17|[１-９][０-９]{16}[０-９Ｘｘ]", re.ASCII)
_PHONE = re.compile(r"(\+?86)?[-\s]*1[3-9]\d[-\s]?\d{4}[-\s]?\d{3,5}|0\d{2,3}[-\s]?\d{7,8}|[2-9]\d{6,7}", re.ASCII)
_DATE = re.compile(r"(18|19|20)\d{2}\s*[-/.年]\s*\d{1,2}.{0,12}|(19|20)\d{2}(0[1-9]|1[0-2])([0-3]\d)?")
_TIME = re.compile(r"\d{1,2}\s*[:：时点].{0,6}")
_NUMBER = re.compile(r"[-+]?\d+(\.\d+)?\s*\D{0,3}")
_PRESSURE = re.compile(r"\d{2,3}\s*[/／]\s*\d{2,3}")
_GRID = re.compile(r".*(网格|格|片区|小区|楼|栋|组|单元|号).*|\d{12,20}|.*[村社区]")
_CODE = re.compile(r"[A-Za-z0-9-]{2,20}")
_AB = re.compile(r"[AaBbＡＢ]\s*(岗|角)?|主岗?|备岗?|副岗?")
_MIXED = re.compile(r"(?=.*\d)[A-Za-z]{1,4}[-_]?\d{1,12}|\d{12,20}", re.ASCII)
_PERSON = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}|[\u3400-\u9fff]{2,8}·[\u3400-\u9fff]{2,10}")
_LABEL = re.compile(r"党员|残疾|低保|特困|退役|独居|空巢|留守|失能|困境|优抚|五保|孤寡|高龄|困难|老人")
_DISEASE = re.compile(r"高血压|糖尿病")
_SURNAMES = frozenset(
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭廖"
    "邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文庞樊兰殷施陶洪翟安颜倪严牛温芦季俞章鲁葛伍韦申尤毕聂丛焦向柳邢路岳"
    "齐沿梅莫庄辛管祝左涂谷祁时舒耿牟卜肖詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边"
)
_RELATIONS = frozenset((
    "户主", "本人", "配偶", "妻", "夫", "妻子", "丈夫", "子", "女", "儿子", "女儿", "长子",
    "次子", "三子", "长女", "次女", "三女", "儿媳", "女婿", "父", "母", "父亲", "母亲", "公公",
    "婆婆", "岳父", "岳母", "孙子", "孙女", "孙子女", "外孙", "外孙子", "外孙女", "祖父",
    "祖母", "爷爷", "奶奶", "兄", "弟", "姐", "妹", "哥哥", "弟弟", "姐姐", "妹妹", "兄弟姐妹",
    "其他", "之子", "之女", "户主本人", "曾孙", "侄子", "侄女", "孙媳", "孙女婿", "其他亲属",
    "非亲属", "媳妇",
))  # fmt: skip


_WHOLE = {
    "phone": _PHONE,
    "date": _DATE,
    "time": _TIME,
    "number": _NUMBER,
    "pressure": _PRESSURE,
    "grid": _GRID,
    "code": _CODE,
    "ab": _AB,
    "sex": re.compile("[男女]性?"),
    "mixed": _MIXED,
}
_PART = {"label": _LABEL, "disease": _DISEASE, "named_grid": re.compile("网格")}


@lru_cache(maxsize=20_000)
def _text_shapes(text: str) -> frozenset[str]:
    squeezed = "".join(text.split())
    shapes = {name for name, pattern in _WHOLE.items() if pattern.fullmatch(text)}
    shapes |= {name for name, pattern in _PART.items() if len(text) <= 24 and pattern.search(text)}
    if _ID.fullmatch(squeezed):
        shapes.add("id")
    if text in _RELATIONS:
        shapes.add("relation")
    if text[:1] in _SURNAMES and _PERSON.fullmatch(squeezed):
        shapes.add("person")
    if not text.isascii():
        shapes |= {"short"} if len(squeezed) <= 12 else {"long"} if len(text) >= 14 else set()
    return frozenset(shapes)


def shapes_of(cell: Cell) -> frozenset[str]:
    """Name every shape a single cell fits."""
    if isinstance(cell, str):
        return _text_shapes(cell.strip())
    if isinstance(cell, datetime | date):
        return frozenset(("date", "time")) if isinstance(cell, datetime) else frozenset(("date",))
    if isinstance(cell, time | timedelta):
        return frozenset(("time",))
    if isinstance(cell, bool) or cell is None:
        return frozenset()
    return _number_shapes(float(cell), text_of(cell))


def _number_shapes(number: float, text: str) -> frozenset[str]:
    shapes = {"number"}
    if number >= 1e14:
        shapes.add("id")
    if 1e6 <= number < 1e12:
        shapes.add("phone")
    if (
        19000101 <= number <= 21001231
        or 190001 <= number <= 210012
        or 1900 <= number < 2100
        or 20_000 < number < 60_000
    ):
        shapes.add("date")
    if 0 <= number < 1:
        shapes.add("time")
    if number.is_integer():
        shapes.add("code")
        if len(text) >= 12:
            shapes.add("grid")
    return frozenset(shapes)


def profile(rows: list[list[Cell]], column: int) -> dict[str, float]:
    """Share of the sampled filled cells of a column that fit each shape; {} when the column is empty."""
    counted: Counter[str] = Counter()
    seen = 0
    for row in rows:
        cell = row[column] if column < len(row) else None
        if cell is None or cell == "":
            continue
        counted.update(shapes_of(cell))
        seen += 1
        if seen >= SAMPLE:
            break
    return {shape: count / seen for shape, count in counted.items()} if seen else {}
