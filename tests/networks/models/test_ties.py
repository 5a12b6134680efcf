"""Models of ties: closed forms, other programs, every network of few actors counted out, and refusals."""

import doctest
from itertools import product
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import networks
from digital_diplomacy.errors import ArgumentError, TableError
from digital_diplomacy.networks.models.fitting import fit, refuse_dependent
from digital_diplomacy.networks.models.simulating import draw_networks
from digital_diplomacy.networks.models.terms import changes, dyad_choices, dyad_states, read_terms
from digital_diplomacy.networks.models.ties import _of_ties

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
