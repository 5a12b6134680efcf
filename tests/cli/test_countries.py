"""Countries among the names of a researcher's own tables."""

from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy.cli.app import speak
from digital_diplomacy.cli.countries import countries_among, countries_meant
from digital_diplomacy.cli.network import command as network
from digital_diplomacy.cli.runs import check_compared
from digital_diplomacy.runs.notebooks import Notebook, plan_runs
from digital_diplomacy.runs.parameters import Parameter


@pytest.fixture(autouse=True)
def _english() -> None:
    speak([])  # whatever a command before was asked for


def test_names_are_countries_where_most_of_them_are() -> None:
    assert countries_among(["Казахстан", "Өзбекстан", "Korea, Rep.", "EU"], "a.csv") == {
        "Казахстан": "KAZ", "Өзбекстан": "UZB", "Korea, Rep.": "KOR",
    }  # fmt: skip
    assert countries_among(["Georgia", "Alabama", "Texas"], "a.csv") == {}


@pytest.mark.parametrize("names", [["Georgia"], ["georgia", "georgia"]])
def test_georgia_alone_is_a_question(names: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        countries_among(names, "a.csv")
    assert "a.csv: Georgia is a country and a state of the USA; write GEO, or US-GA" in capsys.readouterr().err


def test_two_names_of_one_country_are_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        countries_among(["Казахстан", "Kazakhstan", "Uzbekistan"], "a.csv")
    assert "a.csv: 'Казахстан' and 'Kazakhstan' are one country (KAZ); keep one name" in capsys.readouterr().err


def test_actors_that_are_countries_bear_their_names_in_the_language_of_the_page() -> None:
    ties = pd.DataFrame({"source": ["Казахстан"], "target": ["Узбекистан"], "relation": ["tie"]})
    actors = pd.DataFrame({"actor_id": ["Казахстан", "Узбекистан"], "label": ["", "UZ"]})
    found = countries_among(network._unlabelled(actors), "a.csv")
    named = network._names(ties, actors, {}, found, "en")
    assert (named["entity.Казахстан"], named["entity.Узбекистан"]) == ("Kazakhstan", "UZ")


def test_a_comparison_that_was_chosen_may_not_hold_the_country_itself(capsys: pytest.CaptureFixture[str]) -> None:
    known = {name: Parameter(name, value, "") for name, value in {"country": "KAZ", "compare": ["UZB"]}.items()}
    notebook = Notebook("one", Path("one.ipynb"), known, "One", 1)
    for given in ({"compare": "RUS,KAZ"}, {"country": "UZB", "compare": "UZB"}):
        with pytest.raises(SystemExit):
            check_compared(plan_runs({"one": notebook}, [], given, ("en",), {}), given)
        assert "is the country that is compared; leave it out of the others" in capsys.readouterr().err
    others = {"country": "UZB"}  # among those the notebook names
    check_compared(plan_runs({"one": notebook}, [], others, ("en",), {}), others)


def test_georgia_named_by_an_option_is_the_country_and_that_is_said(capsys: pytest.CaptureFixture[str]) -> None:
    assert countries_meant(["Georgia"]) == {"Georgia": "GEO"}
    assert "not the state of the USA" in capsys.readouterr().err
