"""Rows of answers: the tables' figures, and countries of which they hold nothing or a part."""

from pathlib import Path

import pandas as pd
import pytest

from digital_diplomacy import labels, sources
from digital_diplomacy import penetration as pen
from digital_diplomacy.figures import fill_sentences
from digital_diplomacy.figures.parts import wording

REPOSITORY = Path(__file__).parents[2]


def table(name):
    return sources.load(name, root=REPOSITORY)


def figures(name, query):
    return pen.printed_figures(table(name).query(query), source_id=name)


def users(country):
    return pen.internet_users(table("internet_users"), countries=[country])


def test_news_sources_stand_beside_those_online_in_the_same_year():
    # IEI 2017: television at least 60 %, social networks 4.8 %; ITU 2017: 76.4267 %.
    found = pen.news_sources(figures("iei_survey_2017", "measure == 'main_source'"), users("KAZ"))
    columns = ["period", "group", "top_low", "networks", "networks_low", "networks_high", "online_pct"]
    assert found[columns].to_numpy().tolist() == [["2017", "television", 60, 4.8, 4.75, 4.85, 76.4267]]
    without = pen.news_sources(figures("iei_survey_2017", "measure == 'main_source'"), users("UZB"))
    assert without["online_pct"].isna().all()
    for lang, source in {"en": "(ITU, via", "ru": "(МСЭ, через", "kk": "(ХЭО, Дүниежүзілік"}.items():
        said = fill_sentences(found, "sentence.answer_listening_online", lang=lang)
        assert source in said[0]  # what the survey's page prints has another source
    partly = figures("iei_survey_2017", "measure == 'main_source' and platform == 'television'")
    assert pen.news_sources(partly, users("KAZ")).empty


def test_who_is_online_is_told_alone_where_nothing_else_is_known():
    asked, nobody = figures("trust_survey", "entity == 'KAZ'"), figures("trust_survey", "entity == 'UZB'")
    vanuatu = users("VUT")
    assert pen.last_alone(vanuatu, nobody)["period"].tolist() == [vanuatu["period"].max()]
    assert pen.last_alone(vanuatu, nobody, asked).empty
    assert list(pen.last_alone(vanuatu, asked).columns) == list(vanuatu.columns)


def test_trust_needs_all_three_answers():
    found = pen.trust_in_networks(figures("trust_survey", "entity == 'KAZ'"))
    assert found[["trust_full", "trust_sometimes", "trust_none"]].to_numpy().tolist() == [[16.54, 65.28, 12.22]]
    assert pen.trust_in_networks(figures("trust_survey", "measure != 'trust_none'")).empty
    assert pen.trust_in_networks(figures("trust_survey", "entity == 'UZB'")).empty


def test_counts_of_one_entity_stand_in_one_row():
    counts = table("appeals_and_channels").query("entity == 'KAZ'")
    found = pen.counted_together(counts, measures=["akimats", "akimats_with_call_centre"])
    assert found[["entity", "akimats", "akimats_with_call_centre"]].to_numpy().tolist() == [["KAZ", 17, 4]]
    assert pen.counted_together(counts.head(1), measures=["akimats", "akimats_with_call_centre"]).empty
    assert pen.counted_together(counts.head(0), measures=["akimats"]).empty


def test_side_by_side_has_a_column_for_each_measure():
    rows = figures("trust_survey", "entity == 'KAZ'")
    found = pen.side_by_side(rows)
    assert found["group"].tolist() == ["mobile_messengers", "social_networks"]
    assert found.loc[0, "trust_full"] == 12.52
    assert pen.side_by_side(rows.head(0)).empty


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_answers_say_their_figures_in_every_language(lang):
    changes = pen.edition_changes(figures("datareportal", "entity == 'KAZ'"))
    shares = changes[changes["unit"] == "percentage_points"]
    said = fill_sentences(shares, "sentence.answer_penetration_change", lang=lang)
    assert len(said) == 2
    plain = [line.replace(",", ".") for line in said]
    assert [part in plain[0] for part in ("81.9", "90.9")] == [True, True]
    assert [part in plain[1] for part in ("63.5", "60.8")] == [True, True]
    assert labels.text("direction.fell", lang) in said[1]
    goals = figures("programme_targets", "entity == 'KAZ' and type == 'target'")
    reached = fill_sentences(pen.dated_targets(goals, users("KAZ")), "sentence.answer_programmes_target", lang=lang)
    assert "85.9 %" in reached[0].replace(",", ".").replace("\N{NO-BREAK SPACE}", " ").replace("%", " %").replace(
        "  ", " "
    )
    assert "85.9426" not in reached[0].replace(",", ".")
    assert labels.text("reading.reached", lang) in reached[0]


@pytest.mark.parametrize("lang", labels.LANGUAGES)
def test_periods_of_any_name_are_written_as_people_write_them(lang):
    frame = pd.DataFrame({"entity": ["KAZ"], "first_period": ["2021-01"]})
    assert wording.cell("first_period", frame.loc[0, "first_period"], lang) == labels.period("2021-01", lang)


def test_a_necessary_number_is_not_called_sufficient():
    # 150 of 691 respondents make significance possible, 691 certain.
    for lang, words in (("en", "only if at least {low}"), ("ru", "только если"), ("kk", "болуы үшін")):
        text = labels.text(
            "sentence.smallest_sample", lang, measure="m", left="a", right="b", low="{low}", high="{high}"
        )
        assert words in text


def test_what_a_publisher_calls_other_is_no_platform():
    columns = {"entity": "KAZ", "period": "2026", "measure": "referral_share", "unit": "percent", "base": "page_views"}
    shares = pd.DataFrame({"platform": ["facebook", "other", "vkontakte"], "value": [60.0, 30.0, 10.0]}).assign(
        **columns
    )
    found = pen.printed_figures(shares.assign(low=shares["value"], high=shares["value"]), source_id="statcounter_2020")
    assert found["group"].tolist() == ["facebook", "vkontakte"]
