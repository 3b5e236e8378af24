"""Database failures told as sentences."""

from __future__ import annotations

from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from gridoffice.core.errors import OfficeError


def told(error: Exception) -> OfficeError | None:
    """The sentence for a failure the office can do something about, else None."""
    text = str(getattr(error, "orig", error)).lower()
    if isinstance(error, StaleDataError):
        return OfficeError("这条记录刚被别处改过", safe="您的修改还没有写入", do="请关闭后重新打开这条记录，再改一次")
    if "full" in text and "disk" in text:
        return OfficeError("磁盘已满，没有写进去", safe="办公文件完好，还是上一次保存的样子", do="请腾出空间后再试一次")
    if "locked" in text or "busy" in text:
        return OfficeError("办公文件正被别的程序占用", safe="没有写入任何内容", do="请稍等片刻再试")
    if "readonly" in text or "read-only" in text:
        return OfficeError("办公文件是只读的，写不进去", safe="文件没有改动", do="请检查文件或 U 盘是否写保护")
    if "malformed" in text or "not a database" in text or "disk i/o" in text:
        return OfficeError("办公文件有损坏", safe="原文件没有再改动", do="请用“文件 → 恢复…”取最近一次备份")
    if isinstance(error, IntegrityError) and "foreign key" in text:
        return OfficeError("还有别的记录用到它，不能删除", safe="没有删除任何内容", do="请先处理用到它的记录")
    if isinstance(error, IntegrityError) and "unique" in text:
        return OfficeError("已经有一条编号或名称相同的记录", safe="没有写入", do="请换一个编号，或打开已有的那条")
    if isinstance(error, DBAPIError) and error.connection_invalidated:
        return OfficeError("与数据库的连接断了", safe="没有写入任何内容", do="请检查网线或数据库电脑后再试")
    return None
