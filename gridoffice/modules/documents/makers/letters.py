"""函件: official papers with a red head and plain letters, each kind by itself, merged over a selection where they go
to many."""

from __future__ import annotations

from gridoffice.domain.papers import KINDS
from gridoffice.modules.documents import merge
from gridoffice.modules.documents.recipe import Maker, Option
from gridoffice.modules.documents.templates import KINDS_OF_LETTERS

ABOUT = {
    "letter_han": "平行单位之间商洽、请协助，信函格式。",
    "letter_notice": "布置工作、召开会议（红头），或通知居民（普通）。",
    "letter_report": "向上级汇报，带签发人，不夹带请示。",
    "letter_request": "请上级批示，一文一事。",
    "letter_circular": "通报情况，不写居民姓名。",
    "letter_minutes": "例会议定的事项。",
    "letter_tell": "告知安全事项和权利，只告知不命令，可带送达回执。",
    "letter_remind": "友情提示，给住户、场所。",
    "letter_open": "给每户或全体居民的信。",
    "letter_leaflet": "一看就懂的办事、防火说明。",
    "letter_invite": "请居民、单位来参加。",
    "letter_pledge": "两方签字，一式两份。",
}


def _maker(place: int, kind: str) -> Maker:
    return Maker(
        kind=kind,
        title=KINDS[kind].title,
        group="函件",
        icon="documents",
        about=ABOUT[kind],
        prepare=merge.prepare,
        each=merge.each,
        each_title="每村一份",
        options=(
            Option("template", "模板", "letter", default=kind),
            Option("duplex", "双面打印时每份从正面开始", "tick", default=False),
        ),
        order=50 + place,
        tables=frozenset(("letter_template", "household", "resident", "premises", "organisation", "staff")),
    )


MAKERS = tuple(_maker(place, kind) for place, kind in enumerate(KINDS_OF_LETTERS))
