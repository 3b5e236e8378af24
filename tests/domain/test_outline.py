"""Outlines: inside and outside, crossing, a place for the name, thinning, and joining of neighbours."""

from __future__ import annotations

import math

import pytest

from gridoffice.domain import outline, union
from gridoffice.domain.outline import Ring, Rings


def square(x: float, y: float, wide: float, high: float) -> Rings:
    return (((x, y), (x + wide, y), (x + wide, y + high), (x, y + high)),)


def size(rings: Rings) -> float:
    return sum(abs(outline.area(ring)) for ring in rings)


def test_inside_is_even_odd_so_that_a_ring_in_a_ring_is_a_hole() -> None:
    rings = square(0.1, 0.1, 0.8, 0.8) + square(0.4, 0.4, 0.2, 0.2)
    assert outline.contains(rings, (0.2, 0.2))
    assert not outline.contains(rings, (0.5, 0.5))
    assert not outline.contains(rings, (0.05, 0.5))


@pytest.mark.parametrize(
    ("ring", "crossed"),
    [
        (((0, 0), (1, 1), (1, 0), (0, 1)), (1, 3)),  # a bow tie
        (((0, 0), (1, 0), (1, 1), (0, 1)), None),
        (((0, 0), (1, 0), (0.5, 0), (0.5, 1)), (1, 2)),  # back on its own way
        (((0, 0), (1, 0), (1, 1), (0.5, 0), (0, 1)), None),  # a corner that only touches
    ],
)
def test_sides_that_cross_or_lie_on_each_other_are_found(ring: Ring, crossed: tuple[int, int] | None) -> None:
    assert outline.crossing((ring,)) == crossed


def test_two_rings_that_cross_are_found_too() -> None:
    assert outline.crossing(square(0, 0, 0.5, 0.5) + square(0.25, 0.25, 0.5, 0.5)) is not None
    assert outline.crossing(square(0, 0, 0.5, 0.5) + square(0.1, 0.1, 0.2, 0.2)) is None


def test_the_name_stands_inside_even_a_crescent() -> None:
    around = [(0.5 + 0.4 * math.cos(a / 20), 0.5 + 0.4 * math.sin(a / 20)) for a in range(10, 110)]
    inner = [(0.5 + 0.3 * math.cos(a / 20), 0.5 + 0.3 * math.sin(a / 20)) for a in range(109, 9, -1)]
    rings: Rings = (tuple(around + inner),)
    assert not outline.contains(rings, (0.5, 0.5))
    assert outline.contains(rings, outline.middle(rings))


def test_thinning_keeps_the_shape() -> None:
    many = tuple((0.5 + 0.4 * math.cos(a / 50), 0.5 + 0.4 * math.sin(a / 50)) for a in range(314))
    few = outline.simplified(many, 0.002)
    assert len(few) < 60
    assert size((few,)) == pytest.approx(size((many,)), rel=0.01)


def test_neighbours_with_a_common_border_become_one_ring() -> None:
    found = union.joined([square(0.1, 0.1, 0.2, 0.2), square(0.3, 0.1, 0.2, 0.2)])
    assert len(found) == 1
    corners = {(round(x, 9), round(y, 9)) for x, y in found[0]}
    assert corners == {(0.1, 0.1), (0.5, 0.1), (0.5, 0.3), (0.1, 0.3)}


def test_borders_drawn_not_quite_together_leave_no_gap() -> None:
    found = union.joined([square(0.1, 0.1, 0.2, 0.4), square(0.303, 0.2, 0.2, 0.2)])
    assert len(found) == 1
    assert size(found) == pytest.approx(0.12, rel=0.02)


def test_overlapping_contained_and_apart() -> None:
    assert size(union.joined([square(0.1, 0.1, 0.3, 0.3), square(0.2, 0.2, 0.4, 0.4)])) == pytest.approx(0.21)
    assert size(union.joined([square(0.1, 0.1, 0.4, 0.4), square(0.2, 0.2, 0.1, 0.1)])) == pytest.approx(0.16)
    assert len(union.joined([square(0.1, 0.1, 0.1, 0.1), square(0.5, 0.5, 0.1, 0.1)])) == 2


def test_four_around_a_yard_leave_the_yard_as_a_hole() -> None:
    parts = [
        square(0.1, 0.1, 0.4, 0.1), square(0.1, 0.2, 0.1, 0.2), square(0.4, 0.2, 0.1, 0.2), square(0.1, 0.4, 0.4, 0.1),
    ]  # fmt: skip
    found = union.joined(parts)
    assert len(found) == 2
    assert not outline.contains(found, (0.3, 0.3))


@pytest.mark.parametrize("seed", range(8))
def test_a_cake_of_crooked_pieces_is_whole_again(seed: int) -> None:
    import random

    chance = random.Random(seed)
    middle = (0.5 + chance.uniform(-0.1, 0.1), 0.5 + chance.uniform(-0.1, 0.1))
    turns = [(n + chance.uniform(-0.3, 0.3)) * 2 * math.pi / 7 for n in range(7)]
    rim = [(0.5 + 0.4 * math.cos(t), 0.5 + 0.4 * math.sin(t)) for t in turns]
    spokes = [
        [((m * 2 + r) / 3 + chance.uniform(-0.02, 0.02)) for m, r in zip(middle, corner, strict=True)] for corner in rim
    ]
    pieces: list[Rings] = []
    for n in range(7):
        other = (n + 1) % 7
        first, second = tuple(spokes[n]), tuple(spokes[other])
        pieces.append(((middle, (first[0], first[1]), rim[n], rim[other], (second[0], second[1])),))
    assert not any(outline.crossing(piece) for piece in pieces)
    found = union.joined(pieces, 1e-6)
    assert len(found) == 1
    assert size(found) == pytest.approx(size((tuple(rim),)), rel=1e-4)


def test_names_of_a_county_are_placed_while_one_waits() -> None:
    import time

    round_ = [math.pi * n / 200 for n in range(400)]
    many = [
        (tuple((x + 0.04 * math.cos(t), 0.5 + 0.04 * math.sin(t) * (1 + 0.1 * math.cos(9 * t))) for t in round_),)
        for x in (n / 40 for n in range(2, 38))
    ]
    start = time.perf_counter()
    for rings in many:
        assert outline.contains(rings, outline.middle(rings))
    assert time.perf_counter() - start < 3
