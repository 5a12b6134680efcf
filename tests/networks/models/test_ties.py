"""Models of ties: closed forms, other programs, every network of few actors counted out, and refusals."""

import doctest
from contextlib import nullcontext
from dataclasses import replace
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import networks
from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.networks.models import fitting, simulating, ties
from digital_diplomacy.networks.models.fitting import fit, probabilities, refuse_dependent
from digital_diplomacy.networks.models.simulating import draw_networks, draw_states
from digital_diplomacy.networks.models.terms import Terms, _listed, changes, dyad_choices, dyad_states, read_terms
from digital_diplomacy.networks.models.ties import _of_ties, _tie_choices, _totals

# Sampson, S. F. (1968), A novitiate in a period of change, Cornell University: whom each of 18 novices liked most when
# last asked, as `samplk3` of the R package ergm (and of ergmx 0.5.0 on PyPI) has it; and the groups given there.
LIKED = """1 3 12 14|2 1 7 12|3 1 13 17 18|4 5 6 11|5 4 9 11|6 4 5 9|7 2 12 16|8 4 6 9|9 5 8 12|10 4 5 9 13|11 5 8 14
12 1 2 7|13 5 7 18|14 1 12 15|15 2 7 12|16 2 7 15|17 2 3 18|18 2 3 17"""
GROUPS = "TTOLLLTWLWLTWTTTOO"


def generator() -> np.random.Generator:
    return np.random.default_rng(7)


def of(ties: str, *, nodes: str = "") -> networks.Graph:
    """A network from rows `actor other other`, actors being single letters or numbers."""
    rows = [row.split() for row in ties.replace("\n", "|").split("|")]
    edges = pd.DataFrame([(row[0], other) for row in rows for other in row[1:]], columns=["source", "target"])
    return networks.graph(edges, nodes=list(nodes))


MONKS = of(LIKED)
ATTRIBUTES = pd.DataFrame({"entity": [str(number) for number in range(1, 19)], "group": list(GROUPS)})


def log_odds(model: networks.TieModel) -> dict[str, float]:
    rows = model.estimates[model.estimates["measure"] == "tie_log_odds"]
    return dict(zip(rows["entity"], rows["value"], strict=True))


def statistics(tied: np.ndarray, numbers: np.ndarray) -> list[float]:
    """Ties, differences, senders' and receivers' numbers, both ways, weighted shared partners: counted one by one."""
    n, found = len(tied), [0.0] * 6
    for i, j in product(range(n), range(n)):
        if i != j and tied[i, j]:
            partners = sum(tied[i, k] and tied[k, j] for k in range(n) if k not in (i, j))
            own = [1, abs(numbers[i] - numbers[j]), numbers[i], numbers[j], tied[j, i] / 2]
            weighted = np.exp(0.5) * (1 - (1 - np.exp(-0.5)) ** partners)
            found = [one + more for one, more in zip(found, [*own, weighted], strict=True)]
    return found


TERMS = ["difference:size", "sender:size", "receiver:size", "mutual", "shared_partners"]


def every_network(n: int) -> np.ndarray:
    cells = np.nonzero(~np.eye(n, dtype=bool))
    found = np.zeros((2 ** len(cells[0]), n, n), dtype=bool)
    found[:, cells[0], cells[1]] = list(product([False, True], repeat=len(cells[0])))
    return found


def test_the_monks_of_sampson_have_the_coefficients_of_their_dyads() -> None:
    """Of 153 dyads 15 are mutual, 56 - 2 x 15 = 26 one-sided, 112 empty; odds 26 : 2 x 112, and 30 : 26 if answered."""
    model = networks.tie_model(MONKS, ["mutual"], draws=100, rng=generator())
    found = log_odds(model)
    assert found["ties"] == pytest.approx(np.log(26 / 224), abs=1e-9)
    assert found["mutual"] == pytest.approx(np.log((30 / 26) / (26 / 224)), abs=1e-9)
    # As the R package ergm estimates them by simulation, within its error.
    assert [found["ties"], found["mutual"]] == pytest.approx([-2.166, 2.316], abs=0.02)
    assert model.exact
    assert (model.actors, model.ties) == (18, 56)


def test_pseudo_likelihood_is_that_of_another_program() -> None:
    """ergmx 0.5.0: ergm(samplk3, "~edges + mutual + nodematch('group') + gwesp(0.5, fixed=True)", estimate="MPLE")."""
    rows = ~np.eye(18, dtype=bool)
    tied = MONKS.binary.toarray() > 0
    peer = {
        ("mutual", "shared_partners"): [-2.7424, 1.9113, 0.5342],
        ("same:group", "mutual", "shared_partners"): [-2.8557, 1.6324, 1.3927, 0.2607],
    }
    for codes, expected in peer.items():
        read = read_terms(MONKS, codes, ATTRIBUTES, {})
        added = changes(read, tied)[rows]
        choices = np.stack([np.zeros_like(added), added], axis=1)
        assert fit(choices, (added * tied[rows][:, None]).sum(axis=0)[None])[0][0] == pytest.approx(expected, abs=6e-5)


def test_what_a_tie_adds_is_the_difference_of_two_networks() -> None:
    rng = generator()
    for density in (0.2, 0.5, 0.9):
        tied = rng.random((6, 6)) < density
        np.fill_diagonal(tied, False)
        numbers = rng.normal(size=6)
        network = of("a b", nodes="abcdef")
        table = pd.DataFrame({"entity": list("abcdef"), "size": numbers})
        found = changes(read_terms(network, TERMS, table, {}), tied)
        for i, j in zip(*np.nonzero(~np.eye(6, dtype=bool)), strict=True):
            with_it, without = tied.copy(), tied.copy()
            with_it[i, j], without[i, j] = True, False
            expected = np.subtract(statistics(with_it, numbers), statistics(without, numbers))
            assert found[i, j] == pytest.approx(expected)


def test_expected_terms_over_every_network_are_those_observed() -> None:
    """What a likelihood at its largest says, over all 4096 networks of four actors and without any algebra of dyads."""
    network = of("a b c|b a|c d|d a")
    numbers = np.array([0.3, -1.0, 2.0, 0.5])
    table = pd.DataFrame({"entity": list("abcd"), "size": numbers})
    read = read_terms(network, ["receiver:size", "mutual"], table, {})
    choices, tied = dyad_choices(read), network.binary.toarray() > 0
    observed = choices[np.arange(6), dyad_states(tied)].sum(axis=0)
    [value], _, [finite] = fit(choices, observed[None])
    counted = np.array([statistics(one, numbers) for one in every_network(4)])[:, [0, 3, 4]]
    weights = np.exp(counted @ value)
    assert finite
    assert weights @ counted / weights.sum() == pytest.approx(np.array(statistics(tied, numbers))[[0, 3, 4]])


def test_simulated_networks_are_as_likely_as_the_model_says() -> None:
    numbers = np.array([0.3, -1.0, 2.0, 0.5])
    table = pd.DataFrame({"entity": list("abcd"), "size": numbers})
    read = read_terms(of("a b", nodes="abcd"), ["sender:size", "mutual", "shared_partners"], table, {})
    value = np.array([-0.8, 0.4, 0.7, 0.5])
    counted = np.array([statistics(one, numbers) for one in every_network(4)])[:, [0, 2, 4, 5]]
    weights = np.exp(counted @ value)
    weights /= weights.sum()
    spread = np.sqrt(weights @ (counted - weights @ counted) ** 2)
    drawn = draw_networks(read, value, draws=800, rng=generator())
    found = np.array([statistics(one, numbers) for one in drawn])[:, [0, 2, 4, 5]]
    assert np.all(np.abs(found.mean(axis=0) - weights @ counted) < 4 * spread / np.sqrt(800))


def test_intervals_cover_and_ratios_are_of_steps() -> None:
    """Of 25 networks at 95 %, 20 or more cover (binomial, 99.9 %); an odds ratio is of two standard deviations."""
    rng = generator()
    table = pd.DataFrame({"entity": list("abcdefghijkl"), "size": rng.normal(size=12)})
    read = read_terms(of("a b", nodes="abcdefghijkl"), ["receiver:size", "mutual"], table, {})
    truth, covered = np.array([-1.2, 0.6, 1.0]), np.zeros(3)
    names = table["entity"].to_numpy()
    for _ in range(25):
        tied = drawn(read, truth, rng)
        ends = np.nonzero(tied)
        network = networks.graph(pd.DataFrame({"source": names[ends[0]], "target": names[ends[1]]}), nodes=names)
        rows = networks.tie_model(network, ["receiver:size", "mutual"], attributes=table, draws=100, rng=rng).estimates
        odds = rows[rows["measure"] == "tie_log_odds"].set_index("entity")
        covered += ~((odds["low"] > truth) | (odds["high"] < truth)).to_numpy()
    ratios = rows[rows["measure"] == "tie_odds_ratio"].set_index("entity")["value"]
    sizes = np.broadcast_to(table["size"], (12, 12))[~np.eye(12, dtype=bool)]
    assert np.log(ratios["receiver:size"]) == pytest.approx(2 * sizes.std() * odds["value"]["receiver:size"])
    assert np.log(ratios["mutual"]) == pytest.approx(odds["value"]["mutual"])
    assert np.all(covered >= 20), covered


def drawn(read: object, value: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One network of independent dyads, by the chances of its ties one after the other."""
    n = read.covariates.shape[0]  # type: ignore[attr-defined]
    alone = read.covariates @ value[:2]  # type: ignore[attr-defined]
    tied = np.zeros((n, n), dtype=bool)
    for i, j in zip(*np.triu_indices(n, k=1), strict=True):
        weights = np.exp([0, alone[i, j], alone[j, i], alone[i, j] + alone[j, i] + value[2]])
        state = rng.choice(4, p=weights / weights.sum())
        tied[i, j], tied[j, i] = state in (1, 3), state in (2, 3)
    return tied


def test_order_of_rows_and_of_terms_makes_no_difference() -> None:
    given = ATTRIBUTES.copy()
    first = networks.tie_model(MONKS, ["mutual", "same:group"], attributes=given, draws=100, rng=generator())
    turned = ATTRIBUTES.sample(frac=1, random_state=1)
    other = networks.tie_model(MONKS, ["same:group", "mutual"], attributes=turned, draws=100, rng=generator())
    pd.testing.assert_frame_equal(first.estimates, other.estimates)
    pd.testing.assert_frame_equal(given, ATTRIBUTES)


@pytest.mark.parametrize(
    ("ties", "terms", "named"),
    [
        ("a b c|b c|c d|d e", ["mutual"], "by mutual, so"),  # none is answered
        ("a b|b a|c d|d c|a e|e a", ["mutual"], "by mutual, so"),  # each is answered
        ("a b|b a c|c a", ["same:kind"], "by same:kind, so"),  # every tie is within a kind
        ("a b c d e|b a c", ["sender:first"], "by sender:first, so"),  # all that the first can send
        ("a b|b d|d a|c b", ["dyad:seen"], "by dyad:seen, so"),  # there is a tie where, and only where, it says so
    ],
)
def test_ties_told_without_exception_are_refused_by_name(ties: str, terms: list[str], named: str) -> None:
    network = of(ties, nodes="abcde")
    table = pd.DataFrame({"entity": list("abcde"), "kind": list("xxxyy"), "first": [1, 0, 0, 0, 0]})
    seen = pd.DataFrame(network.weights.toarray(), index=network.names, columns=network.names)
    with pytest.raises(ArgumentError, match=named):
        networks.tie_model(network, terms, attributes=table, dyads={"seen": seen}, draws=100, rng=generator())


def test_one_exception_is_enough_for_an_estimate() -> None:
    network = of("a b c|b a c|c d a", nodes="abcde")
    table = pd.DataFrame({"entity": list("abcde"), "kind": list("xxxyy")})
    found = log_odds(networks.tie_model(network, ["same:kind"], attributes=table, draws=100, rng=generator()))
    # Within kinds 5 of 8 pairs are tied, between them 1 of 12.
    assert found["same:kind"] == pytest.approx(np.log((5 / 3) / (1 / 11)))


@pytest.mark.parametrize("full", [False, True])
def test_a_network_without_ties_or_with_all_is_refused(full: bool) -> None:
    ties = "a b c|b a c|c a b" if full else "a b"
    network = of(ties, nodes="abc")
    if not full:
        network = networks.graph(pd.DataFrame({"source": [], "target": []}, dtype=str), nodes=list("abc"))
    with pytest.raises(ArgumentError, match="without exception by ties"):
        networks.tie_model(network, [], draws=100, rng=generator())


def test_a_model_whose_simulations_run_away_is_refused() -> None:
    """All ties in a dense half: partners shared explain them, and a few more of those explain any tie."""
    names = "abcdefghijkl"
    rows = [
        f"{one} " + " ".join(other for other in names[:7] if other not in (one, chr(ord(one) + 1))) for one in names[:7]
    ]
    with pytest.raises(ArgumentError, match=r"close to degenerate: .* and 36 were observed"):
        networks.tie_model(of("|".join(rows), nodes=names), ["shared_partners"], draws=100, rng=generator())


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (["popularity"], "unknown term 'popularity'"),
        (["same"], "unknown term 'same'"),
        (["mutual:group"], "unknown term 'mutual:group'"),
        (["mutual", "mutual"], "'mutual' stands twice"),
        (["same:region"], "no attribute 'region' for the term; there is: group"),
        (["dyad:trade"], "no matrix 'trade'"),
        (["sender:group"], "`group` of .* is no number"),
        (["sender:one"], "term sender:one is determined by ties"),
    ],
)
def test_what_cannot_be_a_model_is_refused(terms: list[str], said: str) -> None:
    table = ATTRIBUTES.assign(one=1.0) if "sender:one" in terms else ATTRIBUTES
    with pytest.raises((ArgumentError, TableError), match=said):
        networks.tie_model(MONKS, terms, attributes=table, draws=100, rng=generator())


def test_actors_without_a_value_or_with_two_are_named() -> None:
    for table, said in (
        (ATTRIBUTES[ATTRIBUTES["entity"] != "5"], "no `group` of 5"),
        (ATTRIBUTES.assign(group=ATTRIBUTES["group"].mask(ATTRIBUTES["entity"] == "9")), "no `group` of 9"),
        (pd.concat([ATTRIBUTES, ATTRIBUTES.head(1)]), "1 listed more than once"),
    ):
        with pytest.raises(TableError, match=said):
            networks.tie_model(MONKS, ["same:group"], attributes=table, draws=100, rng=generator())
    undirected = networks.graph(pd.DataFrame({"source": ["a"], "target": ["b"]}), directed=False)
    with pytest.raises(ArgumentError, match="needs a directed network"):
        networks.tie_model(undirected, [], draws=100, rng=generator())


def test_the_answer_names_the_best_term_those_alike_and_those_by_chance() -> None:
    rng = np.random.default_rng(5)
    table = ATTRIBUTES.assign(age=rng.normal(size=18))
    model = networks.tie_model(MONKS, ["mutual", "same:group", "difference:age"], attributes=table, draws=200, rng=rng)
    told = {lang: " ".join(networks.tie_sentences(model, lang=lang)) for lang in ("en", "kk", "ru")}
    # exp(1.98) and exp(1.44), the estimates of another program above, and an attribute drawn by lot.
    assert "most strongly here is the same group: odds ratio 7." in told["en"]
    assert "Not told apart from it by the data: a tie the other way." in told["en"]
    assert "Does not stand out from chance: difference in age." in told["en"]
    assert "«group»" in told["ru"]
    assert "Не отличается от случайного" in told["ru"]
    assert "Кездейсоқтан ерекшеленбейтіні" in told["kk"]
    alone = networks.tie_model(MONKS, ["mutual"], draws=200, rng=rng)
    assert networks.tie_sentences(alone, lang="en")[0].startswith(
        "What predicts a tie, beyond chance, is a tie the other way: odds ratio 9.94 (95% interval"
    )  # (30/26) / (26/224) = 9.94


def test_the_example_of_the_guide_gives_what_it_says() -> None:
    guide = Path(__file__).parents[3] / "docs" / "networks.md"
    assert doctest.testfile(str(guide), module_relative=False).failed == 0


def test_a_last_term_that_the_others_determine_is_named() -> None:
    """The second is twice the first in each of three choices."""
    choices = np.array([[[0.0, 0.0], [1.0, 2.0]], [[0.0, 0.0], [2.0, 4.0]], [[0.0, 0.0], [-1.0, -2.0]]])
    with pytest.raises(ArgumentError, match="term b is determined by a; leave one out"):
        refuse_dependent(choices, ("a", "b"))
    choices[0, 1, 1] = 3.0
    refuse_dependent(choices, ("a", "b"))


def test_every_simulated_network_is_fitted_again() -> None:
    read = read_terms(MONKS, ["mutual", "shared_partners"], ATTRIBUTES, {})
    fitted = _of_ties(read, MONKS.binary.toarray() > 0, 40, generator())
    assert fitted.pivots.shape == (40, 3)  # the density is a term of every model


# Rules of the parts, each worked by hand.


def bare(p: int, *, codes: tuple[str, ...] = ("ties", "sender:x", "sender:y"), steps: tuple[float, ...] = ()) -> Terms:
    """Terms without actors, for what only reads their names and steps."""
    return Terms(codes[:p], np.zeros((0, 0, p)), np.array(steps or (1.0,) * p))


@pytest.mark.parametrize(("tied", "units"), [(1, 4), (2, 4), (1, 3), (999_999, 1_000_000)])
def test_a_share_has_the_log_odds_of_its_counts_and_the_variance_of_their_inverses(tied: int, units: int) -> None:
    choices = np.zeros((1, 2, 1))
    choices[0, 1, 0] = units  # one unit that stands for all: its term is scaled away
    [[value]], [[[inverse]]], [finite] = fit(choices, np.array([[float(tied)]]))
    assert finite
    assert value * units == pytest.approx(np.log(tied / (units - tied)), abs=1e-8)
    assert inverse * units**2 == pytest.approx(1 / (tied / units * (1 - tied / units)), rel=1e-4)


def test_a_sum_as_large_as_it_can_be_has_no_finite_coefficient() -> None:
    choices = np.array([[[0.0], [1.0]]] * 3)
    _, _, finite = fit(choices, np.array([[3.0], [2.0], [0.0]]))
    assert finite.tolist() == [False, True, False]


@pytest.mark.parametrize("own", [False, True], ids=["one for all draws", "one for each"])
def test_draws_are_fitted_alike_however_many_at_a_time(own: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    choices = np.array([[[0.0, 0.0], [1.0, size]] for size in (0.5, 1.0, 2.0, 4.0)])
    totals = np.array([[2.0, 3.0], [1.0, 1.0], [2.0, 5.0], [3.0, 3.5], [2.0, 7.5], [2.0, 2.5]])
    sizes = np.array([1.0, 50.0, 1.0, 0.02, 1.0, 1.0]) if own else np.ones(6)  # of the second term
    given = np.stack([choices * [1, size] for size in sizes]) if own else choices
    totals[:, 1] *= sizes
    whole = fit(given, totals)
    assert set(whole[2].tolist()) == {True, False}  # draws with an estimate, and without one
    for cells in (1, 32, 33):  # the numbers of one draw are 4 x 2 x 2 = 16
        monkeypatch.setattr(fitting, "_CELLS", cells)
        for found, wanted in zip(fit(given, totals), whole, strict=True):
            assert found.tolist() == wanted.tolist()


def test_what_is_found_of_a_draw_is_what_is_found_of_it_alone() -> None:
    """One draw that never comes to an end, and one whose term is a thousand times as large, stand beside it."""
    unit = np.array([[[0.0], [1.0]]] * 4)
    choices, totals = np.stack([unit, unit, 1000 * unit]), np.array([[1.0], [4.0], [1000.0]])
    value, inverse, finite = fit(choices, totals)
    alone = [fit(choices[place : place + 1], totals[place : place + 1]) for place in range(3)]
    assert value.tolist() == [one[0].tolist()[0] for one in alone]
    assert inverse.tolist() == [one[1].tolist()[0] for one in alone]
    assert finite.tolist() == [True, False, True]
    assert value[[0, 2], 0] == pytest.approx([np.log(1 / 3), np.log(1 / 3) / 1000])


def test_a_term_that_never_varies_in_a_draw_has_no_coefficient_there() -> None:
    """Two of four are tied: odds of 1, and nothing tells what a second term of nothing would do."""
    choices = np.zeros((2, 4, 2, 2))
    choices[:, :, 1, 0] = 1
    choices[1, :2, 1, 1] = 1
    value, inverse, finite = fit(choices, np.array([[2.0, 0.0], [2.0, 1.0]]))
    assert value[0].tolist() == [pytest.approx(0, abs=1e-9), np.inf]
    assert finite.tolist() == [False, True]
    assert np.isfinite(inverse).all()


def test_what_is_added_to_an_information_is_a_millionth_of_a_millionth() -> None:
    raised = fitting._raised(np.array([np.diag([1e12, 3e12]), np.zeros((2, 2))]))
    assert (raised[0] - np.diag([1e12, 3e12])).tolist() == pytest.approx(np.array([[4, 0], [0, 4]]), rel=1e-3)
    assert raised[1].tolist() == [[1e-12, 0], [0, 1e-12]]


def test_chances_of_states_do_not_overflow() -> None:
    choices = np.array([[[0.0], [1.0], [2.0]], [[0.0], [-1.0], [0.0]]])
    assert probabilities(choices, np.array([1e4])).tolist() == [[0, 0, 1], [0.5, 0, 0.5]]
    assert probabilities(choices, np.array([np.log(2)]))[0] == pytest.approx([1 / 7, 2 / 7, 4 / 7])


def test_a_term_that_never_varies_is_determined_by_nothing_else() -> None:
    choices = np.array([[[0.0, 5.0], [0.0, 6.0]], [[0.0, 5.0], [0.0, 4.0]]])
    with pytest.raises(ArgumentError, match="term a is determined by –; leave one out"):
        refuse_dependent(choices, ("a", "b"))
    with pytest.raises(ArgumentError, match="term c is determined by a, b; leave one out"):
        refuse_dependent(np.array([[[0.0] * 3, [1, 0, 1]], [[0.0] * 3, [0, 1, 1]]]), ("a", "b", "c"))


def test_terms_are_compared_as_they_differ_from_the_first_state_whatever_their_size() -> None:
    offset = np.array([[[5.0, 0.0], [6.0, 2.0]], [[5.0, 0.0], [4.0, -2.0]]])  # 1, -1 and 2, -2
    with pytest.raises(ArgumentError, match="term b is determined by a; leave one out"):
        refuse_dependent(offset, ("a", "b"))
    refuse_dependent(np.array([[[0.0, 0.0], [1e-12, 1.0]], [[0.0, 0.0], [1e-12, -1.0]]]), ("a", "b"))


@pytest.mark.parametrize(
    ("rows", "separable"),
    [
        ([[1.0]], True),
        ([[-1.0]], True),  # by a coefficient below 0
        ([[1.0], [-1.0]], False),
        ([[1.0, 0.0], [-1.0, 0.0]], False),
        ([[1.0, 0.0], [-1.0, 1.0]], True),  # the second may only gain
        ([[0.0, 2.0]], True),
        ([[], []], False),
    ],
)
def test_rows_are_separable_if_coefficients_make_none_negative_and_some_positive(
    rows: list[list[float]], separable: bool
) -> None:
    assert fitting._separable(np.array(rows)) is separable


def test_terms_that_are_each_enough_for_a_separation_are_all_named() -> None:
    choices = np.array([[[0.0, 0.0], [1.0, 1.0]], [[0.0, 0.0], [-1.0, -1.0]]])
    with pytest.raises(ArgumentError, match="without exception by a, b, so"):
        fitting.refuse_separated(choices, np.array([1, 0]), ("a", "b"))
    fitting.refuse_separated(choices, np.array([1, 1]), ("a", "b"))


SIZES = pd.DataFrame({"entity": [3, 1, 2], "size": [3.0, 0.0, 1.0], "kind": ["x", "x", "y"]})  # in no order
THREE = of("1 2", nodes="123")


@pytest.mark.parametrize(
    ("code", "cells", "step"),
    [
        ("difference:size", [[0, 1, 3], [1, 0, 2], [3, 2, 0]], 2 * np.sqrt(2 / 3)),
        ("sender:size", [[0, 0, 0], [1, 0, 1], [3, 3, 0]], 2 * np.sqrt(14) / 3),
        ("receiver:size", [[0, 1, 3], [0, 0, 3], [0, 1, 0]], 2 * np.sqrt(14) / 3),
        ("same:kind", [[0, 0, 1], [0, 0, 0], [1, 0, 0]], 1),  # 1 and 3 are x
        ("dyad:trade", [[0, 12, 13], [21, 0, 23], [31, 32, 0]], 2 * np.std([12, 13, 21, 23, 31, 32])),
        ("dyad:yes", [[0, 1, 0], [1, 0, 1], [0, 1, 0]], 1),
    ],
)
def test_what_a_term_reads_of_each_pair_and_how_long_its_step_is(
    code: str, cells: list[list[float]], step: float
) -> None:
    trade = pd.DataFrame(
        [[np.nan, 32, 31, 0], [23, 9, 21, 0], [13, 12, 9, 0], [0, 0, 0, 0]], [3, 2, 1, 4], [3, 2, 1, 4]
    )
    yes = pd.DataFrame([[7, 1, 0], [1, 7, 1], [0, 1, 7]], list("123"), list("123"))
    read = read_terms(THREE, [code, "mutual"], SIZES, {"trade": trade, "yes": yes})
    assert read.codes == ("ties", code, "mutual")
    assert read.covariates[:, :, 0].tolist() == [[0, 1, 1], [1, 0, 1], [1, 1, 0]]
    assert read.covariates[:, :, 1].tolist() == cells
    assert read.steps == pytest.approx([1, step, 1])
    assert (read.mutual, read.shared) == (True, False)


@pytest.mark.parametrize(
    ("codes", "said"),
    [
        (["mutual:"], "unknown term 'mutual:'"),
        (["same:"], "unknown term 'same:'"),
        (["mutual", "same:kind", "same:kind"], "term 'same:kind' stands twice"),
        (["same:entity"], "no attribute 'entity' for the term; there is: size, kind"),
        (["dyad:trade"], "no matrix 'trade' for the term; there is: few, twice, gap, most"),
        (["dyad:few"], "few: actors 3 are not in every row and column once"),
        (["dyad:twice"], "twice: actors 2 are not in every row and column once"),
        (["dyad:gap"], "gap: no number in rows of 1, 3; fill them"),
        (["dyad:most"], "most: actors 2, 3 are not in every row"),
    ],
)
def test_terms_that_cannot_be_read_are_refused_by_name(codes: list[str], said: str) -> None:
    full = pd.DataFrame(np.ones((3, 3)), list("123"), list("123"))
    gap = full.copy()
    gap.loc["1", "2"], gap.loc["3", "1"], gap.loc["2", "2"] = np.nan, np.inf, np.nan
    dyads = {
        "few": full.loc[:, ["1", "2"]],
        "twice": full.loc[["1", "2", "3", "2"]],
        "gap": gap,
        "most": full.loc[["1"], ["1"]],
    }
    with pytest.raises((ArgumentError, TableError), match=said):
        read_terms(THREE, codes, SIZES, dyads)


def test_without_attributes_and_matrices_there_is_none_to_name() -> None:
    with pytest.raises(ArgumentError, match="no attribute 'size' for the term; there is: –"):
        read_terms(THREE, ["sender:size"], SIZES[["entity"]], {})
    with pytest.raises(ArgumentError, match="no matrix 'size' for the term; there is: –"):
        read_terms(THREE, ["dyad:size"], SIZES, {})
    with pytest.raises(TableError, match="`size` of 2 is no number; mend it, or take same:size"):
        read_terms(THREE, ["sender:size"], SIZES.assign(size=[3.0, 0.0, np.inf]), {})


def test_ten_names_are_listed_and_of_more_it_is_said() -> None:
    names = pd.Index(list("abcdefghijk"))
    assert _listed(names[:10]) == "a, b, c, d, e, f, g, h, i, j"
    assert _listed(names) == "a, b, c, d, e, f, g, h, i, j, …"


def test_states_of_a_dyad_are_none_there_back_and_both() -> None:
    read = read_terms(THREE, ["sender:size", "mutual"], SIZES, {})
    # Dyads 1-2, 1-3, 2-3; terms ties, size of the sender (0, 1, 3), mutual.
    assert dyad_choices(read).tolist() == [
        [[0, 0, 0], [1, 0, 0], [1, 1, 0], [2, 1, 1]],
        [[0, 0, 0], [1, 0, 0], [1, 3, 0], [2, 3, 1]],
        [[0, 0, 0], [1, 1, 0], [1, 3, 0], [2, 4, 1]],
    ]
    tied = of("1 2|3 1|2 3|3 2").binary.toarray() > 0
    assert dyad_states(tied).tolist() == [1, 2, 3]
    # ties, sizes and answers of the states 1, 2, 3; and of 0, 3, 0
    assert _totals(dyad_choices(read), np.array([[1, 2, 3], [0, 3, 0]])).tolist() == [[4, 7, 1], [2, 3, 1]]
    choices, totals = _tie_choices(read, tied[None])
    assert totals.tolist() == [[4, 7, 2]]  # each end of an answered tie answers
    # 1 to 2 and 3, 2 to 1 and 3, 3 to 1 and 2: one, the sender's size, and whether the other is tied to it
    assert choices[0, :, 1].tolist() == [[1, 0, 0], [1, 0, 1], [1, 1, 1], [1, 1, 1], [1, 3, 0], [1, 3, 1]]
    assert not choices[0, :, 0].any()


def test_states_are_drawn_from_their_own_chances() -> None:
    sure = (1e3 * np.eye(4))[:, :, None]  # the first unit is sure of state 0, the next of 1, and so on
    assert draw_states(sure, np.ones(1), draws=3, rng=generator()).tolist() == [[0, 1, 2, 3]] * 3
    free = np.array([[[0.0], [1], [0], [1]]])
    found = draw_states(free, np.array([np.log(3)]), draws=4000, rng=generator())
    shares = np.bincount(found[:, 0], minlength=4) / 4000
    assert shares == pytest.approx([1 / 8, 3 / 8, 1 / 8, 3 / 8], abs=0.03)


def test_half_of_the_chains_begin_without_a_tie_and_half_with_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulating, "SWEEPS", 0)
    read = read_terms(THREE, ["shared_partners"], SIZES, {})
    begun = draw_networks(read, np.zeros(2), draws=5, rng=generator())
    assert begun.sum(axis=(1, 2)).tolist() == [0, 0, 6, 6, 6]
    assert not begun[:, range(3), range(3)].any()


def test_without_terms_of_others_ties_are_tossed_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simulating, "SWEEPS", 3)
    read = read_terms(of("a b", nodes="abcd"), [], pd.DataFrame(), {})
    share = draw_networks(read, np.zeros(1), draws=200, rng=generator()).sum() / (200 * 12)
    assert share == pytest.approx(1 / 2, abs=4 * 0.5 / np.sqrt(200 * 12))


def test_what_a_simulated_tie_adds_is_what_a_model_says_and_partners_are_kept() -> None:
    rng = generator()
    tied = rng.random((6, 6)) < 0.5
    np.fill_diagonal(tied, False)
    whole = tied.astype(np.int64)[:, :, None]
    partners = np.einsum("ikd,kjd->ijd", whole, whole)
    worth = 2.0 * (1 - np.exp(-0.5)) ** np.arange(6)
    read = read_terms(of("a b", nodes="abcdef"), ["shared_partners"], pd.DataFrame(), {})
    pairs = list(zip(*np.nonzero(~np.eye(6, dtype=bool)), strict=True))
    for i, j in pairs:
        assert simulating._change(whole, partners, worth, i, j) == pytest.approx(2 * changes(read, tied)[i, j, 1])
    for i, j in pairs[::2]:
        simulating._set(whole, partners, i, j, np.array([not whole[i, j, 0]]))
    assert (whole[:, :, 0] != tied).sum() == 15
    assert partners[:, :, 0].tolist() == (whole[:, :, 0] @ whole[:, :, 0]).tolist()


def counted(*counts: int) -> np.ndarray:
    """Networks of so many ties each, of twenty cells."""
    return np.arange(20).reshape(1, 4, 5) < np.array(counts)[:, None, None]


LOW = (2, 4) * 4 + (3,)  # mean 3, variance 8/9


@pytest.mark.parametrize(
    ("counts", "observed", "refused"),
    [
        ((3,) * 4 + (4,) * 4, 3, False),  # chains that differ by 1 have met
        ((3,) * 4 + (5,) * 4, 3, True),
        # Errors hypot(s, s') / 3 = 0.355, 0.344 and 0.314, so that 2.78, 2.72 and 2.57 are allowed.
        ((*LOW, *(5,) * 5, *(6,) * 4), 4, False),  # apart by 2.44
        ((*LOW, *(5,) * 2, *(6,) * 7), 4, True),  # by 2.78
        ((*(6,) * 9, *LOW), 4, True),  # by 3, the other way round
        ((3, 5, 3, 5), 3, False),
        ((3, 5, 3, 5), 5, False),
        ((3, 5, 3, 5), 2, True),
        ((3, 5, 3, 5), 6, True),
    ],
)
def test_a_model_is_degenerate_where_chains_do_not_meet_or_leave_the_network_out(
    counts: tuple[int, ...], observed: int, refused: bool
) -> None:
    said = pytest.raises(ArgumentError, match=f"close to degenerate: .* and {observed} were observed")
    with said if refused else nullcontext():
        ties._refuse_degenerate(counted(*counts), observed)


def test_a_draw_without_an_estimate_lies_infinitely_far_off_or_by_the_observed_error() -> None:
    finite = np.array([True, True, True, False, False, False])
    again = np.array([[5.0], [49.0], [-3.0], [22.0], [-25.0], [21.0]])  # observed 1, with an error of 2; of draws, 4
    found = ties._finite(bare(1), np.array([1.0]), np.array([[4.0]]), again, np.full((6, 1, 1), 16.0), finite)
    assert found.error.tolist() == [2]
    assert found.pivots[:, 0].tolist() == [1, 12, -1, np.inf, -np.inf, 10]
    assert found.simulated[:, 0].tolist() == [5, 49, -3]
    with pytest.raises(ArgumentError, match=r"67% of the networks .* no finite estimate of ties: the network has"):
        ties._finite(bare(1), np.ones(1), np.ones((1, 1)), again, np.ones((6, 1, 1)), np.arange(6) < 2)


def fitted(value: list[float], simulated: list[list[float]], pivots: list[list[float]] | None = None) -> ties._Fitted:
    return ties._Fitted(np.array(value), np.full(len(value), 2.0), np.array(simulated), np.array(pivots or simulated))


@pytest.mark.parametrize(("level", "half"), [(0.4, 2 * 2), (0.5, 2 * 3), (0.6, 2 * 3), (0.61, np.nan)])
def test_an_interval_is_as_wide_as_the_share_of_draws_says(level: float, half: float) -> None:
    """Of 4 draws and the network observed each is as likely to have any rank: the k-th holds k of 5."""
    low, high = ties._intervals(fitted([10.0], [[0.0]], [[1.0], [-2.0], [3.0], [np.inf]]), level)
    assert [*low, *high] == pytest.approx([10 - half, 10 + half], nan_ok=True)


def test_rows_of_a_model_by_hand() -> None:
    """Of ten pairs three are tied one way and two both ways, as in the guide: odds 3 : 10, and 4 : 3 if answered."""
    model = networks.tie_model(replace(of("a b|b a c|c b d|d e|e c"), source_id="s"), ["mutual"], rng=generator())
    assert (model.exact, model.ties, model.actors, model.draws) == (True, 7, 5, 1000)
    rows = model.estimates.set_index(["measure", "entity"])
    assert rows["n"].tolist() == [20] * 6
    assert set(rows["level"].dropna()) == {0.95}
    assert set(rows["source_id"]) == {"s"}
    assert rows.loc["tie_log_odds", "value"].to_dict() == pytest.approx({"ties": np.log(0.3), "mutual": np.log(40 / 9)})
    errors = rows.loc["tie_standard_error"]
    assert errors[["low", "high", "level"]].isna().all(axis=None)
    assert set(errors["interval"]) == {"none"}
    logs, ratios = rows.loc["tie_log_odds"], rows.loc["tie_odds_ratio"]
    for column in ("value", "low", "high"):
        assert ratios[column].to_numpy() == pytest.approx(np.exp(logs[column]).to_numpy(), nan_ok=True)
    assert set(logs["interval"]) == set(ratios["interval"]) == {"confidence"}
    assert (logs["high"] + logs["low"] - 2 * logs["value"]).dropna().to_numpy() == pytest.approx(0, abs=1e-9)
    assert model.comparisons.empty


def test_errors_and_ratios_are_those_of_simulated_networks_and_steps() -> None:
    terms = bare(2, steps=(1.0, 3.0))
    given = fitted([0.5, 1.0], [[0.0, 1.0], [2.0, 4.0]])
    ends = np.array([0.0, 0.5]), np.array([1.0, 1.5])
    fixed = {"level": 0.9, "source_id": "s", "n": 6.0}
    rows = ties._estimates(terms, given, ends, fixed).set_index(["measure", "entity"])
    errors = rows.loc["tie_standard_error", "value"].to_dict()
    assert errors == pytest.approx({"ties": np.sqrt(2), "sender:x": np.sqrt(4.5)})
    ratios = rows.loc[("tie_odds_ratio", "sender:x"), ["value", "low", "high"]].astype(float)
    assert ratios.to_numpy() == pytest.approx(np.exp([3, 1.5, 4.5]))
    assert rows["unit"].tolist() == ["log_ratio"] * 4 + ["ratio"] * 2


@pytest.mark.parametrize(
    ("simulated_x", "ends"),
    [
        # Effects are 2 of x and 0.5 of y: apart by 1.5. Draws apart by 1.5, 2.5 and 0.5, whose first and third of 3 + 1
        # hold the middle half.
        ([-1.0, -1.5, -0.5], (0.5, 2.5)),
        ([-1.75] * 3, (0.0, 1.5)),  # draws apart by 3: 2 x 1.5 - 3, and the interval holds its value
        ([-0.25] * 3, (1.5, 3.0)),
    ],
)
def test_effects_are_compared_by_their_steps_and_sizes(simulated_x: list[float], ends: tuple[float, float]) -> None:
    terms = bare(3, steps=(1.0, 2.0, 1.0))
    given = fitted([9.0, -1.0, 0.5], [[9.0, one, 0.5] for one in simulated_x])
    found = ties._comparisons(terms, given, {"level": 0.5, "source_id": "s", "n": 6.0})
    assert found[["left", "right", "value"]].to_numpy().tolist() == [["sender:x", "sender:y", 1.5]]
    assert found[["low", "high"]].to_numpy()[0] == pytest.approx(ends)


def test_a_model_of_partners_is_no_exact_one_and_is_fitted_in_parts_alike(monkeypatch: pytest.MonkeyPatch) -> None:
    network = of("a b c|b c d|c d|d a e|e a b")
    monkeypatch.setattr(simulating, "SWEEPS", 2)
    models = []
    for block in (ties._BLOCK, 200, 1):  # the choices of one network are 20 x 2 x 2 = 80 numbers
        monkeypatch.setattr(ties, "_BLOCK", block)
        models.append(networks.tie_model(network, ["shared_partners"], draws=101, rng=generator()))
    assert not models[0].exact
    for model in models[1:]:
        pd.testing.assert_frame_equal(model.estimates, models[0].estimates, check_exact=True)


@pytest.mark.parametrize("terms", [["shared_partners", "sender:one"], ["shared_partners", "sender:first"]])
def test_models_of_partners_refuse_what_others_do(terms: list[str]) -> None:
    network = of("a b c d e|b a c", nodes="abcde")
    table = pd.DataFrame({"entity": list("abcde"), "one": 1.0, "first": [1.0, 0, 0, 0, 0]})
    with pytest.raises(ArgumentError, match=r"is determined by|without exception by sender:first"):
        networks.tie_model(network, terms, attributes=table, draws=100, rng=generator())


def told_of(
    *rows: tuple[str, float, float, float], lows: dict[str, float] | None = None, exact: bool = True
) -> list[str]:
    """What is said of terms with these odds ratios and intervals; ``lows`` of the first less the others."""
    frame = pd.DataFrame([("ties", 1.0, 0.5, 2.0), *rows], columns=["entity", "value", "low", "high"])
    estimates = frame.assign(measure="tie_odds_ratio", level=0.9)
    pairs = pd.DataFrame({"right": list(lows or {}), "low": list((lows or {}).values())})
    return networks.tie_sentences(networks.TieModel(estimates, pairs, exact, 7, 5, 200), lang="en")


def odds(value: str, low: str, high: str) -> str:
    return f"odds ratio {value} (90% interval {low}–{high})."


MUTUAL, SAME = ("mutual", 4.0, 2.0, 8.0), ("same:g", 2.0, 1.5, 3.0)


@pytest.mark.parametrize(
    ("rows", "lows", "said"),
    [
        ([], {}, []),
        (
            [MUTUAL],
            {},
            ["What predicts a tie, beyond chance, is a tie the other way: " + odds("4.00", "2.00", "8.00")],
        ),
        (
            [("mutual", 4.0, 1.0, 8.0), ("same:g", 0.9, 0.5, 1.0)],
            {},
            ["No term stands out from chance: a tie the other way; the same g."],
        ),
        (  # Odds that fall to a fifth move farther than those that rise fourfold.
            [MUTUAL, ("same:g", 0.2, 0.0123, 0.5)],
            {"mutual": 0.1},
            [
                "What best predicts a tie is the same g: "
                + odds("0.200", "0.0123", "0.500")
                + " No other term moves the odds as far.",
                "Stands out from chance: a tie the other way, " + odds("4.00", "2.00", "8.00"),
            ],
        ),
        (
            [("mutual", 123.4, 12.34, 1234.5), SAME, ("dyad:d", 1.1, 0.9, 1.2)],
            {"same:g": 0.0, "dyad:d": 0.1},
            [
                "What predicts a tie most strongly here is a tie the other way: "
                + odds("123", "12.3", "1,234")
                + " Not told apart from it by the data: the same g.",
                "Stands out from chance: the same g, " + odds("2.00", "1.50", "3.00"),
                "Does not stand out from chance: d.",
            ],
        ),
        (  # The strongest is not sure, so that none is called so.
            [("mutual", 9.0, 0.0, 99.0), SAME],
            {"same:g": -1.0},
            [
                "Stands out from chance: the same g, " + odds("2.00", "1.50", "3.00"),
                "Does not stand out from chance: a tie the other way.",
            ],
        ),
    ],
)
def test_what_is_said_of_terms_by_their_odds(
    rows: list[tuple[str, float, float, float]], lows: dict[str, float], said: list[str]
) -> None:
    *found, method = told_of(*rows, lows=lows)
    assert found == said
    assert method.startswith("Actors: 5, ties: 7.")
    assert "drawn exactly" in method
    assert "200 networks simulated" in told_of(*rows, lows=lows, exact=False)[-1]
    assert told_of(("mutual", 4.0, 0.0, 8.0))[0].startswith("No term")
