"""What stands on notice boards: of a village, a grid, a building, or of a responsibility network in a village."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from gridoffice.core.text import count_of
from gridoffice.domain import networks
from gridoffice.domain.grids import GRID, MICRO, VILLAGE, GridUnit
from gridoffice.modules.documents import public, texts
from gridoffice.modules.documents.roll import WORKING, Roll, Seat
from gridoffice.papers.board_view import BoardView, FactView, PostView
from gridoffice.papers.views import ChartView, PersonView

VILLAGES, GRIDS, BUILDINGS = "village", "grid", "building"
KEYS = {
    "key": texts.TEXT, "title": texts.TEXT, "head_title": texts.TEXT, "posts_title": texts.TEXT,
    "services_title": texts.TEXT, "services": texts.TEXTS, "duties_title": texts.TEXT, "duties": texts.TEXTS,
    "foot": texts.TEXT,
}  # fmt: skip


@dataclass(frozen=True)
class Place:
    """For which unit a board is made, on which day, with which map."""

    unit: GridUnit
    made_on: date
    chart: ChartView | None = None


def edition(key: str) -> dict[str, Any]:
    """The wording of an edition; that of `network` where it has none of its own."""
    found = {one["key"]: one for one in (texts.table("boards", "edition", e, KEYS) for e in _editions())}
    return found.get(key) or found["network"]


def _editions() -> tuple[dict[str, Any], ...]:
    made: tuple[dict[str, Any], ...] = texts.wording("boards")["edition"]
    return made


def of_village(roll: Roll, place: Place) -> BoardView:
    """A village's board: its grids with their workers."""
    unit, grids = place.unit, roll.grids(place.unit.id)
    posts = tuple(_post(roll, one) for one in grids)
    figures = _figures(roll, unit, grids, with_grids=True)
    head = public.person(roll, roll.seat(unit.id, networks.HEAD, networks.CHIEF))
    return _board(roll, place, edition(VILLAGES), figures, head, posts)


def of_grid(roll: Roll, place: Place, others: tuple[PostView, ...] = ()) -> BoardView:
    """A grid's board: its worker large, then who stands in, the head of the village, and those of other networks."""
    unit = place.unit
    words = edition(GRIDS)
    worker = roll.seat(unit.id, networks.WORKER) or roll.seat(unit.id, networks.ASSISTANT, networks.STAND_IN)
    posts = (*_team(roll, unit, worker), *others)
    return _board(roll, place, words, _figures(roll, unit, [unit]), public.person(roll, worker), posts)


def of_building(roll: Roll, place: Place) -> BoardView:
    """A building's board: who is responsible for it, then the worker of its grid and the head of the village."""
    unit = place.unit
    above = roll.units.get(unit.parent_id or 0)
    own = next(iter(roll.seats.get(unit.id, [])), None)
    head = own or (roll.seat(above.id, *WORKING) if above is not None else None)
    team = _team(roll, above, head) if above is not None else ()
    if own is not None and above is not None and (worker := roll.seat(above.id, *WORKING)) is not None:
        team = (PostView("网格员", "", public.person(roll, worker)), *team)
    words = edition(BUILDINGS)
    if own is None:
        words = {**words, "head_title": "网格员"}
    return _board(roll, place, words, _figures(roll, unit, [unit]), public.person(roll, head), tuple(team))


def of_network(roll: Roll, place: Place, key: str, title: str) -> BoardView:
    """A network's board for a village: its highest holder there, those above it, then those of its grids.

    `roll` holds the seats of that network.
    """
    unit, words = place.unit, edition(key)
    own = roll.seats.get(unit.id, [])
    line = [roll.units[unit.parent_id]] if unit.parent_id in roll.units else []
    below = [one for one in roll.units.values() if one.level >= GRID and one.id in roll.within(unit.id)]
    above = [seat for one in line for seat in roll.seats.get(one.id, [])]
    head, rest = (own[0], own[1:]) if own else (None, [])
    posts = [PostView(seat.role_title, "", public.person(roll, seat)) for seat in (*rest, *above)]
    for one in below:
        for seat in roll.seats.get(one.id, []):
            posts.append(PostView(roll.short(one), seat.role_title, public.person(roll, seat)))
    words = {
        **words,
        "title": words["title"].replace("{network}", title),
        "head_title": words["head_title"] or (head.role_title if head is not None else "责任人"),
    }
    figures = _figures(roll, unit, roll.grids(unit.id), with_grids=True)
    return _board(roll, place, words, figures, public.person(roll, head), tuple(posts))


def people(view: BoardView) -> list[PersonView]:
    """Everybody on a board."""
    found = [view.head, *(one for post in view.posts for one in (post.holder, post.stand_in))]
    return [one for one in found if one is not None]


def _post(roll: Roll, unit: GridUnit) -> PostView:
    worker = roll.seat(unit.id, networks.WORKER, networks.ASSISTANT)
    stand_in = roll.seat(unit.id, networks.STAND_IN)
    if worker is None and stand_in is not None:
        worker, stand_in = stand_in, None
    return PostView(roll.short(unit), unit.groups, public.person(roll, worker), public.person(roll, stand_in))


def _team(roll: Roll, unit: GridUnit, head: Seat | None) -> tuple[PostView, ...]:
    """Those of a grid besides its head, and the head of its village."""
    shown = {head.staff_id} if head is not None else set()
    found = []
    village = roll.village_of(unit)
    seats = [*roll.seats.get(unit.id, []), *(roll.seats.get(village.id, []) if village is not None else [])]
    for seat in seats:
        if seat.staff_id not in shown and seat.role in (*WORKING, networks.HEAD):
            shown.add(seat.staff_id)
            found.append(PostView(seat.role_title, "", public.person(roll, seat)))
    return tuple(found)


def _figures(roll: Roll, unit: GridUnit, grids: list[GridUnit], *, with_grids: bool = False) -> tuple[FactView, ...]:
    """A unit's figures: its own, else the sums of its grids; nothing that is not known."""
    known = [("个网格", len(grids) if with_grids else 0)]
    for name, word in (("households", "户"), ("persons", "人"), ("party_members", "名党员")):
        known.append((word, getattr(unit, name) or public.sum_of(grids, name) or 0))
    return tuple(FactView(word, count_of(number)) for word, number in known if number)


def _facts(unit: GridUnit) -> tuple[FactView, ...]:
    """How far a unit reaches, as far as it is written down."""
    found = (("包括", unit.groups), ("四至", " ".join(unit.boundary.split())))
    return tuple(FactView(name, text) for name, text in found if text)


def _foot(words: str, phone: str) -> str:
    """The last line of a board; without a supervision phone nobody is sent to one."""
    return words if phone else words.replace("请打监督电话告诉我们", "请告诉网格员")


def _board(
    roll: Roll, place: Place, words: dict[str, Any], figures: tuple[FactView, ...], head: PersonView | None,
    posts: tuple[PostView, ...],
) -> BoardView:  # fmt: skip
    unit, office = place.unit, roll.office
    village = roll.village_of(unit)
    own = texts.load()
    issuer = (
        office["name"] if village is None else f"{office['name']} · {village.name}{public.committee_of(village.name)}"
    )
    shown = posts or unit.level == VILLAGE
    return BoardView(
        office=office["name"],
        title=words["title"].replace("{unit}", unit.name),
        issuer=issuer,
        figures=figures,
        head_title=words["head_title"],
        head=head,
        posts_title=words["posts_title"] if shown else "",
        posts=posts,
        facts=_facts(unit) if place.chart is None else (),
        services_title=words["services_title"],
        services=words["services"] or own.board_services,
        duties_title=words["duties_title"],
        duties=words["duties"],
        supervise_phone=office["supervise_phone"],
        hotlines=(*public.hotlines(roll, unit), *own.emergency),
        foot=_foot(words["foot"], office["supervise_phone"]),
        number="",
        made_on=place.made_on,
        chart=place.chart,
    )


__all__ = [
    "BUILDINGS",
    "GRIDS",
    "MICRO",
    "VILLAGES",
    "Place",
    "edition",
    "of_building",
    "of_grid",
    "of_network",
    "people",
]
