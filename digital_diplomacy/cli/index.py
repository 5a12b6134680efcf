"""The command that makes a composite index of a researcher's own tables."""

import json
import tomllib
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final
from urllib.parse import quote

import typer

from digital_diplomacy.cli.app import app, refuse

if TYPE_CHECKING:
    import pandas as pd

    from digital_diplomacy.rankings.composite.pipeline import Index
    from digital_diplomacy.rankings.robustness.uncertainty import Uncertainty
    from digital_diplomacy.sources import Remark

_FACTORS: Final[tuple[Mapping[str, Any], ...]] = (
    {"factor": "weights", "spread": 0.25},
    {"factor": "choice", "step": "normalise", "options": [{"method": "min_max"}, {"method": "z_score"}]},
)
"""What is uncertain if the steps file does not say: weights by a quarter either way, and how values are normalised."""

_SHOWN: Final = 40  # units in the figure of ranks; the table has them all
_NAMED: Final = 5  # strengths and weaknesses on a profile


@app.command("index")
def make_index(
    values: Annotated[Path, typer.Argument(help="Table: entity, period if there are several, a column per indicator.")],
    framework: Annotated[Path, typer.Argument(help="Table: code, parent, and weight, direction, goalposts, ...")],
    steps: Annotated[
        Path | None, typer.Option(metavar="TOML", help="[[steps]] of the index, [[factors]] that are uncertain.")
    ] = None,
    draws: Annotated[int, typer.Option(min=0, help="Draws of the uncertainty of ranks; 0 for none.")] = 10_000,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where results go; a new or empty folder.")] = Path("index"),
    profile: Annotated[
        list[str] | None,
        typer.Option(metavar="ENTITY", help="Make a profile of this unit only. May be repeated.", show_default="all"),
    ] = None,
    lang: Annotated[str, typer.Option(help="Language of figures and pages: kk, ru or en.")] = "en",
    seed: Annotated[int, typer.Option(help="Start of the random numbers; the same seed gives the same results.")] = 1,
) -> None:
    """Make a composite index of your own tables: scores, ranks and how sure they are, profiles, an Excel workbook."""
    import numpy as np

    from digital_diplomacy import labels, rankings, sources
    from digital_diplomacy.cli.remarks import say, unseen_glyphs

    if lang not in labels.LANGUAGES:
        refuse(f"--lang {lang!r}: allowed are {', '.join(labels.LANGUAGES)}")
    if out.exists() and (not out.is_dir() or any(out.iterdir())):
        refuse(f"--out {out}: it exists and is not empty; choose a new folder")
    declared, factors = _declaration(steps)
    known = rankings.FRAMEWORK.columns
    described = sources.read_own_table(framework, required=("code", "parent"), names=list(known))
    tree = rankings.check_framework(described.frame)
    given = sources.read_own_table(values, required=("entity", *_columns(tree)))
    table, remarks = given.frame, (*described.remarks, *given.remarks, *_unused(given.frame, tree, values.name))
    say(remarks, lang)
    try:
        made = rankings.run(table, tree, declared)
        found = (
            rankings.simulate(
                table, tree, declared, factors, draws=draws, rng=np.random.default_rng(seed), period=_last(made)
            )
            if draws
            else None
        )
    except ValueError as error:
        refuse(f"{steps or 'steps'}: {error}")
    unknown = sorted(set(profile or []) - set(made.scores["entity"]))
    if unknown:
        refuse(f"--profile {unknown[0]}: no such unit among those scored")
    with labels.own_names(_names(table, tree)), unseen_glyphs(lang):
        _check_names(made, lang)
        out.mkdir(parents=True, exist_ok=True)
        tables = _tables(made, found)
        _write(tables, made, factors if draws else (), out)
        profiles = _profiles(made, profile or list(dict.fromkeys(made.scores["entity"])), out, lang)
        _overview(made, found, [*tables], profiles, out, lang, remarks=remarks)
    print(f"{len(made.scores)} rows scored, {len(profiles)} profiles: {out / 'index.html'}")


def _columns(tree: "pd.DataFrame") -> list[str]:
    """Columns of the values that the framework names: indicators, and denominators that are none of its codes."""
    inner, codes = set(tree["parent"]), list(tree["code"])
    named = [*(code for code in codes if code not in inner), *filter(None, tree["denominator"])]
    return list(dict.fromkeys(named))


def _unused(table: "pd.DataFrame", tree: "pd.DataFrame", file: str) -> "list[Remark]":
    """The remark that columns of the values have no part in the index."""
    from digital_diplomacy.sources import Remark

    used = {"entity", "period", "name", *_columns(tree)}
    further = ", ".join(str(column) for column in table if column not in used)
    return [Remark("unused", {"file": file, "columns": further})] if further else []


def _last(made: "Index") -> str:
    """The last period, the one whose ranks and profiles are shown; empty without periods."""
    return str(made.scores["period"].max()) if "period" in made.scores else ""


def _declaration(path: Path | None) -> "tuple[list[dict[str, Any]], tuple[Mapping[str, Any], ...]]":
    """Steps and uncertain factors of a file, or the plain index."""
    from digital_diplomacy import rankings

    if path is None:
        return rankings.default_steps(), _FACTORS
    try:
        given = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        refuse(f"{path}: no TOML in UTF-8: {error}")
    unknown = sorted(set(given) - {"steps", "factors"})
    if unknown:
        refuse(f"{path}: {unknown[0]!r} is not understood; [[steps]] and [[factors]] are")
    steps, factors = given.get("steps", rankings.default_steps()), tuple(given.get("factors", _FACTORS))
    try:
        rankings.resolve(steps)
        rankings.read_factors(factors)
    except (ValueError, AttributeError, TypeError) as error:
        refuse(f"{path}: {error}")
    return steps, factors


def _names(table: "pd.DataFrame", tree: "pd.DataFrame") -> dict[str, str]:
    """Names of units, indicators and aggregates as the tables give them; a code without a name is its own.

    Where every unit is a country by its code, countries bear their names in the language instead.
    """
    units: Iterable[object] = () if _are_countries(table["entity"]) else table.get("name", ())
    shown = [" ".join(str(name).split()) for name in units]  # a figure's line has no line breaks
    named = {f"entity.{code}": name for code, name in zip(table["entity"], shown, strict=False) if name}
    for code, name in zip(tree["code"], tree["name"], strict=True):
        named |= {f"{column}.{code}": name or code for column in ("group", "entity")}
    return named


def _are_countries(codes: "pd.Series[str]") -> bool:
    from digital_diplomacy import labels
    from digital_diplomacy.errors import LabelError

    try:
        return all(labels.country(code, "en") for code in set(codes))
    except LabelError:
        return False


def _check_names(made: "Index", lang: str) -> None:
    from digital_diplomacy import labels
    from digital_diplomacy.errors import LabelError

    for entity in dict.fromkeys(made.scores["entity"]):
        try:
            labels.entity(entity, lang)
        except LabelError:
            refuse(f"{entity!r} is no ISO 3166 alpha-3 code; give every unit a name in a column 'name' of the values")


def _tables(made: "Index", found: "Uncertainty | None") -> "dict[str, pd.DataFrame]":
    """What is written as CSV and as sheets of the workbook, by name."""
    import pandas as pd

    from digital_diplomacy import rankings

    ranked = rankings.scores_and_ranks(made.scores, list(made.framework["code"]))
    tables = {
        "scores": made.scores,
        "ranks": _wide(ranked[ranked["measure"] == "index_rank"], made),
        "framework": made.framework,
        "notes": made.notes,
        "effective_weights": rankings.effective_weights(made.framework),
        "correlations": rankings.parent_correlations(made.scores, made.framework),
        "alpha": rankings.cronbach_alpha(made.scores, made.framework),
    }
    if found is not None:
        rows = [rankings.rank_estimates(found), rankings.rank_errors(found)]
        tables["uncertainty"] = pd.concat(rows, ignore_index=True)
        tables["rank_acceptability"] = rankings.acceptability(found)
        tables["failed_draws"] = found.failures
    return tables


def _wide(ranked: "pd.DataFrame", made: "Index") -> "pd.DataFrame":
    """Ranks in the shape of the scores."""
    key = [column for column in ("entity", "period") if column in made.scores]
    wide = ranked.set_index(["entity", "period", "group"])["value"].unstack("group").reset_index()  # noqa: PD010
    return wide[[*key, *made.framework["code"]]].rename_axis(columns=None)


def _write(
    tables: "Mapping[str, pd.DataFrame]", made: "Index", factors: tuple[Mapping[str, Any], ...], out: Path
) -> None:
    from digital_diplomacy.pages.workbook import write_workbook

    for name, frame in tables.items():
        frame.to_csv(out / f"{name}.csv", index=False, lineterminator="\n")
    declared = {"steps": list(made.steps), "factors": [dict(factor) for factor in factors]}
    (out / "steps.json").write_text(json.dumps(declared, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    write_workbook(tables, out / "index.xlsx")


def _overview(
    made: "Index",
    found: "Uncertainty | None",
    tables: list[str],
    profiles: dict[str, str],
    out: Path,
    lang: str,
    *,
    remarks: "tuple[Remark, ...]",
) -> None:
    """The page with the ranking, how sure it is, and links to everything else."""
    from digital_diplomacy import figures, labels, rankings
    from digital_diplomacy.cli.remarks import section
    from digital_diplomacy.pages.documents import Section, document_page

    scores = rankings.scores_and_ranks(made.scores, [rankings.hierarchy(made.framework).index])
    ordered = scores[scores["measure"] == "index_rank"].sort_values(["period", "value", "entity"], kind="stable")
    columns = ["entity", *(["period"] if "period" in made.scores else []), "value", "n"]
    whole = figures.table_html(ordered[columns], title=labels.text("index.ranking", lang), lang=lang)
    names = [*(f"{name}.csv" for name in tables), "index.xlsx", "steps.json"]
    sections = [
        _ranking_section(ordered[ordered["period"] == _last(made)], found, out, lang),
        Section(labels.text("index.all_units", lang), tables=(whole,), links=profiles),
        *section(remarks, lang),
        Section(labels.text("index.files", lang), links=dict(zip(names, names, strict=True))),
    ]
    page = document_page(labels.text("index.title", lang), sections, lang=lang)
    (out / "index.html").write_text(page, encoding="utf-8")


def _ranking_section(ordered: "pd.DataFrame", found: "Uncertainty | None", out: Path, lang: str) -> Any:
    """The first units as a figure: with the ranks that other methods give, or without an interval."""
    from digital_diplomacy import figures, labels, rankings
    from digital_diplomacy.pages.documents import Section

    rows = ordered.dropna(subset="value")
    note = labels.text("index.no_uncertainty", lang)
    if found is not None:
        ranked = rankings.rank_estimates(found)
        median = ranked[ranked["measure"] == "rank_median_method"].set_index("entity")
        rows = median.loc[[entity for entity in ordered["entity"] if entity in median.index]].reset_index()
        note = labels.text(
            "index.uncertainty",
            lang,
            draws=labels.number(found.draws, lang),
            failed=labels.number(found.draws - found.used, lang),
        )
    title = ", ".join(filter(None, [labels.text("index.ranking", lang), *rows["period"].head(1)]))
    figure = figures.plot_estimates(rows.head(_SHOWN), lang=lang, title=title)
    (out / "ranking.svg").write_text(figures.svg(figure, title=title), encoding="utf-8")
    (out / "ranking.png").write_bytes(figures.png(figure))
    return Section(title, paragraphs=(note,), image="ranking.svg", alt=figures.describe(rows.head(_SHOWN), lang))


def _profiles(made: "Index", entities: list[str], out: Path, lang: str) -> dict[str, str]:
    """A page and a figure for every unit asked for, in the last period; the pages' paths with the units' names."""
    from digital_diplomacy import labels, rankings

    last = _last(made)
    scores = made.scores[made.scores["period"] == last] if last else made.scores
    tree = rankings.hierarchy(made.framework)
    from_top = sorted(tree.aggregates, key=lambda code: -tree.height[code])
    ranked = rankings.scores_and_ranks(scores, [*from_top, *tree.indicators])
    folder = out / "profiles"
    folder.mkdir(exist_ok=True)
    scored = [entity for entity in entities if ranked.loc[ranked["entity"] == entity, "value"].notna().any()]
    for entity in scored:
        _profile(made, scores, ranked, entity, folder, lang)
    return {f"profiles/{quote(quote(entity, safe=''))}.html": labels.entity(entity, lang) for entity in scored}


def _profile(
    made: "Index", scores: "pd.DataFrame", ranked: "pd.DataFrame", entity: str, folder: Path, lang: str
) -> None:
    from digital_diplomacy import figures, labels, rankings
    from digital_diplomacy.pages.documents import Section, document_page

    name = labels.entity(entity, lang)
    stem = quote(entity, safe="")
    title = labels.text("index.profile", lang, name=name)
    figure = figures.plot_profile(ranked, about=entity, lang=lang, title=title)
    (folder / f"{stem}.svg").write_text(figures.svg(figure, title=title), encoding="utf-8")
    best = rankings.strengths(scores, made.framework.assign(direction=1), entity, count=_NAMED)
    best = best.drop(columns="group").assign(group=best["entity"], side=best["group"])
    own = ranked[(ranked["entity"] == entity) & (ranked["unit"] == "rank")]
    tables = [
        figures.table_html(rows[columns], title=labels.text(f"index.{code}", lang), lang=lang)
        for code, rows, columns in (
            ("strengths", best[best["side"] == "strength"], ["group", "value", "n"]),
            ("weaknesses", best[best["side"] == "weakness"], ["group", "value", "n"]),
            ("places", own, ["group", "value", "n"]),
        )
    ]
    alt = figures.describe(own, lang)
    sections = [
        Section("", image=f"{quote(stem)}.svg", alt=alt, links={"../index.html": labels.text("index.title", lang)}),
        Section(labels.text("index.where_from", lang), tables=tuple(tables)),
    ]
    (folder / f"{stem}.html").write_text(document_page(title, sections, lang=lang), encoding="utf-8")
