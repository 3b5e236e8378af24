"""The blocks a case is shown by, in the panel and on its whole page: lights, why, verbs, facts, photos, story."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from gridoffice.core.calendar import chinese
from gridoffice.core.text import mask_phone
from gridoffice.db.office import Office
from gridoffice.domain import work
from gridoffice.modules.cases import service
from gridoffice.modules.cases.dealing import PHOTOS
from gridoffice.modules.cases.details import Details
from gridoffice.modules.cases.lights import Light
from gridoffice.modules.cases.service import CaseView
from gridoffice.modules.cases.story import Happening
from gridoffice.ui.flow import Flow
from gridoffice.ui.panel import button, label, row
from gridoffice.ui.pill import pill
from gridoffice.ui.theme import theme

Tell = Callable[[str], object]

USUAL = 2
"""How many of the lawful next steps stand as wide buttons; the others stand as chips below."""

SIGNS = {"done": "✓", "soon": "●", "late": "!", "quiet": "–"}
"""The sign in a light: colour never stands alone (reference 7.4)."""


def lamp(light: Light) -> QWidget:
    """One light: a round sign in its colour, the step's title, and a word."""
    front, back = theme.colours.tone(light.tone)
    size = theme.px(26)
    sign = QLabel(SIGNS[light.tone])
    sign.setFixedSize(size, size)
    sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
    sign.setStyleSheet(
        f"color: {front}; background: {back}; border: 1px solid {front}; border-radius: {size // 2}px; font-weight: 700"
    )
    # At large letters five titles stand beside each other only on two lines each.
    parted = f"{light.title[:2]}\n{light.title[2:]}" if theme.zoom > 125 else light.title
    title, word = QLabel(parted), QLabel(light.word)
    word.setWordWrap(True)
    for made, colour, pixels in ((title, theme.colours.text, 12), (word, front, 11)):
        made.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        made.setStyleSheet(f"color: {colour}; font-size: {theme.px(pixels)}px")
    holder = QWidget()
    body = QVBoxLayout(holder)
    body.setContentsMargins(0, 0, 0, 0)
    body.setSpacing(theme.px(2))
    body.addLayout(row(1, sign, 1))
    body.addWidget(title)
    body.addWidget(word)
    holder.setAccessibleName(f"{light.title}：{light.word}")
    return holder


def fact(title: str, text: str) -> QHBoxLayout:
    """A quiet title with its text beside it."""
    name = label(title, "quiet")
    name.setFixedWidth(theme.px(52))
    name.setAlignment(Qt.AlignmentFlag.AlignTop)
    layout = row(name)
    layout.addWidget(label(text, wrap=True), 1)
    return layout


def head(case: CaseView, about: Details) -> Flow:
    """Standing, number, and who supervises it; wrapped, so that they never make a narrow panel wider than it is."""
    flow = Flow()
    flow.addWidget(pill(case.standing))
    flow.addWidget(label(case.number, "quiet"))
    if about.supervision:
        flow.addWidget(pill(f"late|{about.supervision}"))
    return flow


def warn(body: QVBoxLayout, about: Details, tell: Tell) -> None:
    """Why the light is as it is, and what stands in the way, each as a sentence with its way out."""
    if about.why:
        body.addWidget(label(about.why, "quiet", wrap=True))
    told = []
    if about.merged_into:
        told.append((f"已并入 {about.merged_into}。", "", ""))
    if about.ended_unit:
        told.append((f"“{about.ended_unit}”已经撤并，请改到现在的网格再办理。", "改到现在的网格", "move"))
    if about.pending is not None:
        told.append((f"有延期申请在等审批：{about.pending.detail}", "准予延期", "grant"))
    if about.proposed:
        told.append((f"已到“{about.proposed}”的逾期天数，还没有督办。", "登记督办", "supervise"))
    for sentence, word, key in told:
        body.addWidget(label(sentence, "notice", wrap=True))
        if word:
            acts = [(word, key)] + ([("不准延期", "refuse")] if key == "grant" else [])
            body.addLayout(chips(acts, tell))


def verbs(body: QVBoxLayout, case: CaseView, tell: Tell) -> None:
    """The lawful next steps: the usual ones wide, the others as chips."""
    usual, others = case.next_steps[:USUAL], case.next_steps[USUAL:]
    for place, (verb, word) in enumerate(usual):
        kind = "primary" if place == 0 and case.state not in work.ENDED else ""
        body.addWidget(button(word, lambda verb=verb: tell(verb), kind=kind))
    if others:
        body.addLayout(chips([(word, verb) for verb, word in others], tell))


def chips(acts: Iterable[tuple[str, str]], tell: Tell) -> Flow:
    """Small buttons beside each other, wrapped like words."""
    flow = Flow()
    for word, key in acts:
        flow.addWidget(button(word, lambda key=key: tell(key), kind="chip"))
    return flow


def facts(body: QVBoxLayout, case: CaseView, about: Details, tell: Tell) -> None:
    """What is written of it."""
    entry = case.entry
    kind = work.KINDS.get(entry.kind, entry.kind)
    severity = f"{work.SEVERITIES[entry.severity]}紧急" if entry.severity in ("middle", "high") else ""
    category = "／".join(filter(None, (entry.category, entry.subcategory)))
    pairs = (
        ("网格", case.unit or "未定"),
        ("地点", entry.place),
        ("类别", " · ".join(filter(None, (category, kind, severity)))),
        ("来源", " · ".join(filter(None, (case.source, entry.outside_number, case.finder)))),
        ("反映人", " ".join(filter(None, (about.reporter, mask_phone(about.reporter_phone))))),
        ("承办人", entry.handler or "还没有派"),
        ("发现", chinese(entry.found_on)),
        ("时限", chinese(entry.due_on) if entry.due_on else "未定"),
        ("结案", chinese(case.closed_on) if case.closed_on else ""),
        ("情况", entry.text),
        ("处理", case.measures),
    )
    for title, text in pairs:
        if text:
            body.addLayout(fact(title, text))
    if case.source_id and case.entry.source == "patrol":
        body.addLayout(row(button("看这次巡查", lambda: tell("source"), kind="link"), 1))


def photos(body: QVBoxLayout, office: Office, about: Details, tell: Tell, most: int = 3) -> None:
    """The photos as small pictures, with the words of what they show."""
    if not about.photos:
        return
    size = QSize(theme.px(76), theme.px(76))
    tiles: list[QWidget | int] = []
    for place, (number, shows) in enumerate(about.photos[:most], 1):
        picture = QPixmap()
        picture.loadFromData(service.photo(office, number) or b"")
        tile = button("", lambda number=number: tell(f"enlarge:{number}"))
        tile.setFixedSize(size + QSize(theme.px(8), theme.px(8)))
        tile.setStyleSheet("padding: 0")
        tile.setIcon(QIcon(picture))
        tile.setIconSize(size)
        tile.setAccessibleName(f"照片 {place}，{PHOTOS[shows]}")
        tile.setToolTip(PHOTOS[shows])
        holder = QWidget()
        inside = QVBoxLayout(holder)
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(theme.px(2))
        inside.addWidget(tile)
        if shows != "photo":
            inside.addWidget(label(PHOTOS[shows], "quiet"))
        tiles.append(holder)
    if len(about.photos) > most:
        tiles.append(label(f"共 {len(about.photos)} 张", "quiet"))
    body.addLayout(row(*tiles, 1))


def happening(told: Happening, when: str = "%Y-%m-%d %H:%M") -> QWidget:
    """One line of the story: what, when, and the sentence."""
    holder = QWidget()
    inside = QVBoxLayout(holder)
    inside.setContentsMargins(0, 0, 0, theme.px(4))
    inside.setSpacing(theme.px(1))
    title = label(told.title)
    if told.tone != "plain":
        title.setStyleSheet(f"color: {theme.colours.tone(told.tone)[0]}; font-weight: 600")
    inside.addLayout(row(title, 1, label(told.when(when), "quiet")))
    inside.addWidget(label(told.text, "quiet", wrap=True))
    return holder
