"""Learns which numbers are one told twice from the notes of strangers, and says how that carries over to others.

    python benchmarks/claims_scan_join.py SET... [--without AUTHOR] [--write]

Each SET is a folder as ``claims_scan_blind.py`` reads them; its author is the third word of its name. Of every author
in turn the weights are learned from the papers of all others, and counted is what they say of the author's own.
``--write`` keeps the weights learned from all (but ``--without``) as ``drafting/joined_weights.csv``.

A pair of equal numbers is one if notes join them, directly or over other numbers. Of pairs that a misprint tells apart
those are one that were planted; as these are few, noted pairs of equal numbers are learned from too, as the misprints
they might have been. The model is a logistic regression, with a penalty on the squares of its standardised weights.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from claims_scan import _noted
from claims_scan_blind import aligned
from claims_scan_relations import plain_kind, sides

from digital_diplomacy import drafting, sources
from digital_diplomacy.drafting import joined
from digital_diplomacy.drafting.misprints import are_swapped, significant
from digital_diplomacy.drafting.nearness import FEATURES, Told
from digital_diplomacy.extraction import scan, told_apart
from digital_diplomacy.extraction.tokens import marked

PENALTY: Final = 3.0
PLANTED: Final = 3.0
"""What a planted pair weighs, and below one a noted pair taken for a misprint."""
IMAGINED: Final = 0.5
SWAPPED: Final = 0.4
"""How often a misprint swaps two digits, of those imagined."""
LEAST_DIGITS: Final = 2
Noted = tuple[str, list[int], bool]
"""Kind of a relation, places of its figures (-1 for none), and whether it was planted."""
WEIGHTS: Final = Path(joined.__file__).parent / "joined_weights.csv"


@dataclass
class Rows:
    """Pairs of figures: their likeness, whether they are one, what each weighs, and whose paper it is."""

    likeness: list[list[float]] = field(default_factory=list)
    is_one: list[bool] = field(default_factory=list)
    weight: list[float] = field(default_factory=list)
    author: list[str] = field(default_factory=list)
    is_real: list[bool] = field(default_factory=list)

    def add(
        self, likeness: list[float], *, is_one: bool, author: str, weight: float = 1.0, is_real: bool = True
    ) -> None:
        """One more pair."""
        self.likeness.append(likeness)
        self.is_one.append(is_one)
        self.weight.append(weight)
        self.author.append(author)
        self.is_real.append(is_real)


def learned(rows: Rows, *, but: str = "") -> np.ndarray:
    """The constant and the weights, in units of the features, that make the notes of all but one author likeliest."""
    kept = np.array([author != but for author in rows.author])
    x, y, weight = (np.array(each, dtype=float)[kept] for each in (rows.likeness, rows.is_one, rows.weight))
    mean, spread = x.mean(0), np.where(x.std(0) > 0, x.std(0), 1.0)
    x = np.column_stack([np.ones(len(x)), (x - mean) / spread])
    penalty = np.diag([1e-6, *np.full(x.shape[1] - 1, PENALTY)])
    beta = np.zeros(x.shape[1])
    for _ in range(50):  # Newton's method; it converges in less than ten steps
        chance = 1 / (1 + np.exp(-x @ beta))
        slope = x.T @ (weight * (y - chance)) - penalty @ beta
        beta += np.linalg.solve((x.T * (weight * chance * (1 - chance))) @ x + penalty, slope)
    return np.array([beta[0] - (beta[1:] * mean / spread).sum(), *(beta[1:] / spread)])


def papers(folder: Path) -> Iterator[tuple[Told, set[str], list[Noted]]]:
    """Each paper's figures, those that rules explain, and the noted relations by the places of their figures."""
    claims, relations = _noted(folder / "claims.csv", None)
    for name, noted in claims.groupby("document"):
        blocks = sources.read_paper(folder / f"{name}.txt")
        found = scan(blocks, document=str(name))
        found = found.assign(unit=found["unit"].replace("", "unstated"))
        told = Told(marked(told_apart(found[found["reading"] != "refused"].reset_index(drop=True), blocks)))
        review = drafting.review(blocks, document=str(name))
        answers = aligned(noted, pd.concat([review.figures, review.unread], ignore_index=True))
        at = {one.claim_id: place for place, one in enumerate(told.figures)}
        drafts = review.relations
        explained: set[str] = set()
        for row in drafts[drafts["kind"].isin(joined.ARITHMETIC)].to_dict("records"):
            explained |= {key for side in sides({str(key): value for key, value in row.items()}) for key in side}
        own = []
        for row in relations[relations["relation_id"].str.startswith(f"{name}_")].to_dict("records"):
            both = sides({str(key): value for key, value in row.items()})
            places = [at.get(answers[key][1], -1) for side in both for key in side]
            own.append((plain_kind(str(row["kind"])), places, row.get("planted") == "yes"))
        yield told, explained, own


def gathered(folders: list[Path]) -> tuple[Rows, Rows]:
    """Equal numbers, and numbers that a misprint tells apart, of all papers."""
    again, misprint = Rows(), Rows()
    for folder in folders:
        author = folder.name.split("_")[2]
        for told, explained, own in papers(folder):
            same = [(places, planted) for kind, places, planted in own if kind == "same_quantity" and -1 not in places]
            group = _groups([places for places, planted in same if not planted])
            plants = {tuple(sorted(places)) for places, planted in same if planted}
            for first, later in joined.equals(told):
                likeness = told.likeness(first, later)
                is_one = first in group and group[first] == group.get(later)
                again.add(likeness, is_one=is_one, author=author)
                if is_one and significant(told.figures[later]) >= LEAST_DIGITS:
                    misprint.add([*likeness, SWAPPED], is_one=True, author=author, weight=IMAGINED, is_real=False)
            for first, later in joined.misprints(told, explained):
                swapped = float(are_swapped(told.figures[first], told.figures[later]))
                is_plant = (first, later) in plants
                misprint.add([*told.likeness(first, later), swapped], is_one=is_plant, author=author,
                             weight=PLANTED if is_plant else 1.0)  # fmt: skip
    return again, misprint


def _groups(pairs: list[list[int]]) -> dict[int, int]:
    """Each figure that notes join to others, with the first of those it is joined to."""
    group: dict[int, int] = {}
    for places in pairs:
        joined_here = {group.get(place, place) for place in places}
        first = min(joined_here)
        group |= {place: first for place, other in group.items() if other in joined_here} | dict.fromkeys(places, first)
    return group


def report(name: str, rows: Rows, least: float) -> None:
    """What weights learned from all other authors say of each author's pairs, above a probability."""
    print(f"{name}: author, pairs, of them one, likely, of them one, area under the curve")
    for author in dict.fromkeys(rows.author):
        constant, *weights = learned(rows, but=author)
        own = np.array([one == author for one in rows.author]) & np.array(rows.is_real)
        odds, is_one = np.array(rows.likeness)[own] @ weights + constant, np.array(rows.is_one)[own]
        likely = 1 / (1 + np.exp(-odds)) >= least
        area = (odds[is_one][:, None] > odds[~is_one]).mean() if is_one.any() else np.nan
        print(f"  {author:8}{own.sum():6}{is_one.sum():6}{likely.sum():6}{(likely & is_one).sum():6}{area:8.3f}")


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--without", default="")
    parser.add_argument("--write", action="store_true")
    asked = parser.parse_args(arguments)
    again, misprint = gathered(asked.folders)
    report("again", again, joined.LIKELY)
    report("misprint", misprint, joined.SURE)
    table = pd.DataFrame({
        "feature": ["always", *FEATURES, "swapped"],
        "again": [*learned(again, but=asked.without), np.nan],
        "misprint": learned(misprint, but=asked.without),
    })  # fmt: skip
    print(table.round(3).to_string(index=False))
    if asked.write:
        table.round(4).to_csv(WEIGHTS, index=False)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
