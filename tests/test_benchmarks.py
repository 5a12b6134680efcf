"""Comparisons with reference files run what they know, and count and name what they do not."""

from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture
def triangle(tmp_path):
    """A network of three ties, a to b to c to a: its density is 3 of 6."""
    (tmp_path / "inputs").mkdir()
    (tmp_path / "outputs").mkdir()
    (tmp_path / "inputs" / "ring_edges.csv").write_text("source,target,weight\na,b,1\nb,c,1\nc,a,1\n")
    return tmp_path


def golden(folder: Path, *rows: str, file: str = "golden_graph") -> None:
    head = "network,directed,variant,metric,value,tolerance" + (",node" if file == "golden_nodes" else "")
    (folder / "outputs" / f"{file}.csv").write_text("\n".join([head, *rows]) + "\n")


def run(module: ModuleType, folder: Path, monkeypatch) -> int:
    monkeypatch.setattr("sys.argv", ["benchmark", str(folder)])
    return module.main()


KNOWN = "ring,True,plain,density,0.5,1e-9"


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("ring,True,plain,blockmodel,1,1e-9", "metric is not known"),
        ("ring,True,raw,gf_total:kind,1,1e-9", "no column 'kind'"),
        ("ring,True,plain,attr_assortativity,1,1e-9", "no column of types"),
        ("ring,True,newest,edges_kept,1,1e-9", "no number behind '<'"),
        ("ring,True,plain,triad_999,1,1e-9", "triad_999"),
        ("lost,True,plain,density,1,1e-9", "inputs/lost_edges.csv"),
    ],
)
def test_an_unknown_value_of_a_network_is_named_beside_the_known_ones(
    benchmark, triangle, monkeypatch, capsys, row, said
):
    golden(triangle, row, KNOWN)
    assert run(benchmark("networks_reference"), triangle, monkeypatch) == 0
    printed = capsys.readouterr().out
    assert "golden_graph: 1 of 1 agree, 1 not known" in printed
    assert said in printed


def test_an_unknown_variant_of_a_value_of_actors_is_named(benchmark, triangle, monkeypatch, capsys):
    rows = (f"ring,True,{variant},closeness,0.6666666666666666,1e-9,a" for variant in ("improved outgoing", "newest"))
    golden(triangle, *rows, file="golden_nodes")  # two others at 1 and 2 steps: 2 / 3
    assert run(benchmark("networks_reference"), triangle, monkeypatch) == 0
    printed = capsys.readouterr().out
    assert "golden_nodes: 1 of 1 agree, 1 not known" in printed
    assert "'newest' says none of improved, reachable only, sna" in printed


def test_a_value_that_differs_is_still_a_difference(benchmark, triangle, monkeypatch):
    golden(triangle, KNOWN.replace("0.5", "0.6"))
    assert run(benchmark("networks_reference"), triangle, monkeypatch) == 1


@pytest.mark.parametrize(
    ("file", "text", "said"),
    [
        ("golden_nodes.csv", "network,value\nring,1\n", "golden_nodes.csv has no column directed, metric"),
        ("disparity_alpha.csv", "", "disparity_alpha.csv is no table"),
        ("qap_correlation.csv", "case,value\nx,1\n", "qap_correlation.csv has no column stat"),
        ("null_models.csv", "network,value\nring,1\n", "null_models.csv has no column statistic"),
    ],
)
def test_a_file_of_networks_that_cannot_be_used_is_named(benchmark, triangle, monkeypatch, capsys, file, text, said):
    golden(triangle, KNOWN)
    (triangle / "outputs" / file).write_text(text)
    run(benchmark("networks_reference"), triangle, monkeypatch)
    printed = capsys.readouterr().out
    assert "golden_graph: 1 of 1 agree" in printed
    assert said in printed


def test_nothing_to_compare_is_no_success(benchmark, triangle, tmp_path, monkeypatch, capsys):
    for name in ("networks_reference", "composite_reference"):
        assert run(benchmark(name), triangle, monkeypatch) == 2
        assert "nothing was compared" in capsys.readouterr().out
    assert benchmark("penetration_reference").main([str(tmp_path)]) == 2
    assert "nothing was compared" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("a,10 %,fr,10,,,percent,false", "fr"),
        ("a,10 %,ru,ten,,,percent,false", "no number"),
        ("a,2016,ru,the year,,,date,false", "the year"),
        ("a,10 %,ru", "0 refused"),
    ],
)
def test_a_row_nobody_can_judge_does_not_refuse_the_file(benchmark, tmp_path, capsys, row, said):
    (tmp_path / "texts.csv").write_text(
        f"id,text,lang,value,low,high,mode,ambiguous\n{row}\nb,20 %,ru,20,19.5,20.5,percent,false\n",
        encoding="utf-8-sig",
    )
    benchmark("printed_reference").main([str(tmp_path / "texts.csv")])
    printed = capsys.readouterr().out
    assert printed.startswith("2 texts: 1 right")
    assert said in printed


def test_cases_of_people_that_are_not_known_are_named(benchmark, tmp_path, capsys):
    head = "case,successes,n,method,level,low,high\n"
    # Clopper and Pearson: none of 10 at 95 %: 1 - 0.025^(1/10)
    (tmp_path / "shares.csv").write_text(
        f"{head}a,0,10,newest,0.95,0,1\nb,0,10,clopper_pearson,0.95,0,{1 - 0.025**0.1}\n"
    )
    (tmp_path / "tests.csv").write_text("case,kind\na,newest\n")
    (tmp_path / "other.csv").write_text("case\na\n")
    assert benchmark("penetration_reference").main([str(tmp_path)]) == 0
    printed = capsys.readouterr().out
    assert "shares: 1 of 1 agree, 1 not known" in printed
    for said in ("unknown method 'newest'", "tests.csv has no column share1", "other.csv: nothing reads it"):
        assert said in printed


def test_a_file_of_an_index_that_is_not_known_is_named(benchmark, tmp_path, monkeypatch, capsys):
    (tmp_path / "30_csranks_new.csv").write_text("unit,place\na,1\n")
    (tmp_path / "99_new.csv").write_text("unit\na\n")
    assert run(benchmark("composite_reference"), tmp_path, monkeypatch) == 2
    printed = capsys.readouterr().out
    assert "30_csranks_new: no result is known by its columns unit, place" in printed
    assert "99_new.csv: no part reads it" in printed
