"""Targets: reached or missed in their own year, counted once, and one truth in every table that prints them."""

from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import figures, labels, sources
from digital_diplomacy import penetration as pen
from digital_diplomacy.errors import TableError
from digital_diplomacy.figures.parts import wording
from digital_diplomacy.tables import ESTIMATES

REPOSITORY = Path(__file__).parents[2]


def table(name):
    return sources.load(name, root=REPOSITORY)


def goals(entity="KAZ"):
    rows = table("programme_targets").query("entity == @entity and type == 'target'")
    return pen.printed_figures(rows, source_id="programme_targets")


def users(country="KAZ"):
    return pen.internet_users(table("internet_users"), countries=[country])


def test_one_of_four_targets_was_reached_and_three_cannot_be_checked():
    found = pen.check_targets(goals(), users(), cited=goals().head(0))
    assert pen.verdict_counts(found).to_numpy().tolist() == [[4, 1, 0, 3]]
    assert pen.verdict_counts(found.head(0)).empty


def test_the_target_of_2020_stands_beside_the_value_of_2020():
    found = pen.dated_targets(goals(), users()).iloc[0]
    assert found[["period", "target", "observed_pct", "reading", "first_period"]].tolist() == [
        "2020", 80, 85.9426, "reached", "2019"
    ]  # fmt: skip
    missed = pen.dated_targets(goals().assign(value=99.0, low=99.0, high=99.0), users()).iloc[0]
    assert (missed["reading"], missed["first_period"]) == ("missed", "")
    assert pen.dated_targets(goals("UZB"), users("UZB")).empty


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_two_series_that_reach_their_targets_are_told_by_their_measures(lang):
    goal = goals().query("measure == 'internet_users_pct'")
    both = pd.concat([users(), users().assign(measure="social_media_users_pct")], ignore_index=True)
    set_both = pd.concat([goal, goal.assign(measure="social_media_users_pct")], ignore_index=True)
    said = figures.fill_sentences(pen.first_reached(set_both, both), "sentence.first_reached", lang=lang)
    named = [labels.text(f"measure.{code}", lang) in text for text, code in zip(said, set_both["measure"], strict=True)]
    assert named == [True, True]


def test_of_a_series_that_begins_above_the_target_it_is_told_when_it_begins():
    goal = goals().query("measure == 'internet_users_pct'")
    late = users().query("period >= '2020'")  # 80 by 2020, which the whole series reached in 2019
    first = pen.first_reached(goal, late).iloc[0]
    assert (first["period"], first["series_period"]) == ("2020", "2020")
    dated = pen.dated_targets(goal, late).iloc[0]
    assert (dated["first_period"], dated["series_period"]) == ("2020", "2020")
    said = figures.fill_sentences(pen.first_reached(goal, late), "sentence.first_reached", lang="en")
    assert said[0].endswith("in 2020; the series begins in 2020.")


def programmes_of_one_measure():
    """80 by 2020 of one programme; of another 82 by 2020 and 99 by 2010, and a third repeats the 82 for 2022."""
    goal = goals().query("measure == 'internet_users_pct'")
    others = [goal.assign(group=name, period=year, value=float(value), low=value - 0.5, high=value + 0.5)
              for name, year, value in (("b", "2020", 82), ("b", "2010", 99), ("c", "2022", 82))]  # fmt: skip
    return pd.concat([goal, *others], ignore_index=True)


def test_targets_of_several_programmes_and_years_are_each_told():
    stated = programmes_of_one_measure()
    first = pen.first_reached(stated, users())  # 81.8776 in 2019, 85.9426 in 2020; never 99
    assert first[["target", "period", "value"]].to_numpy().tolist() == [[80, "2019", 81.8776], [82, "2020", 85.9426]]
    found = pen.check_targets(stated, users(), cited=goals().head(0))
    assert found["verdict"].tolist() == ["holds", "holds", "fails", "holds"]
    assert found["relation_id"].is_unique
    assert pen.first_reached(stated.head(0), users()).empty


def test_two_programmes_with_a_target_for_one_year_stand_side_by_side():
    # 85.9426 were online in 2020: 5.9426 above 80 and 3.9426 above 82.
    stated = programmes_of_one_measure().assign(group=["a", "b", "b", "c"])
    found = pen.target_gaps(stated, users())
    assert set(found.columns) == {*ESTIMATES.columns, "programme"}
    same = found[found["period"] == "2020"]
    assert same[["programme", "group", "value"]].round(4).to_numpy().tolist() == [
        ["a", "target", 80], ["a", "observed", 85.9426], ["a", "gap", 5.9426],
        ["b", "target", 82], ["b", "observed", 85.9426], ["b", "gap", 3.9426],
    ]  # fmt: skip
    assert found.groupby("programme").size().to_dict() == {"a": 3, "b": 6, "c": 3}
    assert pen.dated_targets(stated, users())["programme"].tolist() == ["a", "b", "b", "c"]
    with pytest.raises(TableError, match="unique key"):  # one programme with two targets for one year
        pen.target_gaps(stated.assign(group="a"), users())


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_a_programme_of_ones_own_is_told_by_its_own_name(lang):
    stated = programmes_of_one_measure().assign(group=["digital_kazakhstan", "b", "b", "c"])
    with labels.own_names({"entity.b": "Connected", "entity.c": "Later"}):
        said = figures.fill_sentences(
            pen.dated_targets(stated, users()), "sentence.answer_programmes_target", lang=lang
        )
        told = [wording.cell("programme", code, lang) for code in ("digital_kazakhstan", "b")]
    assert len(said) == 4
    assert told == [labels.text("entity.digital_kazakhstan", lang), "Connected"]


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_each_sentence_on_a_target_names_it(lang):
    said = figures.fill_sentences(pen.first_reached(programmes_of_one_measure(), users()), "sentence.first_reached",
                                  lang=lang)  # fmt: skip
    assert [("80" in one, "82" in one) for one in said] == [(True, False), (False, True)]


def test_targets_of_two_programmes_in_one_year_are_drawn_apart():
    stated = programmes_of_one_measure()
    assert pen.drawn_targets(stated)["group"].tolist() == ["", "b", "b", "c"]
    assert set(pen.drawn_targets(stated[1:])["group"]) == {"target"}  # 2020, 2010 and 2022


def test_a_title_tells_one_target_or_how_many_of_several_were_reached():
    stated = programmes_of_one_measure()
    several = pen.targets_found(stated, users())
    assert several.to_dict("records") == [{"entity": "KAZ", "targets": 4, "reached": 3, "case": "several"}]
    assert pen.targets_found(stated.head(1), users())[["target", "case"]].to_numpy().tolist() == [[80.0, "reached"]]
    assert pen.targets_found(stated.head(0), users()).empty


def test_every_cited_edition_is_drawn_beside_the_target():
    # A notebook that filters the cited figures by document would leave out the edition nearest to the target's year.
    notebook = (REPOSITORY / "notebooks" / "programmes.ipynb").read_text(encoding="utf-8")
    assert "document ==" not in notebook
    cited = pen.printed_figures(table("datareportal").query("entity == 'KAZ'"), source_id="datareportal")
    found = pen.check_targets(goals(), users(), cited=cited)
    other = found.loc[found["kind"] == "target_other_year", "reason"].tolist()
    assert other == ["81.9 (2021-01); 80 (2020)", "90.9 (2023-01); 80 (2020)"]


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("programme_targets", "type in ['target', 'restated']"),
        ("datareportal", ""),
        ("iei_survey_2017", ""),
        ("trust_survey", ""),
        ("theopenasia_2020", ""),
        ("statcounter_2020", ""),
        ("brand_analytics_2023", ""),
        ("global_users", ""),
        ("appeals_and_channels", ""),
    ],
)
@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_a_source_line_credits_the_documents_that_print_its_rows_and_no_other(name, query, lang):
    rows = table(name).query(query) if query else table(name)
    text = labels.text(f"source.{name}", lang)
    named = {
        code for code in ("000", "001", "002", "003", "004") if labels.document(code, lang).lower() in text.lower()
    }
    assert named == set(rows["document"])


def test_a_figure_in_two_tables_is_told_alike():
    # The tables of programmes and of claims read the same words of the same documents.
    targets = table("programme_targets")
    rows = targets[targets["value"].notna()]
    claims = table("claims")
    both = rows.merge(claims, on=["document", "as_printed"], suffixes=("", "_claim"))
    countries = both[both["entity_claim"].str.fullmatch("[A-Z]{3}")]
    assert {"complaints_reduction", "budget_saved"} <= set(both["measure"])
    assert countries.loc[countries["entity"] != countries["entity_claim"], "measure"].tolist() == []
    words = both[~both["bound"].isin(["about"]) | (both["as_printed"].str.contains("around|about"))]
    assert sorted(set(both["measure"]) - set(words["measure"])) == []


def test_a_figure_of_the_united_nations_cites_the_united_nations():
    world = table("world_population")
    assert world["publisher"].str.contains("UN DESA, World Population Prospects 2022").all()
    assert world["page"].str.startswith("https://population.un.org/").all()
    # 8,511,723.329 thousand, 1 January 2030, medium variant; 5 of 8.5117 billion are 58.74 %.
    assert world["value"].tolist() == [8_511_723_329]
    goal = pen.printed_figures(table("global_users").query("measure == 'accounts_forecast'"), source_id="g")
    people = pen.printed_figures(world, source_id="w")
    assert pen.required_share(goal, people)["value"].item() == pytest.approx(58.74, abs=0.005)


def test_restated_targets_count_once():
    every = table("programme_targets").query("entity == 'KAZ'")
    assert every.loc[every["type"] == "restated", "measure"].tolist() == ["internet_users_pct_restated"]
    assert not pd.Series(goals()["measure"]).str.endswith("_restated").any()
