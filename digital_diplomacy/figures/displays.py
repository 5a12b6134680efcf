"""What notebooks call: a figure, a table or sentences, displayed with everything a page needs to carry them.

Each display is one MIME bundle; its metadata, under ``digital_diplomacy``, tells what it is.
"""

import gc
import inspect
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Final

import pandas as pd
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display
from matplotlib.figure import Figure

from digital_diplomacy import labels
from digital_diplomacy.errors import ArgumentError, LabelError
from digital_diplomacy.figures.alternative import Rows, describe, sentences
from digital_diplomacy.figures.filling import fill_sentences
from digital_diplomacy.figures.html_tables import csv_of, labelled, table_html
from digital_diplomacy.figures.parts import style
from digital_diplomacy.figures.views import document
from digital_diplomacy.figures.views.document import View
from digital_diplomacy.labels.agreement import inside

MISSING: Final = "missing"
"""Name of the notice in which `show_missing` collects what a notebook could not show."""

NARROW_SVG: Final = "image/svg+xml;width=narrow"
"""Under which a named figure's drawing for telephones goes along."""

_SELDOM: Final = 100_000
"""Objects made between two collections of garbage while a figure is drawn, which makes thousands that stay until it is
done: at the usual 700 a tenth of the time goes into looking at them again and again."""

_ABBREVIATED: Final = re.compile(r"\b[^\W\d]\.$")
"""A letter that stands for a word: «г.», «п. п.», «т.б.»."""

_MARKDOWN: Final = re.compile(r"([\\`*_\[\]<>#|~$])")


class _Words(dict[str, str]):
    """What is displayed; where nothing displays it, as in a plain Python session, its words are printed."""

    def __init__(self, bundle: Mapping[str, str], words: str) -> None:
        super().__init__(bundle)
        self.words = words

    def __str__(self) -> str:
        return self.words


@contextmanager
def _seldom_interrupted() -> Iterator[None]:
    """Collect garbage seldom; afterwards as before, and then what a figure has left."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _SELDOM) if before[0] else 0, *before[1:])  # 0: somebody wants none at all
    try:
        yield
    finally:
        gc.set_threshold(*before)


@_seldom_interrupted()
def show(
    plot: Callable[..., Figure],
    rows: Rows,
    *,
    name: str = "",
    lang: str = "en",
    about: str = "",
    title: str = "",
    finding: pd.DataFrame | None = None,
    view: Callable[..., View] | None = None,
    absent: str = "",
    **options: object,
) -> None:
    """Display a figure, or, where there are no rows, a sentence that says so.

    Parameters
    ----------
    plot : callable
        One of the ``plot_*`` functions.
    rows : DataFrame, or (edges, positions)
        What it draws; the rows, or the edges of a network, go along as CSV.
    name : str
        Name of the figure and its files, unique in the notebook; its topic is the label ``figure.<name>``. It is drawn
        once more for telephones. Without a name the picture is shown and no file written.
    lang : str
        Language of every word and number.
    about : str
        Code of the country the title speaks of, as ``{country}``; without rows its data are then said to be missing.
        It is what stands out, in figures that can let one entity stand out.
    title : str
        A topic of one's own in place of the label's.
    finding : DataFrame, at most one row, optional
        What the figure found, as the fields of the label ``finding.<name>``, which becomes the title, with the topic
        below; a column ``case`` chooses among labels ``finding.<name>_<case>``. Without a row the title says that
        nothing stands out, in the words of ``finding.<name>_none`` where there is one.
    view : callable, optional
        What makes a page to play with of the same rows, displayed after the figure by `show_view`.
    absent : str
        Code of the text, with ``{title}``, that says why there are no rows, where it is known better than that the
        tables hold none.
    **options
        Passed on to ``plot`` and ``view``, to each what it takes.

    Raises
    ------
    LabelError
        If the name has no label and no title is given.

    Examples
    --------
    >>> from digital_diplomacy import figures, penetration, sources
    >>> rows = penetration.printed_figures(sources.load("statcounter_2020"), source_id="statcounter_2020").head(2)
    >>> figures.show(figures.plot_estimates, rows, by="group", lang="en", title="Shares of referrals")  # in words
    Shares of referrals. Facebook: 13.54 (13.535–13.545); Instagram: 4.98 (4.975–4.985).
    """
    topic = title or _title("figure", name, lang, about)
    frames = rows if isinstance(rows, tuple) else (rows,)
    if any(frame.empty for frame in frames):
        _notice(name, topic, lang, about, absent)
        return
    topic = _made(topic, frames, options, lang)
    title = topic if finding is None else _finding(name, finding, lang, about)
    shared, own = _shared(options, plot, view)
    drawn: dict[str, object] = {"title": title if finding is None else f"{title}\n{topic}", **shared}
    taken = inspect.signature(plot).parameters
    for option in ("emphasis", "about"):
        if about and option in taken:
            drawn.setdefault(option, about)
    bundle = style.bundle(plot(*frames, lang=lang, **drawn), title=title or name)
    if name:
        with style.narrow():
            bundle[NARROW_SVG] = style.svg(plot(*frames, lang=lang, **drawn), title=title or name)
    bundle["text/csv"] = csv_of(rows[0] if isinstance(rows, tuple) else rows)
    told = [title] if finding is None else [title, topic]
    more = {} if finding is None else {"topic": topic}
    said = sentences(*filter(None, (*told, describe(rows, lang))))
    _send(bundle, kind="figure", name=name, title=title, lang=lang, **more, alt=said)
    if view is not None:
        own |= {"picture": bundle["image/png"]} if "picture" in inspect.signature(view).parameters else {}
        show_view(view, rows, name=name, lang=lang, about=about, title=title, topic=more.get("topic", ""), **own)


def show_view(
    view: Callable[..., View],
    rows: Rows,
    *,
    name: str = "",
    lang: str = "en",
    about: str = "",
    title: str = "",
    topic: str = "",
    **options: object,
) -> None:
    """Display an interactive page; other pages link to it under the figure of the same name.

    In a notebook it stands in a frame of its own, which keeps no address; the page of a run has it as the file
    ``figures/<name>.html``. Without rows nothing is displayed: the figure of that name has said so.

    Parameters
    ----------
    view : callable
        One of the ``view_*`` functions.
    rows : DataFrame, or several
        What it shows.
    name, lang, about, title : str
        As in `show`; the topic is the label ``figure.<name>``.
    topic : str
        What the view is about, where its title tells a finding.
    **options
        Passed on to ``view``.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import figures, networks
    >>> ties = pd.DataFrame({"source": ["a", "b"], "target": ["b", "c"], "relation": "cites", "weight": 1.0})
    >>> actors = pd.DataFrame({"actor_id": ["a", "b", "c"], "type": "state", "label": ["Adam", "Bela", "Cleo"]})
    >>> rows = (ties, networks.layout(ties, actors, lang="en"))
    >>> figures.show_view(figures.view_network, rows, lang="en", title="Who cites whom")
    3 actors, 2 ties; largest: Bela, Cleo, Adam
    """
    frames = rows if isinstance(rows, tuple) else (rows,)
    if any(frame.empty for frame in frames):
        return
    title = title or _title("figure", name, lang, about)
    told = {"about": about} if about and "about" in inspect.signature(view).parameters else {}
    made = view(*frames, lang=lang, title=title, topic=topic, **told, **options)
    bundle = {"text/html": document.frame(document.document(made), title), "text/plain": title}
    _send(bundle, kind="view", name=name, title=title, lang=lang, alt=made.alt, view=made.kind)


def _shared(
    options: Mapping[str, object], plot: Callable[..., object], view: Callable[..., object] | None
) -> tuple[dict[str, object], dict[str, object]]:
    """The options of a figure and those of the view that goes with it; what neither takes the figure refuses."""
    if view is None:
        return dict(options), {}
    drawn, played = inspect.signature(plot).parameters, inspect.signature(view).parameters
    own = {name: value for name, value in options.items() if name in played}
    return {name: value for name, value in options.items() if name in drawn or name not in played}, own


def show_table(
    frame: pd.DataFrame,
    *,
    name: str = "",
    lang: str = "en",
    about: str = "",
    title: str = "",
    folded: Mapping[str, Sequence[str]] | None = None,
    absent: str = "",
) -> None:
    """Display a table with headers, names, dates and numbers in the language; the table itself goes along as CSV.

    The CSV has numbers of 12 significant digits: the digits behind them are noise of binary arithmetic.

    Parameters
    ----------
    frame : DataFrame
        Any table; columns with a label ``column.<name>`` are headed by it. Value, low and high are told in one column.
    name : str
        Name of the table, as in `show`; its title is the label ``table.<name>``.
    lang, about, title : str
        As in `show`.
    folded : mapping of str to sequence of str, optional
        As in `table_html`.
    absent : str
        As in `show`.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import figures
    >>> figures.show_table(pd.DataFrame({"entity": ["KAZ"], "rank": [24]}), lang="ru", title="Places")
    Places
    Страна или организация Опубликованное место
                 Казахстан                   24
    """
    title = title or _title("table", name, lang, about)
    if frame.empty:
        _notice(name, title, lang, about, absent)
        return
    bundle = {
        "text/html": table_html(frame, title=title, lang=lang, folded=folded),
        "text/csv": csv_of(frame),
        "text/plain": title,
    }
    printed = "" if InteractiveShell.initialized() else labelled(frame, lang=lang).to_string(index=False)
    words = "\n".join(filter(None, [title, printed]))
    _send(_Words(bundle, words), kind="table", name=name, title=title, lang=lang)


def show_sentences(frame: pd.DataFrame, code: str, *, lang: str = "en", silent: bool = False) -> None:
    """Display one sentence per row: the text of ``code`` with its ``{column}`` fields filled from the row.

    Parameters
    ----------
    frame : DataFrame
        Its columns are the fields; codes become names, numbers and periods are written in the language.
    code : str
        A label, such as ``sentence.rank``.
    lang : str
        Language of the sentence.
    silent : bool
        Whether nothing is shown where there is no row, as of what few tables have; otherwise a notice says so.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import figures
    >>> figures.show_sentences(pd.DataFrame({"count": [3]}), "notice.alt_rows", lang="en")
    3 rows
    """
    if silent and frame.empty:
        return
    kind = "notice" if frame.empty else "sentences"
    said = fill_sentences(frame, code, lang=lang)
    _say(said, kind=kind, name=code.removeprefix("sentence."), title=said[0], lang=lang)


def show_finding(finding: pd.DataFrame, name: str, *, lang: str = "en", about: str = "", absent: str = "") -> None:
    """Display in words what a figure would have as its title: the finding, as `show` tells it.

    Parameters
    ----------
    finding, name, lang, about
        As in `show`: a frame of at most one row, whose column ``case`` chooses among the labels
        ``finding.<name>_<case>``.
    absent : str
        As in `show`; the title is the label ``figure.<name>``.

    Examples
    --------
    >>> from digital_diplomacy import figures, rankings, readings, sources
    >>> places = rankings.index_ranks(sources.load("egdi_by_edition").query("iso3 == 'KAZ' and edition >= 2022"))
    >>> figures.show_finding(readings.change(places, "KAZ"), "egdi_rank_over_time", lang="en")
    Kazakhstan: rank 28 in 2022, 24 in 2024, a better one for certain
    """
    if absent and finding.empty:
        _notice(f"finding_{name}", _title("figure", name, lang, about), lang, about, absent)
        return
    told = _finding(name, finding, lang, about)
    _say([told], kind="sentences", name=f"finding_{name}", title=told, lang=lang)


def show_answer(
    said: Mapping[str, pd.DataFrame],
    *,
    evidence: Sequence[str] = (),
    lang: str = "en",
    about: str = "",
    brief: int = 1,
) -> None:
    """Display what the notebook answers to its question: pages, the index and ``run.json`` put it first.

    Parameters
    ----------
    said : mapping of str to DataFrame
        Label code to the rows that fill its fields, as in `show_sentences`; a frame without rows says nothing. Where
        none has rows, the answer is that the tables hold nothing on the question.
    evidence : sequence of str
        Names of the figures and tables of the same notebook that the sentences rest on; one that is not among them
        fails the run.
    lang : str
        Language of every word and number.
    about : str
        Code of the country asked about, which is named where there is no answer.
    brief : int
        How many sentences, from the first, a page for readers in a hurry repeats: as many as would mislead one without
        the other; 0 for what a lesson, or data made up, answers.

    Examples
    --------
    >>> import pandas as pd
    >>> from digital_diplomacy import figures
    >>> figures.show_answer({"notice.alt_rows": pd.DataFrame({"count": [3]})}, lang="en")
    3 rows
    """
    sentences = [
        line for code, frame in said.items() if not frame.empty for line in fill_sentences(frame, code, lang=lang)
    ]
    grounds = list(evidence) if sentences else []  # no answer rests on anything
    if not sentences:
        country = {"country": labels.entity(about, lang)} if about else {}
        sentences = [labels.text("notice.no_answer_about" if about else "notice.no_answer", lang, **country)]
    told = {"said": sentences, "evidence": grounds} | ({} if brief == 1 else {"brief": brief})
    _say(sentences, kind="answer", name="answer", title=sentences[0], lang=lang, **told)


def show_missing(tables: Mapping[str, pd.DataFrame], *, lang: str = "en", about: str) -> None:
    """Say once which tables hold nothing of a country, by name and by what they hold.

    A page that has this sentence leaves out the notices of what could not be shown; where every table has rows, nothing
    is said.

    Parameters
    ----------
    tables : mapping of str to DataFrame
        Name of each table to its rows of the country.
    lang, about : str
        As in `show`.

    Examples
    --------
    >>> from io import StringIO
    >>> import pandas as pd
    >>> from digital_diplomacy import figures
    >>> from contextlib import redirect_stdout
    >>> tables = {"internet_users": pd.DataFrame(columns=["entity", "value"])}
    >>> with redirect_stdout(StringIO()) as told:  # outside notebooks words are printed
    ...     figures.show_missing(tables, lang="en", about="KAZ")
    >>> "Kazakhstan" in told.getvalue(), "internet_users (individuals using the Internet," in told.getvalue()
    (True, True)
    """
    absent = [name for name, frame in tables.items() if frame.empty]
    if absent:
        told = "; ".join(_held(name, lang) for name in absent)
        said = labels.text("notice.missing", lang, country=labels.entity(about, lang), tables=told)
        _say([said], kind="notice", name=MISSING, title=said, lang=lang)


def _held(name: str, lang: str) -> str:
    """A table's name, and in brackets what it holds, where the project has words for that."""
    code = f"titled.{name}"
    if not labels.is_known(code):
        return name
    return f"{name} ({inside(labels.text(code, lang), lang)})"


def _title(kind: str, name: str, lang: str, about: str) -> str:
    """The label of a figure or table; nothing for one without a name."""
    labels.check_language(lang)
    code = f"{kind}.{name}"
    if not name:
        return ""
    values = {"country": labels.entity(about, lang)} if about else {}
    try:
        return labels.text(code, lang, **values)
    except LabelError as error:
        of_country = f"about= the code of a country for {code!r}, or " if labels.is_known(code) else ""
        raise LabelError(
            "{error}; give {of_country}title= a title of your own", error=error, of_country=of_country
        ) from error


def _made(topic: str, frames: tuple[pd.DataFrame, ...], options: Mapping[str, object], lang: str) -> str:
    """The topic, which says so where the data are none that anybody observed: pictures travel without their page."""
    named = {str(source) for frame in frames if "source_id" in frame for source in frame["source_id"]}
    given = options.get("sources", ())
    named |= set(map(str, given)) if isinstance(given, list | tuple) else set()
    code = next((f"topic.{source}" for source in sorted(named) if labels.is_known(f"topic.{source}")), "")
    return labels.text(code, lang, topic=topic) if code else topic


def _finding(name: str, finding: pd.DataFrame, lang: str, about: str) -> str:
    """The title that tells the finding, closed without a full stop as titles are, but for that of an abbreviation."""
    if len(finding) > 1:
        raise ArgumentError(
            "figure {name!r} has one title, but its finding has {count} rows; give one", name=name, count=len(finding)
        )
    if finding.empty:
        own = f"finding.{name}_none"
        country = {"country": labels.entity(about, lang)} if about else {}
        return labels.text(own, lang, **country) if labels.is_known(own) else labels.text("notice.no_finding", lang)
    case = f"_{finding['case'].iloc[0]}" if "case" in finding.columns else ""
    said = fill_sentences(finding, f"finding.{name}{case}", lang=lang)[0]
    return said if _ABBREVIATED.search(said) else said.removesuffix(".")


def _notice(name: str, title: str, lang: str, about: str, absent: str = "") -> None:
    """Say in words that there is nothing to show: of a country, that its data are missing and how to supply them;
    otherwise that nothing of the kind exists, which no table would change."""
    if not title:
        sentence = labels.text("notice.no_sentence", lang)
    elif absent:
        sentence = labels.text(absent, lang, title=title)
    elif about:
        sentence = labels.text("notice.no_rows_about", lang, title=title, country=labels.entity(about, lang))
    else:
        code = "notice.none_asked" if title.endswith("?") else "notice.none"
        sentence = labels.text(code, lang, title=title)
    _say([sentence], kind="notice", name=name, title=title, lang=lang)


def _say(lines: list[str], *, kind: str, name: str, title: str, lang: str, **more: object) -> None:
    """Display sentences; a notice is its own alternative, for pages that only list what is shown."""
    marked = [_MARKDOWN.sub(r"\\\1", sentence) for sentence in lines]
    bundle = {"text/markdown": "\n\n".join(marked), "text/plain": "\n".join(lines)}
    _send(
        bundle, kind=kind, name=name, title=title, lang=lang, **more, **({"alt": lines[0]} if kind == "notice" else {})
    )


def _send(bundle: dict[str, str], **described: object) -> None:
    """Display a bundle; a figure or table without a name becomes no file, so nothing is said of it."""
    metadata = {} if described["name"] == "" else {"digital_diplomacy": described}
    if not isinstance(bundle, _Words):
        bundle = _Words(bundle, str(described.get("alt") or bundle["text/plain"]))
    display(bundle, raw=True, metadata=metadata)  # type: ignore[no-untyped-call]
