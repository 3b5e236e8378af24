"""The fields of a log's entry in the order they are typed: what is rarely filled in comes last."""

from __future__ import annotations

from typing import Any

from gridoffice.db.office import Office
from gridoffice.forms import logs
from gridoffice.modules.patrols import service
from gridoffice.modules.patrols.entry import Entry
from gridoffice.ui.fields import Field

CLOCKS = ("start", "end", "start2", "end2")
COPIED = ("kind", "start", "end", "companions", "weather", "route", "text")
"""What 同上一条 copies from the log before."""


def phrases(title: str) -> tuple[str, ...]:
    """The standard phrases of a kind of log."""
    kind = logs.kind_of(title) or logs.kinds()[0]
    return kind.phrases


def fields(office: Office, entry: Entry) -> list[Field]:
    """The fields of an entry."""
    units = [(choice.id, choice.text) for choice in service.unit_choices(office)]
    staff = [(c.id, f"{c.text}（{c.detail}）" if c.detail else c.text) for c in service.staff_choices(office)]
    kinds = [(kind.title, kind.title) for kind in logs.kinds()]
    if entry.kind and entry.kind not in dict(kinds):
        kinds.append((entry.kind, entry.kind))  # an imported kind of another name stays as it is
    return [
        Field("unit_id", "网格", "pick", required=True, choices=units),
        Field("staff_id", "网格员", "pick", required=True, choices=staff),
        Field("day", "日期", "date", required=True),
        Field("kind", "类型", "choice", required=True, is_open=True, choices=kinds),
        Field("start", "开始时间", "time", required=True, help="830 或 8点半"),
        Field("end", "结束时间", "time", required=True, help="1005"),
        Field("households", "走访户数", "number", help="没有走访就空着"),
        Field("phrase", "常用语", "pick", choices=[], help="按数字选一句"),
        Field("text", "情况", "multiline", help="沿什么路线、看了什么、做了什么"),
        Field("companions", "陪同人员", help="姓名和职务"),
        Field("weather", "天气"),
        Field("start2", "第二次从", "time", help="一天走两次才填"),
        Field("end2", "第二次到", "time"),
        Field("route", "路线"),
    ]


def values(entry: Entry) -> dict[str, Any]:
    """What stands in them of an entry."""
    keys = ("unit_id", "staff_id", "day", "kind", "text", "companions", "weather", "route")
    clocks = {key: f"{moment:%H:%M}" if (moment := getattr(entry, key)) else "" for key in CLOCKS}
    return {**{key: getattr(entry, key) for key in keys}, **clocks, "households": entry.households or None}
