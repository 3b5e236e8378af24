"""What the office says of itself: name, code, phones, wording; declared once, audited like any record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Date, String, Text, func, literal, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapped, Session, mapped_column
from sqlalchemy.sql.functions import FunctionElement

from gridoffice.db.base import Record


class OfficeSetting(Record):
    """A setting of the office, shared by all who open it."""

    __tablename__ = "office_setting"

    key: Mapped[str] = mapped_column(String(40), unique=True)
    value: Mapped[str] = mapped_column(Text, default="")


@dataclass(frozen=True)
class Setting:
    """One declared setting: key, title and help for the page, and what holds until it is set."""

    key: str
    title: str
    default: str = ""
    help: str = ""


SETTINGS = (
    Setting("name", "办公室名称", "", "印在文书抬头，例如 清水镇"),
    Setting("issuer", "落款全称", "", "印在公文落款和红头上，例如 清水镇网格化服务管理办公室；不填时用“名称＋网格办”"),
    Setting("paper_sign", "机关代字", "", "公文文号前的字，例如 清网办；不填时用“名称第一字＋网办”"),
    Setting("code", "乡镇代码", "", "9 位统计用区划代码，可不填"),
    Setting("supervise_phone", "监督电话", "", "印在公示牌和联系卡上"),
    Setting("service_phone", "便民服务电话", "", "印在联系卡背面，例如 村委会值班电话"),
    Setting("clinic_phone", "卫生院电话", ""),
    Setting("police_phone", "派出所电话", ""),
    Setting("power_phone", "供电抢修电话", "95598", "印在联系卡和“有事找谁”上"),
    Setting("water_phone", "供水抢修电话", ""),
    Setting("gas_phone", "燃气抢修电话", ""),
    Setting("report_days", "报送日", "周二、周五", "各地不同，按县里的要求填写"),
    Setting("meeting_day", "例会日", "周五"),
    Setting("reveal_minutes", "号码显示时长", "5", "看完整号码后，过几分钟自动遮住"),
    Setting("badge_days", "工作证到期提醒", "30", "工作证到期前多少天开始提醒"),
    Setting("certificate_days", "签名证书到期提醒", "60", "签名证书到期前多少天开始提醒"),
    Setting("lock_days", "日志锁定", "3", "巡查日志过几天锁定，以后只能补记；默认 3 天"),
    Setting("help_kinds", "自定帮扶类别"),
    Setting("sample", "示例数据", "", "有内容表示这是虚构的示例乡镇"),
)


class _Later(FunctionElement[Any]):
    """A day so many days (a text) after another; no days where the text is no number."""

    name = "later"
    type = Date()
    inherit_cache = True


@compiles(_Later)
def _later(element: Any, compiler: Any, **kw: Any) -> str:
    day, days = (compiler.process(one, **kw) for one in element.clauses)
    return f"date({day}, '+' || {days} || ' days')"


@compiles(_Later, "postgresql")
def _later_there(element: Any, compiler: Any, **kw: Any) -> str:
    day, days = (compiler.process(one, **kw) for one in element.clauses)
    return f"(CAST({day} AS date) + CAST(coalesce(substring({days} from '^[0-9]{{1,4}}$'), '0') AS integer))"


def later(day: Any, days: Any) -> Any:
    """A day so many days (an expression giving a text) after another, on every database."""
    return _Later(day, days)


def own_or(key: str, default: str) -> Any:
    """The office's own value of a setting inside a declared list, else a default."""
    own = select(OfficeSetting.value).where(OfficeSetting.key == key).scalar_subquery()
    return func.coalesce(own, literal(default))


def days_ahead(day: Any, key: str) -> Any:
    """A day (or bound parameter) and as many days later as a setting says, for conditions inside a declared list."""
    default = next(setting.default for setting in SETTINGS if setting.key == key)
    own = select(OfficeSetting.value).where(OfficeSetting.key == key).scalar_subquery()
    return _Later(day, func.coalesce(own, literal(default)))


def get(session: Session, key: str) -> str:
    """A setting's value, or its declared default."""
    value = session.scalar(select(OfficeSetting.value).where(OfficeSetting.key == key))
    if value is not None:
        return value
    return next((setting.default for setting in SETTINGS if setting.key == key), "")


def put(session: Session, key: str, value: str) -> None:
    """Set a setting."""
    record = session.scalars(select(OfficeSetting).where(OfficeSetting.key == key)).first()
    if record is None:
        session.add(OfficeSetting(key=key, value=value))
    else:
        record.value = value
