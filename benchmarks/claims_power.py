"""How much the audit of printed figures can see, and whether it counts and localises rightly.

Prints the coverage of the relations, the misprints they reveal by kind and by document, the probabilities of passing
against figures drawn at random and read and judged one by one, and the smallest sets of figures at fault against trying
every set with linear programs (``scipy.optimize.linprog``). Run ``python benchmarks/claims_power.py``.
"""

import argparse
import itertools
import time

import numpy as np
import pandas as pd
from scipy.optimize import linprog

from digital_diplomacy import claims, sources
from digital_diplomacy.claims.checking import verdict
from digital_diplomacy.claims.quantities import READINGS, claim_of
from digital_diplomacy.claims.reading import reread
from digital_diplomacy.claims.relations import Unchecked
from digital_diplomacy.claims.seeing.hitting import smallest_repairs
from digital_diplomacy.claims.seeing.solving import Node, Relation
from digital_diplomacy.claims.seeing.systems import System
from digital_diplomacy.claims.sides import claim_id_of
from digital_diplomacy.claims.stated import Equations, Stated, known_of, stated_of
from digital_diplomacy.errors import TableError
from digital_diplomacy.printed import Interval
from digital_diplomacy.printed.numerals import NUMERAL, plain_digits


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--draws", type=int, default=100_000, help="random figures in all relations with one figure")
    parser.add_argument("--relations", type=int, default=12, help="relations and figures that are simulated")
    parser.add_argument("--systems", type=int, default=500, help="random systems of up to 12 figures")
    asked = parser.parse_args()
    parsed = claims.parse(sources.load("claims"), sources.load("documents"))
    relations = sources.load("claim_relations")
    shown = claims.evidence(sources.load("claim_evidence"), load=sources.load)
    _detection(parsed, relations, shown)
    _simulation(parsed, relations, shown, draws=asked.draws, count=asked.relations)
    _bound(parsed, relations, shown, claims.power(parsed, relations, shown))
    begin = time.process_time()
    rows = claims.localise(parsed, relations, shown)
    systems = rows.drop_duplicates("system")
    print(f"localise: {len(systems)} systems, {(systems['sets_count'] == 1).sum()} with one smallest set, "
          f"{time.process_time() - begin:.2f} CPU s")  # fmt: skip
    _brute_force(asked.systems)


def _detection(parsed: pd.DataFrame, relations: pd.DataFrame, shown: pd.DataFrame) -> None:
    begin = time.process_time()
    power = claims.power(parsed, relations, shown)
    spent = time.process_time() - begin
    named = {name for one in stated_of(relations) for name in one.names}
    print(f"coverage: {parsed['claim_id'].isin(named).sum()} of {len(parsed)} figures stand in a relation")
    related = power[power["relations_count"] > 0]
    numbers = related[related["unit"] != "date"]
    bases = (("all figures in digits", power), ("figures in a relation", related), ("of these, no dates", numbers))
    for said, kept in bases:
        found = claims.totals(kept).iloc[0]
        print(f"{said}: {found['figures_count']:.0f}, of which {found['blind_count']:.0f} without power")
        for kind in ("digit", "swap", "mark", "misprints"):
            counts = [found[f"{kind}_{what}"] for what in ("revealed", "count", "share")]
            print(f"  {kind:<9} {counts[0]:5.0f} of {counts[1]:5.0f} revealed ({counts[2]:.1%})")
    print(claims.by_document(power).round(1).to_string(index=False))
    print(f"power: {spent:.2f} CPU s")


def _bound(parsed: pd.DataFrame, relations: pd.DataFrame, shown: pd.DataFrame, power: pd.DataFrame) -> None:
    """What could be revealed at most if figures had a second print of equal precision, which no relation outdoes."""
    twins = parsed.assign(claim_id="twin " + parsed["claim_id"])
    stated = dict.fromkeys(relations) | {"exhaustive": False, "matter": "substance", "notebook": "claims"}
    rows = [
        stated | {"relation_id": f"twin_{place}", "left": key, "right": f"twin {key}",
                  "kind": "same_date" if unit == "date" else "same_quantity"}
        for place, (key, unit) in enumerate(zip(parsed["claim_id"], parsed["unit"], strict=True))
    ]  # fmt: skip
    both = pd.concat([parsed, twins], ignore_index=True)
    pairs = pd.DataFrame(rows, columns=list(relations))
    names = {key: f"t{place:04}" for place, key in enumerate(twins["claim_id"])}
    pairs["right"] = pairs["right"].map(names)
    seen = claims.power(both.assign(claim_id=both["claim_id"].replace(names)), pairs)
    twice = seen[seen["claim_id"].isin(power["claim_id"])].set_index("claim_id")["digit_revealed"]
    rows_of = power.set_index("claim_id")
    most = pd.concat([twice, rows_of["digit_revealed"]], axis=1).max(axis=1)
    known = known_of(parsed, shown)
    equal = {
        claim_id_of(leaf.claim_id)
        for one in stated_of(relations)
        if one.names <= known.keys() and not isinstance(outcome := one.outcome(known), Unchecked)
        for sides in outcome if sides.test == "equal"
        for side in (sides.left, sides.right) for leaf in side.leaves
    }  # fmt: skip
    total, now = rows_of["digit_count"].sum(), rows_of["digit_revealed"]
    related = rows_of.index[rows_of["relations_count"] > 0]
    told = rows_of.index.intersection(pd.Index(sorted(equal)))
    for said, some in (("none", []), ("in an equation", told), ("in any relation", related), ("all", rows_of.index)):
        bound = now.where(~rows_of.index.isin(some), most).sum()
        print(
            f"bound, a second print of figures {said} ({len(some)}): {bound:.0f} of {total:.0f} ({bound / total:.1%})"
        )
    rest = rows_of[~rows_of.index.isin(told)]
    print(f"figures in no equation: {len(rest)} with {rest['digit_count'].sum():.0f} misprints, by kind:")
    print(rest.groupby("kind")[["digit_count", "digit_revealed"]].agg(["sum", "size"]).to_string())


def _simulation(parsed: pd.DataFrame, relations: pd.DataFrame, shown: pd.DataFrame, *, draws: int, count: int) -> None:
    """The share that passes of figures drawn with replacement; each is judged by the product's own verdict."""
    begin = time.process_time()
    chance = claims.chance(parsed, relations, shown)
    print(f"chance: {len(chance)} relations and figures, {time.process_time() - begin:.2f} CPU s")
    rng = np.random.default_rng(20)
    known = known_of(parsed, shown)
    stated = {one.relation_id: one for one in stated_of(relations) if one.names <= known.keys()}
    equations = Equations(stated.values(), known)
    rows = {row["claim_id"]: row for row in parsed.to_dict("records")}
    inner = chance[(chance["pass_probability"] > 0) & (chance["pass_probability"] < 1)]
    picked = inner.iloc[np.linspace(0, len(inner) - 1, min(count, len(inner))).astype(int)]
    worst = 0.0
    for _, row in picked.iterrows():
        key, one = row["claim_id"], stated[row["relation_id"]]
        passes: dict[int, bool] = {}
        digits = _drawn(rows[key]["as_printed"], draws, rng)
        for number in digits:
            if number not in passes:
                passes[number] = _passes(one, {**known}, equations, rows[key], int(number))
        share = float(np.mean([passes[number] for number in digits]))
        worst = max(worst, abs(share - row["pass_probability"]))
        print(f"  {row['relation_id']:<36} {key}: {row['pass_probability']:.4f} counted, {share:.4f} drawn")
    print(f"  largest difference {worst:.4f} in {draws} draws")


def _drawn(text: str, draws: int, rng: np.random.Generator) -> list[int]:
    (numeral,) = NUMERAL.findall(plain_digits(text))
    length = sum(char.isdecimal() for char in numeral)
    return [int(number) for number in rng.integers(10 ** (length - 1), 10**length, draws)]


def _passes(one: Stated, known: dict, equations: Equations, row: dict, number: int) -> bool:  # type: ignore[type-arg]
    text = row["as_printed"]
    (place,) = NUMERAL.finditer(plain_digits(text))
    left = iter(str(number))
    written = "".join(next(left) if char.isdecimal() else char for char in text[place.start() : place.end()])
    made = reread(row, text[: place.start()] + written + text[place.end() :])
    if made is None:
        return False
    try:
        return verdict(one, {**known, row["claim_id"]: claim_of(made)}, equations) != "fails"
    except (TableError, ValueError):
        return False


def _brute_force(count: int) -> None:
    rng = np.random.default_rng(7)
    begin, tries, equal, sizes = time.process_time(), 0, 0, []
    own = 0.0
    for _ in range(count):
        matrix, tests, bounds = _system(rng)
        names = [f"f{place:02d}" for place in range(matrix.shape[1])]
        relations = [_relation(place, row, tests[place], names) for place, row in enumerate(matrix)]
        limits = {name: Interval(int(low), int(high)) for name, (low, high) in zip(names, bounds, strict=True)}
        start = time.process_time()
        system = System(relations, dict.fromkeys(READINGS, limits))
        found = smallest_repairs(system.keys, system.is_repaired, system.conflict)
        own += time.process_time() - start
        expected, tried = _tried(matrix, tests, bounds, names)
        tries += tried
        equal += sorted(found, key=sorted) == sorted(expected, key=sorted)
        sizes.append(len(expected[0]) if expected else 0)
    print(f"localisation: {equal} of {count} systems as by trying all sets ({tries} linear programs); sizes "
          f"{np.bincount(sizes).tolist()}; own {own:.1f} of {time.process_time() - begin:.1f} CPU s")  # fmt: skip


def _system(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    figures, rows = int(rng.integers(2, 13)), int(rng.integers(1, 7))
    matrix = rng.integers(-1, 2, (rows, figures)) * (rng.random((rows, figures)) < 0.6)
    values = rng.integers(0, 30, figures)
    return matrix, rng.integers(0, 3, rows), np.column_stack([values, values + 1])


def _relation(place: int, row: np.ndarray, test: int, names: list[str]) -> Relation:
    sides = [Node(value=Interval(0, 0)), Node(value=Interval(0, 0))]
    for name, sign in zip(names, row, strict=True):
        if sign:
            side = 0 if sign > 0 else 1
            sides[side] = Node(sign="+", first=sides[side], second=Node(key=name))
    return Relation(str(place), sides[0], sides[1], ("equal", "at_most", "at_least")[test])


def _tried(
    matrix: np.ndarray,
    tests: np.ndarray,
    bounds: np.ndarray,
    names: list[str],
) -> tuple[list[frozenset[str]], int]:
    """All smallest sets whose figures may be anything from zero up, each tried with a linear program."""
    upper, equal = np.vstack([matrix[tests == 1], -matrix[tests == 2]]), matrix[tests == 0]
    tried = 0
    for size in range(len(names) + 1):
        found = []
        for some in itertools.combinations(range(len(names)), size):
            limits = [(0, None) if place in some else tuple(bounds[place]) for place in range(len(names))]
            tried += 1
            solved = linprog(np.zeros(len(names)), A_ub=upper if len(upper) else None,
                             b_ub=np.zeros(len(upper)) if len(upper) else None, A_eq=equal if len(equal) else None,
                             b_eq=np.zeros(len(equal)) if len(equal) else None, bounds=limits)  # fmt: skip
            if solved.status == 0:
                found.append(frozenset(names[place] for place in some))
        if found:
            return found, tried
    return [], tried


if __name__ == "__main__":
    main()
