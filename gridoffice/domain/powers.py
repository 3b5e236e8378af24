"""Words of powers that a township grid office has not: no paper of it may order, punish, seal or seize."""

from __future__ import annotations

BEYOND = ("责令", "处罚", "罚款", "查封", "扣押", "强制", "限期改正")
"""消防法 53, 54, 60; a province may delegate some by 行政处罚法 24, which an office then writes by its own means
(reference 0.3, 5.1)."""
INSTEAD = "请改成提示、告知的说法，需要执法的用移送函移送有权的单位"


def beyond(text: str) -> str:
    """The first such word in a text, "" when there is none; blanks inside do not hide it."""
    plain = "".join(text.split())
    return next((word for word in BEYOND if word in plain), "")
