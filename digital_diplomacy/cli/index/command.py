"""The command that makes a composite index of a researcher's own tables."""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Final

import typer

from digital_diplomacy.cli.app import LANGUAGES, app, refuse, talk
from digital_diplomacy.cli.fresh_folders import check_fresh, fresh_folder
from digital_diplomacy.cli.index.answer import answer
from digital_diplomacy.cli.index.inputs import Inputs, plain_steps, read_declaration, read_inputs, workable_factors
from digital_diplomacy.cli.index.page import write_page
from digital_diplomacy.cli.index.profiles import write_profiles
from digital_diplomacy.cli.index.tables import last_period, result_tables, write_tables
from digital_diplomacy.cli.phases import begin, counter
from digital_diplomacy.cli.streams import put
from digital_diplomacy.errors import said

if TYPE_CHECKING:
    from digital_diplomacy.rankings.composite.pipeline import Index
    from digital_diplomacy.rankings.robustness.uncertainty import Uncertainty
    from digital_diplomacy.sources import Remark

_PHASES: Final = 6
_RANKED: Final = 20_000
"""Units of an index: their table is a page, which a browser shows."""
_DRAWN: Final = 3_000
"""Units whose ranks are drawn: how often each takes each place is a table of nine million rows."""


@app.command("index")
def make_index(
    values: Annotated[
        Path, typer.Argument(help="Table: entity, period if there are several, a column per indicator; or iData.")
    ],
    framework: Annotated[
        Path | None,
        typer.Argument(
            help="Table: code, parent, and weight, direction, goalposts, ...; or iMeta.", show_default=False
        ),
    ] = None,
    steps: Annotated[
        Path | None, typer.Option(metavar="TOML", help="[[steps]] of the index, [[factors]] that are uncertain.")
    ] = None,
    draws: Annotated[int, typer.Option(min=0, help="Draws of the uncertainty of ranks; 0 for none.")] = 10_000,
    out: Annotated[Path, typer.Option(metavar="DIR", help="Where results go; a new or empty folder.")] = Path("index"),
    profile: Annotated[
        list[str] | None,
        typer.Option(
            "--profile",
            "--profiles",
            metavar="ENTITY",
            help="Make a profile of this unit, or of all. May be repeated.",
            show_default="none",
        ),
    ] = None,
    draft: Annotated[
        Path | None,
        typer.Option(
            metavar="CSV", help="Write a framework to fill in, an indicator per column, and stop.", show_default=False
        ),
    ] = None,
    lang: Annotated[
        str, typer.Option(help=f"Language of figures and pages: {LANGUAGES}.", show_default="that of the system")
    ] = "",
    seed: Annotated[int, typer.Option(help="Start of the random numbers; the same seed gives the same results.")] = 1,
) -> None:
    """Make a composite index of your own tables: scores, ranks and how sure they are, profiles, an Excel workbook."""
    from digital_diplomacy import labels
    from digital_diplomacy.cli.remarks import say, unseen_glyphs

    lang = talk(lang)
    if draft is not None:
        from digital_diplomacy.cli.index.draft import write_draft

        put("\n".join(write_draft(values, draft, lang)))
        return
    check_fresh(out)
    files = ", ".join(path.name for path in (values, framework, steps) if path is not None)
    begin(1, _PHASES, "reading", lang, files=files)
    declared, factors, usual = read_declaration(steps)
    inputs = read_inputs(values, framework)
    _refuse_many(inputs, values, draws)
    if steps is None:
        declared, apart = plain_steps(inputs, declared, values.name)
        inputs = replace(inputs, remarks=(*inputs.remarks, *apart))
    say(inputs.remarks, lang)
    where = str(steps or "steps")
    with labels.own_names(_names(inputs, lang)), unseen_glyphs(lang):
        made = _made(inputs, declared, where, lang)
        chosen = _chosen(profile or [], inputs, made, lang)
        found, factors, remarks = _drawn(
            inputs, made, factors, usual=usual, draws=draws, seed=seed, where=where, lang=lang
        )
        say(remarks, lang)
        said, shown = [*inputs.remarks, *remarks], out / "index.html"
        with fresh_folder(out) as place:
            told = _write(inputs, made, found, factors, chosen, place, lang, remarks=said, shown=shown)
        put("\n".join(told))


def _refuse_many(inputs: Inputs, values: Path, draws: int) -> None:
    """Refuse at once what would take hours, and pages that nobody could open."""
    count = inputs.values["entity"].nunique()
    if count > _RANKED:
        refuse(
            "{values}: {count} units, and at most {most} are ranked; choose them",
            values=values,
            count=count,
            most=_RANKED,
        )
    if draws and count > _DRAWN:
        refuse(
            "{values}: {count} units, and the ranks of at most {most} are drawn, as each may take each place; leave "
            "the draws out (--draws 0), or choose units",
            values=values, count=count, most=_DRAWN,
        )  # fmt: skip


def _made(inputs: Inputs, declared: list[dict[str, Any]], where: str, lang: str) -> "Index":
    from digital_diplomacy import labels, rankings

    units = labels.number(inputs.values["entity"].nunique(), lang)
    indicators = labels.number(len(rankings.hierarchy(inputs.framework).indicators), lang)
    begin(2, _PHASES, "steps", lang, units=units, indicators=indicators)
    try:
        return rankings.run(inputs.values, inputs.framework, declared)
    except ValueError as error:
        refuse("{where}: {error}", where=where, error=error)


def _drawn(
    inputs: Inputs,
    made: "Index",
    factors: tuple[Mapping[str, Any], ...],
    *,
    usual: bool,
    draws: int,
    seed: int,
    where: str,
    lang: str,
) -> "tuple[Uncertainty | None, tuple[Mapping[str, Any], ...], list[Remark]]":
    """The uncertainty of the ranks, the factors drawn, and what was left out of the usual ones."""
    import numpy as np

    from digital_diplomacy import labels, rankings

    if not draws:
        return None, (), []
    period, remarks = last_period(made), list["Remark"]()
    begin(3, _PHASES, "draws", lang, draws=labels.number(draws, lang))
    try:
        if usual:
            factors, remarks = workable_factors(inputs, made.steps, period)
        found = rankings.simulate(
            inputs.values,
            inputs.framework,
            made.steps,
            factors,
            draws=draws,
            rng=np.random.default_rng(seed),
            period=period,
            progress=counter("draws_left", draws, lang),
        )
    except ValueError as error:
        refuse("{where}: {error}", where=where, error=error)
    return found, factors, remarks


def _names(inputs: Inputs, lang: str) -> dict[str, str]:
    """Names of units, indicators and aggregates as the tables give them; a code without a name is its own.

    Countries by their codes bear their names in the language, unless the table names units that are none.
    """
    table, tree = inputs.values, inputs.framework
    units = list(dict.fromkeys(table["entity"]))
    foreign = [unit for unit in units if not _is_country(unit, lang)]
    named = {f"entity.{unit}": unit for unit in foreign}
    if foreign and "name" in table:
        shown = [" ".join(str(name).split()) for name in table["name"]]  # a figure's line has no line breaks
        named |= {f"entity.{code}": name for code, name in zip(table["entity"], shown, strict=True) if name}
    for code, name in zip(tree["code"], tree["name"], strict=True):
        named |= {f"group.{code}": name or code}
        if code not in units:  # an indicator GEO is no name of Georgia
            named[f"entity.{code}"] = name or code
    return named


def _is_country(code: str, lang: str) -> bool:
    from digital_diplomacy import labels
    from digital_diplomacy.errors import LabelError

    try:
        return bool(labels.country(code, lang))
    except LabelError:
        return False


def _chosen(wanted: Iterable[str], inputs: Inputs, made: "Index", lang: str) -> list[str]:
    """Codes of the units to be profiled, asked for by code or by name, or all."""
    from digital_diplomacy import labels, rankings

    known = list(dict.fromkeys(made.scores.dropna(subset=rankings.hierarchy(made.framework).index)["entity"]))
    names = {labels.entity(code, lang): code for code in known} | dict(inputs.units) | {code: code for code in known}
    chosen = []
    for one in wanted:
        if one == "all":
            chosen += known
        elif names.get(one) in known:
            chosen.append(names[one])
        else:
            what = said("left out of the index") if one in names else said("no such unit")
            refuse("--profile {one}: {what}; scored are {known}", one=one, what=what, known=_first(known))
    return list(dict.fromkeys(chosen))


def _first(names: list[str]) -> str:
    from digital_diplomacy.sources.remarks import listed

    return listed(names)


def _write(
    inputs: Inputs,
    made: "Index",
    found: "Uncertainty | None",
    factors: tuple[Mapping[str, Any], ...],
    chosen: list[str],
    out: Path,
    lang: str,
    *,
    remarks: "list[Remark]",
    shown: Path,
) -> list[str]:
    """Tables, profiles and the page; what the index comes to, for the terminal."""
    from digital_diplomacy import labels, rankings
    from digital_diplomacy.cli.remarks import say

    period = last_period(made)
    begin(4, _PHASES, "tables", lang)
    tables = result_tables(made, found)
    more = write_tables(tables, made, factors, out, names=_by_code(inputs, lang), lang=lang)
    say(more, lang)
    root = rankings.hierarchy(made.framework).index
    own = dict(zip(made.framework["code"], made.framework["name"], strict=True))[root]
    title = own or labels.text("index.title", lang)
    begin(5, _PHASES, "profiles", lang, count=labels.number(len(chosen), lang))
    tell = counter("profiles_left", len(chosen), lang)
    profiles = write_profiles(made, chosen, out, lang, title=title, period=period, tell=tell)
    begin(6, _PHASES, "pages", lang)
    said = answer(made, found, tables["ranking"], period, lang)
    about = chosen[0] if 0 < len(chosen) < len(tables["ranking"]) else ""
    page = {"title": title, "period": period, "about": about}
    write_page(made, found, tables, said, out, lang, profiles=profiles, remarks=[*remarks, *more], **page)
    counts = {"count": len(tables["ranking"]), "total": inputs.values["entity"].nunique()}
    told = {name: labels.number(number, lang) for name, number in counts.items()}
    return [*said.leads, *said.account, *said.warnings, labels.text("phase.done", lang, **told, path=shown)]


def _by_code(inputs: Inputs, lang: str) -> dict[str, str]:
    """Names beside codes in the workbook: of units, indicators and aggregates."""
    from digital_diplomacy import labels

    codes = {str(code) for code in inputs.framework["code"]}
    named = {str(unit): labels.entity(str(unit), lang) for unit in inputs.values["entity"]}
    return named | {code: labels.text(f"group.{code}", lang) for code in codes if code not in named}
