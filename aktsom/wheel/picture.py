"""The round picture of the year: months around, a ring for each area, drawn as plain shapes with patterns that print in grey."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import cos, pi, sin
from typing import Protocol

SIZE = 800
CENTRE = SIZE / 2
OUTER, INNER, NAMES = 350.0, 110.0, 372.0
BELOW = 10.0  # a name under the wheel hangs so much lower, so that it does not touch it
SIDEWAYS = 0.4  # sine of the angle from which a name stands beside the wheel, not over it
PATTERNS = ("lines", "dots", "cross", "waves", "grid", "slant", "bars", "plain")


class Amount(Protocol):
    """What a cell shows."""

    done: int
    late: int

    @property
    def total(self) -> int: ...


@dataclass(frozen=True)
class Shape:
    """One cell: a month of an area."""

    path: str
    pattern: str
    number: int
    x: float
    y: float
    text: str
    mark: str  # ✓ all done, ! something late, nothing otherwise
    title: str

    @property
    def signs(self) -> int:
        """Return how many signs stand in the cell: the ground below them is as wide."""
        return len(self.text) + len(self.mark)


@dataclass(frozen=True)
class Ground:
    """A cell and where the ground below its number begins."""

    shape: Shape
    x: float
    y: float
    width: float


@dataclass(frozen=True)
class Name:
    """A month's name around the wheel."""

    text: str
    x: float
    y: float
    side: str  # left, middle or right of the wheel: where the word stands from its point
    is_now: bool
    path: str


@dataclass(frozen=True)
class Ring:
    """An area as the key beside the picture shows it."""

    number: int
    name: str
    pattern: str


@dataclass(frozen=True)
class Picture:
    """The whole wheel."""

    shapes: tuple[Shape, ...]
    names: tuple[Name, ...]
    rings: tuple[Ring, ...]

    @property
    def letters(self) -> str:
        """Return how large the numbers can be: the more rings, the smaller."""
        return "large" if len(self.rings) <= 3 else "middle" if len(self.rings) <= 5 else "small"

    @property
    def radius(self) -> int:
        """Return the room around a number."""
        return {"large": 32, "middle": 22, "small": 15}[self.letters]

    @property
    def grounds(self) -> tuple[Ground, ...]:
        """Return the white ground below each number, as wide as the number is long."""
        letter = {"large": 18, "middle": 13.5, "small": 9.5}[self.letters]
        wide = (max(2 * self.radius, letter * shape.signs + self.radius * 0.7) for shape in self.shapes)
        return tuple(
            Ground(shape, round(shape.x - width / 2, 1), round(shape.y - self.radius, 1), round(width, 1))
            for shape, width in zip(self.shapes, wide, strict=True)
        )


def sector(inner: float, outer: float, begin: float, end: float) -> str:
    """Return the outline of a piece of a ring between two angles (radians, clockwise from the top)."""
    points = [_point(outer, begin), _point(outer, end), _point(inner, end), _point(inner, begin)]
    (ax, ay), (bx, by), (cx, cy), (dx, dy) = points
    return (
        f"M{ax:.1f} {ay:.1f}A{outer:.1f} {outer:.1f} 0 0 1 {bx:.1f} {by:.1f}"
        f"L{cx:.1f} {cy:.1f}A{inner:.1f} {inner:.1f} 0 0 0 {dx:.1f} {dy:.1f}Z"
    )


def _point(radius: float, angle: float) -> tuple[float, float]:
    return CENTRE + radius * sin(angle), CENTRE - radius * cos(angle)


def picture_of(
    amounts: Mapping[tuple[str, int], Amount],
    *,
    rings: Mapping[str, str],
    months: Iterable[tuple[int, str]],
    now: int,
    sentence: str,
) -> Picture:
    """Return the wheel. ``rings`` is code → name from the outside in; ``months`` are (number, name) with the first at the top.

    ``sentence`` holds %(area)s, %(month)s, %(total)s, %(done)s and %(late)s.
    """
    around = list(months)
    step = 2 * pi / len(around)
    width = (OUTER - INNER) / max(len(rings), 1)
    shapes = []
    for ring, (code, name) in enumerate(rings.items()):
        outer = OUTER - ring * width
        for place, (number, month) in enumerate(around):
            amount = amounts.get((code, number))
            begin = place * step
            x, y = _point(outer - width / 2, begin + step / 2)
            shown = {"area": name, "month": month, "total": 0, "done": 0, "late": 0}
            if amount is not None:
                shown |= {"total": amount.total, "done": amount.done, "late": amount.late}
            shapes.append(
                Shape(
                    path=sector(outer - width, outer, begin, begin + step),
                    pattern=PATTERNS[ring % len(PATTERNS)] if amount is not None else "",
                    number=ring + 1,
                    x=round(x, 1),
                    y=round(y, 1),
                    text=str(amount.total) if amount is not None else "",
                    mark=_mark(amount),
                    title=sentence % shown,
                )
            )
    key = tuple(Ring(number, name, PATTERNS[(number - 1) % len(PATTERNS)]) for number, name in enumerate(rings.values(), 1))
    return Picture(tuple(shapes), tuple(_names(around, step, now)), key)


def _mark(amount: Amount | None) -> str:
    if amount is None:
        return ""
    if amount.late:
        return "!"
    return "✓" if amount.done == amount.total else ""


def _names(around: list[tuple[int, str]], step: float, now: int) -> Iterable[Name]:
    for place, (number, month) in enumerate(around):
        middle = (place + 0.5) * step
        x, y = _point(NAMES, middle)
        yield Name(
            text=month,
            x=round(x, 1),
            y=round(y + 6 + (BELOW if cos(middle) < -SIDEWAYS else 0), 1),
            side="right" if sin(middle) > SIDEWAYS else "left" if sin(middle) < -SIDEWAYS else "middle",
            is_now=number == now,
            path=sector(OUTER, OUTER + 6, place * step, (place + 1) * step),
        )
