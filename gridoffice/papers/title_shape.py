"""A long title on lines broken by sense and shaped: 梯形 or 菱形, never an hourglass (GB/T 9704, reference 9)."""

from __future__ import annotations

import math
from functools import lru_cache
from itertools import pairwise, product

from gridoffice.papers import fonts
from gridoffice.papers.drawing import MM, NOT_FIRST, NOT_LAST

_BOUND = """
关于 印发 开展 做好 加强 落实 进一步 组织 召开 举办 报送 移送 商请 协助 支持 请求 解决 申请
建立 完善 推进 实施 调整 公布 网格化 网格员 网格长 网格 消防安全 安全生产 消防 安全 防火 火灾
隐患 整改 排查 检查 巡查 走访 登记 清理 整治 服务 管理 工作 活动 会议 培训 演练 宣传 春节 国庆
中秋 元旦 清明 端午 期间 冬季 夏季 春季 秋季 汛期 防汛 居民 村民 群众 住户 商户 企业 场所
出租房 电动自行车 用电 用火 燃气 情况 问题 事项 意见 方案 制度 办法 规定 要求 经费 人员 名单
责任 职责 处理 办理 办结 反馈 通知 通报 报告 请示 批复 纪要 告知书 提示函 责任书 明白纸 邀请信
一封信 回执 乡镇 社区 街道 人民政府 办公室 派出所 有关 相关 全镇 全体 全村 各村 重点 专项 行动
联合 第一 第二 第三 第四 季度 年度 上半年 下半年 停放 充电 便民 例会
"""
BOUND = tuple(_BOUND.split())
"""Words that are not parted where it can be helped; there is no dictionary on these PCs."""
AWAY = 7  # characters a break may lie from where equal lines would have it


def shaped(title: str, size: float, room: float, face: str) -> list[str]:
    """The lines of a title for `room` mm; a line break that somebody typed is kept."""
    lines = [part.strip() for part in title.split("\n") if part.strip()]
    return [one for part in lines for one in _shaped(part, size, room, face)] or [""]


@lru_cache(maxsize=500)
def _shaped(title: str, size: float, room: float, face: str) -> tuple[str, ...]:
    limit = room * MM
    whole = fonts.width(face, title, size)
    if whole <= limit:
        return (title,)
    best: tuple[float, tuple[str, ...]] | None = None
    least = math.ceil(whole / limit)
    for count in (least, least + 1):
        for lines in _ways(title, count):
            widths = [fonts.width(face, line, size) for line in lines]
            if max(widths) > limit:
                continue
            cost = _cost(title, lines, [wide / size for wide in widths]) + (count - least) * 8
            if best is None or cost < best[0]:
                best = (cost, lines)
        if best is not None and best[0] < 20:
            break
    return best[1] if best is not None else _cut(title, size, limit, face)


def _ways(title: str, count: int) -> list[tuple[str, ...]]:
    each = len(title) / count
    around = [
        [at for at in range(round(each * n) - AWAY, round(each * n) + AWAY + 1) if 1 < at < len(title) - 1]
        for n in range(1, count)
    ]
    if count > 4:  # too many ways: equal lines
        around = [[round(each * n)] for n in range(1, count)]
    found = []
    for breaks in product(*around):
        edges = (0, *breaks, len(title))
        if all(b - a > 1 for a, b in pairwise(edges)):
            found.append(tuple(title[a:b] for a, b in pairwise(edges)))
    return found


def _cost(title: str, lines: tuple[str, ...], widths: list[float]) -> float:
    at, total = 0, 0.0
    for line in lines[:-1]:
        at += len(line)
        total += _at(title, at)
    steps = [b - a for a, b in pairwise(widths)]
    is_hourglass = any(a < -0.5 and b > 0.5 for a, b in pairwise(steps))
    total += 6 if is_hourglass else 0
    total += 1.5 if all(abs(step) < 0.5 for step in steps) else 0  # 长方形
    spread = max(widths) - min(widths)
    return total + max(0.0, spread - 4) * 0.8 + (4 if min(widths) < 4 else 0)


def _at(title: str, at: int) -> float:
    """How bad a break before the character `at` is."""
    before, after = title[at - 1], title[at]
    if before in NOT_LAST or after in NOT_FIRST or (before.isascii() and after.isascii()):
        return 100.0
    cost = 0.0
    if after in "的地得了和与及或年月日号条款":
        cost += 8
    if before in "和与及或对把将在向为不" and before + after not in BOUND:
        cost += 6
    if before.isascii() or after.isascii():
        cost += 3 if before.isascii() else 0
    if any(word[:cut] == title[at - cut : at] and title.startswith(word[cut:], at) for word, cut in _cuts()):
        cost += 12
    if title[:at].count("《") > title[:at].count("》"):
        cost += 3
    ends = any(title.endswith(word, 0, at) for word in BOUND)
    starts = any(title.startswith(word, at) for word in BOUND)
    return cost + (0 if ends and starts else 1 if ends or starts else 2.5)


@lru_cache(maxsize=1)
def _cuts() -> tuple[tuple[str, int], ...]:
    return tuple((word, cut) for word in BOUND for cut in range(1, len(word)))


def _cut(title: str, size: float, limit: float, face: str) -> tuple[str, ...]:
    """Where nothing better fits: as many characters as a line holds."""
    found, rest = [], title
    while rest:
        end = len(rest)
        while end > 1 and fonts.width(face, rest[:end], size) > limit:
            end -= 1
        found.append(rest[:end])
        rest = rest[end:]
    return tuple(found)
