"""The one kind of error that is shown to the office as a sentence."""

from __future__ import annotations


class OfficeError(Exception):
    """Something the office should read: what happened, what is safe, what to do.

    `offer` is the key of the window's command that helps; its words stand on a button under the sentence.
    """

    def __init__(self, what: str, *, safe: str = "", do: str = "", offer: str = "") -> None:
        self.what = what
        self.safe = safe
        self.do = do
        self.offer = offer
        super().__init__(self.sentence)

    @property
    def sentence(self) -> str:
        """All parts as one Chinese sentence run."""
        parts = [part.rstrip("。") for part in (self.what, self.safe, self.do) if part]
        return ("。".join(parts) + "。").replace("？。", "？")


class Cancelled(OfficeError):
    """The person stopped a long piece of work; nothing of it was kept."""

    def __init__(self) -> None:
        super().__init__("已取消", safe="没有写入任何内容")
