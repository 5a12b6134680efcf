"""Colours that stand for something are told apart without one kind of cone.

The eyes are those of Machado, Oliveira and Fernandes (2009), without the cone at all; distances are those of CAM02-UCS
(Luo, Cui and Li 2006), in which 1 is about what is just noticed beside each other. All of it is colorspacious's.
"""

import warnings
from itertools import combinations

import pandas as pd
import pytest

from digital_diplomacy.figures.kinds import maps
from digital_diplomacy.figures.kinds.networks import relations_in_order
from digital_diplomacy.figures.parts import palette, style
from digital_diplomacy.figures.parts.ties import look_of_relation

with warnings.catch_warnings(action="ignore"):  # about its docstrings, where it is compiled for the first time
    from colorspacious import cspace_converter, deltaE

LEAST = 8.0  # what is told apart in lines and dots that do not touch


def rgb(colour: str) -> list[float]:
    return [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]


def near(colours: list[str], eyes: str) -> dict[tuple[str, str], float]:
    """Pairs of colours that these eyes do not tell apart."""
    seen = cspace_converter({"name": "sRGB1+CVD", "cvd_type": eyes, "severity": 100}, "sRGB1")
    apart = {
        (one, other): float(deltaE(seen(rgb(one)), seen(rgb(other)), input_space="sRGB1"))
        for one, other in combinations(colours, 2)
    }
    return {pair: round(distance, 1) for pair, distance in apart.items() if distance < LEAST}


EYES = pytest.mark.parametrize("eyes", ["deuteranomaly", "protanomaly", "tritanomaly"])


@EYES
def test_any_two_colours_of_the_palette_are_told_apart(eyes: str) -> None:
    assert near(list(style.COLOURS), eyes) == {}


@EYES
@pytest.mark.parametrize("count", range(2, 10))
def test_steps_of_a_map_are_told_apart_and_from_the_outline_of_who_is_asked_about(eyes: str, count: int) -> None:
    steps = maps._steps(pd.Series([0.0, count]), "percent", range(count + 1))
    assert len(set(steps.colours)) == count
    assert near([*steps.colours, palette.ASKED_COLOUR], eyes) == {}


@pytest.mark.parametrize("known", [[], ["addresses"]])
def test_relations_of_ones_own_have_colours_far_apart_in_thin_lines(known: list[str]) -> None:
    # Two blues are 24 from each other, and hard to tell apart in a line of a point's width.
    codes = pd.Series([*known, *"abcd"][:4])
    looks = [look_of_relation(number).colour for number in relations_in_order(codes).values()]
    apart = [float(deltaE(rgb(one), rgb(other), input_space="sRGB1")) for one, other in combinations(looks, 2)]
    assert min(apart) > (30 if not known else 14)
    assert not {"#0173b2", "#56b4e9"} <= set(looks)
