"""The command that measures and draws a network of a researcher's own, from files to files."""

import html
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from digital_diplomacy import labels, networks
from digital_diplomacy.cli import main
from digital_diplomacy.cli.network import command
from digital_diplomacy.errors import ArgumentError
from digital_diplomacy.sources import read_network

EDGES = """source,target,relation,weight,period
kz,tw,uses,3,2024
kz,fb,uses,1,2024
uz,tw,uses,2,2024
uz,kz,uses,2,2024
people,tw,uses,5,2024
people,fb,uses,5,2024
fb,people,uses,1,2024
kz,people,answers,1,2025
"""
NODES = """actor_id,type,label
kz,ministry,"СІМ «Қазақстан» & co"
uz,ministry,МИД Узбекистана
tw,platform,Twitter
fb,platform,Facebook
people,citizens,Азаматтар
alone,media,Телеарна
"""
STANDARDS = "actor_id,standard\nkz,X\nuz,X\npeople,X\npeople,VK\n"


def write(folder: Path) -> Path:
    for name, text in (("edges.csv", EDGES), ("nodes.csv", NODES), ("standards.csv", STANDARDS)):
        (folder / name).write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return write(tmp_path)


@pytest.fixture(scope="module")
def made_once(once: Callable[..., Callable[..., Path]]) -> Callable[..., Path]:
    """A folder with what the command makes with these arguments, for those who only read it."""
    return once(write, run)


TOLD = ("--lang", "ru", "--goals", "answers")
ONE_RELATION = ("--standards", "standards.csv", "--relation", "uses")


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str) -> int:
    words = ["digital-diplomacy", "network", "edges.csv", "--nodes", "nodes.csv", "--draws", "19", *arguments]
    monkeypatch.setattr(sys, "argv", words)
    try:
        main()
    except SystemExit as stopped:
        return int(stopped.code or 0)
    return 0


def powers(folder: Path) -> pd.DataFrame:
    frame = pd.read_csv(folder / "network" / "powers.csv", keep_default_na=False, na_values={"value": [""]})
    return frame.set_index(["group", "entity", "measure"])


def test_every_relation_is_measured_apart(made_once: Callable[..., Path]) -> None:
    found = powers(made_once(*TOLD))["value"]
    # tw receives 3/4 of kz's attention, 2/4 of uz's and 5/10 of the people's; kz receives the other half of uz's.
    assert found["uses", "tw", "dependence"] == pytest.approx(1.75)
    assert found["uses", "kz", "dependence"] == pytest.approx(0.5)
    assert found["uses", "kz", "net_dependence"] == pytest.approx(-0.5)
    assert found["answers", "people", "dependence"] == 1.0


def test_pages_say_what_was_not_measured_in_the_researchers_own_names(made_once: Callable[..., Path]) -> None:
    folder = made_once(*TOLD)
    page = (folder / "network" / "index.html").read_text(encoding="utf-8")
    assert 'lang="ru"' in page
    assert "Twitter" in page
    assert (folder / "network" / "powers_uses.svg").is_file()
    assert "coverage" not in set(powers(folder).index.get_level_values("measure"))


def test_network_making_is_measured_over_all_relations_and_nobody_is_named_by_chance(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = "plan,kz,proposed_by,1,2024\nmap,kz,proposed_by,1,2024\nfar,off,uses,1,2024\n"
    (folder / "edges.csv").write_text(EDGES + told, encoding="utf-8")
    named = "plan,programme,Plan\nmap,programme,Map\nfar,media,Far\noff,media,Off\n"
    (folder / "nodes.csv").write_text(NODES + named, encoding="utf-8")
    assert run(monkeypatch, "--lang", "en") == 0
    found = powers(folder)
    # kz sets both goals. Candidates are the two ministries, one of whom sets both in half of the draws.
    assert found.loc[("all_relations", "kz", "goals_set"), "value"] == 2
    assert found.loc[("all_relations", "kz", "programmer_p"), "value"] > 0.05
    # far and off are a piece of their own: 7 of the 9 actors that have a tie hang together.
    assert found.loc[("all_relations", "network", "system_actors"), "value"] == 7
    page = (folder / "network" / "index.html").read_text(encoding="utf-8")
    assert "Programmers (all relations together): no actor stands out from chance" in page
    assert "the largest connected part of the network: 7 of 9 actors" in page
    assert "programmer furthest" not in page


def test_which_relations_set_goals_can_be_declared(made_once: Callable[..., Path]) -> None:
    assert powers(made_once(*TOLD))["value"]["all_relations", "people", "goals_set"] == 1


def test_a_dense_network_of_equal_weights_is_drawn_whole(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = [f"n{number}" for number in range(9)]
    ties = [f"{a},{b}" for a in names for b in names if a != b]  # 72 ties, more than are drawn of a weighted network
    (folder / "edges.csv").write_text("\n".join(["source,target", *ties]) + "\n", encoding="utf-8")
    (folder / "nodes.csv").write_text("actor_id,type\n" + "".join(f"{name},state\n" for name in names))
    assert run(monkeypatch, "--rewirings", "0") == 0
    page = (folder / "network" / "index.html").read_text(encoding="utf-8")
    assert "72 ties" in page
    assert "backbone" not in page


def test_standards_are_measured_where_they_are_given(made_once: Callable[..., Path]) -> None:
    found = powers(made_once(*ONE_RELATION))
    # Three of five actors use X: kz, uz, people; alone has no tie and no part in the relation's network.
    assert found.loc[("uses", "X", "reach"), "value"] == pytest.approx(3 / 5)
    assert set(found.index.get_level_values("group")) == {"uses"}


@pytest.mark.parametrize("name", ["network.csv", "network.json", "network.graphml", "network.gexf", "network.net"])
def test_exports_can_be_taken_in_again(made_once: Callable[..., Path], name: str) -> None:
    exported = made_once("--period", "2024")
    nodes = exported / "network" / "network_actors.csv"
    again = read_network(exported / "network" / name, nodes=nodes if name.endswith(".csv") else None)
    columns = ["source", "target", "relation", "weight"]
    written = again.edges[columns].sort_values(columns, ignore_index=True).astype(object)
    given = pd.read_csv(exported / "edges.csv").query("period == 2024")[columns].astype({"weight": float})
    assert written.to_numpy().tolist() == given.sort_values(columns).to_numpy().tolist()
    assert sorted(again.actors["actor_id"]) == ["alone", "fb", "kz", "people", "tw", "uz"]


def test_two_runs_give_the_same_bytes(
    folder: Path, made_once: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(monkeypatch, *ONE_RELATION) == 0
    first = made_once(*ONE_RELATION) / "network"
    files = sorted(path.name for path in first.iterdir())
    assert "powers_uses.svg" in files
    for file in files:
        assert (first / file).read_bytes() == (folder / "network" / file).read_bytes(), file


def test_undirected_ties_count_both_ways_and_the_page_says_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(monkeypatch, "--undirected", "--relation", "answers") == 0
    assert powers(folder)["value"]["answers", "kz", "dependence"] == 1.0
    assert "each counts both ways" in (folder / "network" / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("old", "new", "arguments", "message"),
    [
        ("kz,fb,uses,1", "kz,fb,uses,-1", [], "edges.csv: edges: line 3 has a negative weight"),
        ("kz,fb,uses,1", "kz,fb,uses,", [], "weight is empty in line 3"),
        ("kz,fb", "kz,kz", [], "line 3 ties an actor to itself (kz)"),
        ("kz,fb", "kz,tw", [], "line 2, line 3 state one tie several times"),
        ("kz,fb", "kz,vk", [], "no row for vk"),
        ("", "", ["--period", "2019"], "no tie of period '2019'; there are 2024, 2025"),
        ("", "", ["--relation", "likes"], "no tie of relation 'likes'; there are answers, uses"),
        ("", "", ["--lang", "de"], "--lang: unknown language 'de'"),
        ("", "", ["--loops", "keep"], "--loops 'keep': allowed are refuse, drop"),
        ("", "", ["--standards", "nodes.csv"], "standard"),
        ("", "", ["--out", "."], "not empty; choose a new folder"),
    ],
)
def test_bad_input_is_refused_in_one_line_and_nothing_is_written(
    folder: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    old: str,
    new: str,
    arguments: list[str],
    message: str,
) -> None:
    (folder / "edges.csv").write_text(EDGES.replace(old, new), encoding="utf-8")
    assert run(monkeypatch, *arguments) == 2
    said = capsys.readouterr().err
    assert message in said
    assert said.count("\n") == 1
    assert not (folder / "network").exists()


def test_what_is_refused_can_be_declared(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    doubtful = "kz,kz,uses,1,2024\nkz,tw,uses,1,2024\nkz,vk,uses,1,2024\n"
    (folder / "edges.csv").write_text(EDGES + doubtful, encoding="utf-8")
    declared = ["--loops", "drop", "--duplicates", "sum", "--dangling", "add", "--period", "2024"]
    assert run(monkeypatch, *declared) == 0
    # kz now pays 4 to tw, 1 to fb and 1 to vk.
    assert powers(folder)["value"]["uses", "tw", "dependence"] == pytest.approx(4 / 6 + 1 / 2 + 1 / 2)


def test_numbers_may_name_actors_in_every_table(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "edges.csv").write_text("source,target\n1,2\n2,3\n", encoding="utf-8")
    (folder / "nodes.csv").write_text("actor_id,type\n1,5\n2,5\n3,6\n", encoding="utf-8")
    (folder / "standards.csv").write_text("actor_id,standard\n1,2\n2,2\n", encoding="utf-8")
    (folder / "universe.csv").write_text("actor_id,type\n1,5\n2,5\n3,6\n4,6\n", encoding="utf-8")
    tables = ("--standards", "standards.csv", "--universe", "universe.csv")
    assert run(monkeypatch, *tables, "--rewirings", "0", "--out", "new") == 0
    rows = pd.read_csv(folder / "new" / "powers.csv", dtype={"entity": str})
    inclusion = rows[rows["measure"] == "inclusion"].set_index("entity")["value"]
    # All three are in the innermost core: both of type 5, one of two of type 6, three of four.
    assert inclusion.to_dict() == {"5": 1, "6": 0.5, "network": 0.75}


def page(folder: Path) -> str:
    """The page's characters, blanks that hold lines together as any other."""
    return html.unescape((folder / "network" / "index.html").read_text(encoding="utf-8")).replace("\xa0", " ")


def test_an_undirected_network_stays_one_and_counts_its_ties_once(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "edges.csv").write_text("source,target,weight\nuz,kz,2\ntw,kz,1\n", encoding="utf-8")
    assert run(monkeypatch, "--undirected", "--rewirings", "0") == 0
    assert "6 actors, 2 ties, each both ways (4)" in capsys.readouterr().out
    assert "6 actors, 2 ties." in page(folder)
    for name in ("network.json", "network.graphml", "network.gexf", "network.net"):
        again = read_network(folder / "network" / name)
        assert not again.is_directed
        rows = again.edges[["source", "target", "weight"]].to_numpy().tolist()
        assert sorted(rows) == [["tw", "kz", 1.0], ["uz", "kz", 2.0]]


def test_further_columns_and_times_of_ties_travel_to_every_file(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "edges.csv").write_text("source,target,period,pid\nkz,tw,2024,7\nuz,tw,2024,\n", encoding="utf-8")
    assert run(monkeypatch, "--rewirings", "0", "--reverse") == 0
    for name in ("network.csv", "network.json", "network.graphml", "network.gexf"):
        nodes = folder / "network" / "network_actors.csv" if name.endswith("csv") else None
        rows = read_network(folder / "network" / name, nodes=nodes).edges
        found = rows[["source", "target", "period", "pid"]].to_numpy().tolist()
        assert found == [["tw", "kz", "2024", "7"], ["tw", "uz", "2024", None]], name


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "edges.csv: cells are separated by “;”."),
        ("ru", "edges.csv: ячейки разделены знаком «;»."),
        ("kk", "edges.csv: ұяшықтар «;» таңбасымен бөлінген."),
    ],
)
def test_how_a_file_was_read_is_said_on_terminal_and_page(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    (folder / "edges.csv").write_text("Source;Target;Weight\nkz;tw;1,5\nuz;tw;2\n", encoding="utf-8")
    assert run(monkeypatch, "--rewirings", "0", "--lang", lang) == 0
    assert said in capsys.readouterr().out.splitlines()
    assert said in page(folder)


def test_times_in_a_table_are_said_to_count_together(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "edges.csv").write_text("source,target,period\nkz,tw,2023\nuz,tw,2024\n", encoding="utf-8")
    assert run(monkeypatch, "--rewirings", "0") == 0
    said = "edges.csv: ties have times; they are kept in the column period and count together unless --period chooses"
    assert capsys.readouterr().out.count(said) == 1
    assert said in page(folder)


def test_rows_that_are_summed_say_which_columns_they_disagree_in(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "edges.csv").write_text("source,target,since,by\nkz,tw,2019,x\nkz,tw,2020,x\n", encoding="utf-8")
    assert run(monkeypatch, "--rewirings", "0", "--duplicates", "sum") == 0
    assert "Several rows state one tie and differ in since; " in capsys.readouterr().out
    written = pd.read_csv(folder / "network" / "network.csv", keep_default_na=False)
    assert written.to_dict("records") == [
        {"source": "kz", "target": "tw", "relation": "tie", "weight": 2.0, "since": "", "by": "x", "type": "Directed"}
    ]


def test_names_no_font_has_are_named_without_warnings(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "nodes.csv").write_text(NODES.replace("Twitter", "\U0001fa77 Twitter"), encoding="utf-8")
    assert run(monkeypatch, "--period", "2024", "--rewirings", "0") == 0
    told = capsys.readouterr()
    assert "No font here has the characters \U0001fa77;" in told.out
    assert told.err == ""


def test_handles_join_across_the_files_written(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "edges.csv").write_text("source,target\n@kz,@tw\n@uz,@tw\n", encoding="utf-8")
    (folder / "nodes.csv").write_text("id,type\n@kz,ministry\n@uz,ministry\n@tw,platform\n", encoding="utf-8")
    assert run(monkeypatch, "--rewirings", "0") == 0
    listed = set(pd.read_csv(folder / "network" / "network_actors.csv")["actor_id"])
    assert listed == {"@kz", "@uz", "@tw"}
    assert set(powers(folder).index.get_level_values("entity")) >= listed


def test_every_file_written_names_the_same_actors(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    handles = ["@mfa", "=1+1", "+7700", "-x", "'quoted", "МИД"]  # what spreadsheets take for formulas stays as it is
    (folder / "edges.csv").write_text(
        "source,target\n" + "".join(f"{a},{b}\n" for a in handles for b in handles if a < b), encoding="utf-8"
    )
    (folder / "nodes.csv").write_text("id,type\n" + "".join(f"{a},media\n" for a in handles), encoding="utf-8")
    assert run(monkeypatch, "--rewirings", "0") == 0
    out = folder / "network"
    told = {name: set(pd.read_csv(out / name)["actor_id"]) for name in ("actors.csv", "network_actors.csv")}
    told["powers.csv"] = set(pd.read_csv(out / "powers.csv")["entity"]) - {"network"}
    for name in ("network.csv", "network.json", "network.graphml", "network.gexf", "network.net"):
        nodes = out / "network_actors.csv" if name.endswith("csv") else None
        told[name] = set(read_network(out / name, nodes=nodes).actors["actor_id"])
        told[f"ties of {name}"] = set(
            read_network(out / name, nodes=nodes).edges[["source", "target"]].to_numpy().ravel()
        )
    assert {name: found for name, found in told.items() if found != set(handles)} == {}


def own(folder: Path, *rows: str) -> None:
    """Ties alone, without types or relations."""
    (folder / "edges.csv").write_text("\n".join(["source,target", *rows]) + "\n", encoding="utf-8")
    names = sorted({name for row in rows for name in row.split(",")})
    (folder / "nodes.csv").write_text("\n".join(["actor_id", *names]) + "\n", encoding="utf-8")


def test_the_answer_stands_first_and_tells_who_stands_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    own(folder, *(f"n{number:02},hub" for number in range(20)), "n00,n01", "n01,n00")
    assert run(monkeypatch, "--rewirings", "9") == 0
    told = page(folder)
    first = told.split('<section class="answer">')[1].split("</section>")[0]
    # 22 of 21 x 20 ties are there; 20 of the 20 others attend to the hub.
    assert "21 actors, 22 ties. 5.2% of the ties there could be." in first
    assert "Most attended to: hub, by 20 of 20 other actors" in first
    assert "for all actors together (p ≤ 0.05): hub, 1 actor in all." in first
    assert told.index('<section class="answer">') < told.index("network.svg") < told.index('<table class="dd-table')
    assert "No actor has a type" in told
    assert "--standards" in told
    assert "--goals; your file has: tie" in told
    for nonsense in ("this package", "no value (", "z =", "p = nan"):
        assert nonsense not in told


@pytest.mark.parametrize(
    ("lang", "rows"),
    [
        ("kk", ["a,b"]),
        ("ru", [f"n{number},hub" for number in range(9)]),
        ("en", [f"hub,n{number}" for number in range(9)]),
        ("kk", [f"n{a},n{b}" for a in range(5) for b in range(5) if a != b]),
        ("ru", ["a,b", "c,d"]),
    ],
    ids=["two actors", "star", "star turned round", "complete", "pieces"],
)
def test_networks_of_which_chance_makes_nothing_have_no_p_of_cores(
    folder: Path, monkeypatch: pytest.MonkeyPatch, lang: str, rows: list[str]
) -> None:
    own(folder, *rows)
    assert run(monkeypatch, "--rewirings", "5", "--lang", lang) == 0
    core = powers(folder)["value"].xs("core_order_p", level="measure")
    assert pd.to_numeric(core, errors="coerce").isna().all()
    told = page(folder)
    assert re.search(r"\bnan\b", told) is None


def test_a_network_without_direction_has_neither_arrows_nor_returned_ties(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own(folder, "a,b", "b,c", "c,d", "d,b")
    assert run(monkeypatch, "--undirected", "--rewirings", "0") == 0
    told = page(folder)
    assert "returned" not in told
    assert "Attend to it" not in told
    assert "Arrows" not in (folder / "network" / "network.svg").read_text(encoding="utf-8")
    table = pd.read_csv(folder / "network" / "actors.csv").set_index("actor_id")
    assert table["degree"].to_dict() == {"a": 1, "b": 3, "c": 2, "d": 2}


def test_what_is_drawn_of_a_large_network_is_said_under_the_figure(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    core = [f"c{a:02},c{b:02}" for a in range(12) for b in range(12) if a != b]
    own(folder, *core, *(f"x{number:03},c{number % 12:02}" for number in range(400)))
    assert run(monkeypatch, "--rewirings", "0") == 0
    drawn = (folder / "network" / "network.svg").read_text(encoding="utf-8")
    said = " ".join(html.unescape(line) for line in re.findall("<text[^>]*>([^<]*)</text>", drawn))
    assert "Of 412 actors the 2-core is drawn: those with at least 2 neighbours among each other." in said
    assert "Drawn: 12 actors and all ties among them (132 ties)." in said
    written = pd.read_csv(folder / "network" / "network_actors.csv")
    assert "x" not in written


def test_the_first_line_comes_before_anything_is_read_and_names_the_file(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (folder / "edges.csv").unlink()
    assert run(monkeypatch) == 2
    assert capsys.readouterr().out == "Reading edges.csv\n"


def test_all_actors_stand_in_a_table_with_every_power_that_was_measured(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run(monkeypatch, "--goals", "answers", "--standards", "standards.csv", "--rewirings", "0") == 0
    table = pd.read_csv(folder / "network" / "actors.csv").set_index("actor_id")
    assert sorted(table.index) == ["alone", "fb", "kz", "people", "tw", "uz"]
    assert table["in_degree"].to_dict() == {"tw": 3, "fb": 2, "people": 2, "kz": 1, "uz": 0, "alone": 0}
    assert table["out_degree"].to_dict() == {"kz": 3, "uz": 2, "people": 2, "fb": 1, "tw": 0, "alone": 0}
    assert table.loc["tw", "dependence:uses"] == pytest.approx(1.75)
    assert table.loc["people", "goals_set"] == 1
    assert table["standards"].to_dict() == {"people": 2, "kz": 1, "uz": 1, "tw": 0, "fb": 0, "alone": 0}
    assert page(folder).count('<tr><th scope="row">') == 6


@pytest.mark.parametrize(("lang", "tie", "named"), [("kk", "байланыс", "Түрі"), ("ru", "связь", "Тип")])
def test_pages_of_bare_ties_have_no_word_of_another_language_and_no_empty_column(
    folder: Path, monkeypatch: pytest.MonkeyPatch, lang: str, tie: str, named: str
) -> None:
    own(folder, "a,b", "b,c", "c,a", "d,a")
    assert run(monkeypatch, "--rewirings", "0", "--lang", lang) == 0
    assert "(tie)" not in page(folder)
    assert f"({tie}): " in page(folder)
    assert f">{named}<" not in page(folder)
    (folder / "nodes.csv").write_text("actor_id,type\na,media\nb,media\nc,state\nd,state\n", encoding="utf-8")
    shutil.rmtree(folder / "network")
    assert run(monkeypatch, "--rewirings", "0", "--lang", lang) == 0
    assert f">{named}<" in page(folder)


def test_of_several_relations_every_sentence_and_number_says_of_which(made_once: Callable[..., Path]) -> None:
    """Who stands out in one relation need not in another, nor in all together: bare, the two would contradict."""
    told = page(made_once(*TOLD))
    first = re.sub("<[^>]+>", "\n", told.split('<section class="answer">')[1].split("</section>")[0])
    said = [line.strip() for line in first.splitlines() if "случайного" in line]
    assert len(said) >= 2
    relations = ("(answers)", "(uses)", "(пользуется)", "(отвечает)")
    assert [line for line in said if not any(name in line for name in relations)] == []
    assert "p: столько же случайно (все отношения вместе)" in told


def test_a_model_of_ties_reads_the_columns_of_the_actors(folder: Path) -> None:
    """Blanks behind commas are none of a term; the command passes on attributes by the names of their columns."""
    file = read_network(folder / "edges.csv", nodes=folder / "nodes.csv", directed=None)
    ties, actors = networks.take_in(file.edges, file.actors, relation="uses", directed=True)
    found = command._model(ties, actors, " same:type ", directed=True, rng=np.random.default_rng(1))
    odds = found.estimates.query("measure == 'tie_odds_ratio'").set_index("entity")["value"]
    assert odds["same:type"] == pytest.approx((1 / 3) / (6 / 20))  # of 4 pairs within a type 1 is tied, of 26 others 6
    with pytest.raises(
        ArgumentError, match="have no finite estimate of ties, same:type, mutual: the network has too few"
    ):
        command._model(ties, actors, "mutual, same:type", directed=True, rng=np.random.default_rng(1))
    with pytest.raises(ArgumentError, match="needs a directed network"):
        command._model(ties, actors, "mutual", directed=False, rng=np.random.default_rng(1))


@pytest.mark.parametrize(
    ("lang", "said"), [("kk", "деген белгі жоқ"), ("ru", "признака «trust» нет"), ("en", "unknown term")]
)
def test_a_term_that_is_none_is_refused_in_each_language_and_nothing_written(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], lang: str, said: str
) -> None:
    given = ("--relation", "uses", "--rewirings", "0", "--model", "trust", "--lang", lang)
    assert run(monkeypatch, *given) == 2
    assert said in "".join(capsys.readouterr())
    assert not (folder / "network").exists()


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "Of the ties, 100% are returned, more than chance gives"),
        ("ru", "их было бы от 0 до 66,7 % (p "),
        ("kk", "үлес 0–66,7 % аралығында болар еді (p "),
    ],
)
def test_chance_of_returned_ties_is_told_in_whole_pairs(
    folder: Path, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    # Six actors choose one each: of the 15,625 networks 15 have three pairs and 7.0 per cent two or more, so that the
    # middle 95 per cent end at two pairs, four ties of six.
    own(folder, "a,b", "b,a", "c,d", "d,c", "e,f", "f,e")
    assert run(monkeypatch, "--rewirings", "0", "--lang", lang) == 0
    assert said in page(folder).replace("\u00a0", " ")


@pytest.mark.parametrize(("lang", "said"), [("en", "0% would be"), ("ru", "их было бы 0 %"), ("kk", "үлес 0 % болар")])
def test_chance_that_leaves_one_number_is_told_as_one(
    folder: Path, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    # Two of 20 choose one each, and 18 nobody: they choose each other with a chance of 1 / 361, below 2.5 per cent.
    own(folder, "a,b", "b,a")
    nodes = "".join(f"n{place}\n" for place in range(18))
    (folder / "nodes.csv").write_text(f"actor_id\na\nb\n{nodes}", encoding="utf-8")
    assert run(monkeypatch, "--rewirings", "0", "--lang", lang) == 0
    assert said in page(folder).replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("actors", "said"),
    [("1", "2 из 1 актора"), ("2", "2 из 2 акторов"), ("5", "2 из 5 акторов"), ("21", "2 из 21 актора")],
)
def test_of_so_many_actors_is_the_genitive(actors: str, said: str) -> None:
    fields = {"members": "2", "actors": actors, "order": "2", "group": "", "low": "0", "high": "1", "p": "= 1"}
    for case in ("found", "none", "same", "bare"):
        assert said in labels.text(f"network.core_{case}", "ru", **fields).replace("\u00a0", " ")


RING = ["a,b", "b,c", "c,a"]


@pytest.mark.parametrize(
    ("lang", "said"),
    [
        ("en", "nobody leads; others depend most, and alike, on 3 actors, on each as much as 1 actor attending"),
        ("ru", "первого нет; число акторов, от которых другие зависят больше всего и одинаково, — 3"),
        ("kk", "көшбасшы жоқ; басқалардың тәуелділігі ең жоғары және өзара тең акторлар саны — 3"),
    ],
)
def test_of_equal_actors_and_equal_parts_none_is_named_as_the_first(
    folder: Path, monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    own(folder, *RING, "d,e", "e,f", "f,d")
    assert run(monkeypatch, "--rewirings", "0", "--lang", lang) == 0
    told = page(folder).replace("\u00a0", " ")
    assert said in told
    parts = labels.text("network.equal_parts", lang, count="2", inside=labels.counted("actors", 3, lang), entity="a")
    assert parts.replace("\u00a0", " ") in told
    largest = {
        "en": "the largest connected part",
        "ru": "наибольшая связная часть",
        "kk": "ең үлкен байланысқан бөлігі",
    }
    assert largest[lang] not in told


def test_a_file_without_documents_has_no_word_of_leaving_one_out(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Four of five goals are set by p; of 5^5 ways to deal them to seven candidates few give anybody four.
    goals = [f"{name},p,proposed_by" for name in "abcd"] + ["e,q,proposed_by"]
    ties = [*goals, "a,b,addresses", "b,c,addresses", "c,a,addresses", "d,a,addresses", "e,d,addresses"]
    (folder / "edges.csv").write_text("\n".join(["source,target,relation", *ties]), encoding="utf-8")
    (folder / "nodes.csv").write_text("actor_id\n" + "\n".join("abcdepq"), encoding="utf-8")
    assert run(monkeypatch, "--rewirings", "0") == 0
    told = page(folder)
    assert "p sets 4 goals; by chance" in told
    assert "document" not in told.partition("Programmers")[2].partition("</p>")[0]


@pytest.mark.parametrize("lang", ["en", "ru", "kk"])
def test_that_the_centre_of_an_ego_network_leads_is_no_finding(
    folder: Path, monkeypatch: pytest.MonkeyPatch, lang: str
) -> None:
    own(folder, *(f"mfa,x{place}" for place in range(9)), *(f"x{place},mfa" for place in range(4)))
    assert run(monkeypatch, "--rewirings", "0", "--lang", lang) == 0
    said = page(folder)
    assert labels.text("network.ego", lang, entity="mfa", group="") in said
    assert labels.text("network.column.in_degree_p", lang, group="") not in said


def test_of_two_sides_chance_is_drawn_on_one(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Nine states use three platforms: 8, 4 and 2 of 27 pairs.
    used = {"fb": range(8), "tg": range(4), "vk": range(7, 9)}
    own(folder, *(f"s{state},{platform}" for platform, states in used.items() for state in states))
    assert run(monkeypatch, "--rewirings", "0", "--lang", "en") == 0
    said = page(folder)
    assert "51.9% of the ties there could be between the two sides" in said
    assert "Most attended to: fb, by 8 of 9 actors on the other side" in said
    assert "are returned" not in said


def test_ties_without_direction_are_counted_once_in_the_core(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # Five all tied to each other, and a tail: everybody of the core has four.
    own(folder, *(f"{a},{b}" for a in "abcde" for b in "abcde" if a < b), "e,f", "f,g")
    assert run(monkeypatch, "--undirected", "--lang", "en") == 0
    assert "The innermost core: 5 of 7 actors, each with 4 ties or more to the others in it" in page(folder)


@pytest.mark.parametrize(
    ("rows", "told"), [("a,b,2\nb,a,2\nb,c,1\na,d,1\n", "a – b"), ("a,b,2\na,b,2\nb,c,1\na,d,1\n", "")]
)
def test_a_tie_without_direction_that_stands_both_ways_is_summed_with_a_warning(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], rows: str, told: str
) -> None:
    """On the terminal and on the page: exports of symmetric tables tell each tie twice, which doubles its weight."""
    monkeypatch.chdir(tmp_path)
    Path("t.csv").write_text(f"source,target,weight\n{rows}")
    words = ("--undirected", "--duplicates", "sum", "--draws", "9", "--rewirings", "0", "--out", "o", "--lang", "en")
    monkeypatch.setattr(sys, "argv", ["digital-diplomacy", "network", "t.csv", *words])
    with pytest.raises(SystemExit) as ended:
        main()
    assert not ended.value.code
    page = html.unescape(Path("o/index.html").read_text(encoding="utf-8"))
    for text in (capsys.readouterr().out, page):
        assert ("stand both ways (1), for example a – b, and were added up" in text) is bool(told)
    assert pd.read_csv("o/network.csv").set_index(["source", "target"]).loc[("a", "b"), "weight"] == 4


def test_of_ties_without_direction_among_others_nothing_is_said_of_returned_ones(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Counted both ways they would be returned by construction, "more than chance gives"."""
    monkeypatch.chdir(tmp_path)
    pairs = ("ab", "bc", "cd", "de", "ea", "ac")
    rows = "".join(f"{one},{other},{'Undirected' if one < 'd' else 'Directed'}\n" for one, other in pairs)
    Path("t.csv").write_text(f"Source,Target,Type\n{rows}")
    words = ["digital-diplomacy", "network", "t.csv", "--draws", "9", "--rewirings", "0", "--lang", "en"]
    for more, code in ((["--out", "o"], 0), (["--out", "p", "--model", "mutual"], 1)):
        monkeypatch.setattr(sys, "argv", [*words, *more])
        with pytest.raises(SystemExit) as ended:
            main()
        assert bool(ended.value.code) is bool(code)
    page = html.unescape(Path("o/index.html").read_text(encoding="utf-8"))
    said = capsys.readouterr()
    for text in (said.out, page):
        assert "In the file 4 ties without a direction stand beside others" in text
        assert "are returned, " not in text
    assert "has ties without a direction (4)" in said.err
