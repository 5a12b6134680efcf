"""The pages of the command on messages: what a month comes to, in three languages, with figures and tables."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import pandas as pd

    from digital_diplomacy.messages import Month
    from digital_diplomacy.networks import Dated

_DECIDED: Final = ("left_out", "undecided")


@dataclass(frozen=True, eq=False)
class Written:
    """What the pages show: the month, and each relation with its network and what is compared in it.

    Attributes
    ----------
    month : Month
    measured : mapping of str to Dated
        By relation.
    periods : mapping of str to str
        ``first_period`` and ``second_period`` of what moves.
    files : sequence of str
        Tables beside the pages.
    """

    month: "Month"
    measured: "Mapping[str, Dated]"
    periods: Mapping[str, str]
    files: Sequence[str]


def write_pages(found: Written, out: Path, lang: str, *, tell: Callable[[int, str], None]) -> list[str]:
    """A page and its figures in every language; the sentences of the answer in the language of the terminal.

    Parameters
    ----------
    found : Written
    out : Path
        The folder. ``index.html`` is the page in ``lang``, and ``index.<lang>.html`` are those in all three.
    lang : str
    tell : callable
        Called before each language with its number and code.
    """
    from digital_diplomacy import labels

    said: list[str] = []
    for number, code in enumerate(labels.LANGUAGES):
        tell(number, code)
        page, answer = _page(found, out, code)
        (out / f"index.{code}.html").write_text(page, encoding="utf-8")
        if code == lang:
            (out / "index.html").write_text(page, encoding="utf-8")
            said = answer
    return said


def _page(found: Written, out: Path, lang: str) -> tuple[str, list[str]]:
    from digital_diplomacy import labels
    from digital_diplomacy.pages.documents import Section, document_page

    (out / "figures" / lang).mkdir(parents=True, exist_ok=True)
    answer = _answer(found, lang)
    others = {code: f"index.{code}.html" for code in labels.LANGUAGES if code != lang}
    sections = [
        Section(labels.text("messages.page.answer", lang), tuple(answer), kind="answer"),
        *_counted(found, out, lang),
        *_network(found, out, lang),
        Section(labels.text("messages.page.files", lang), links={name: name for name in found.files}),
    ]
    return document_page(_title(found, lang), sections, lang=lang, others=others), answer


def _title(found: Written, lang: str) -> str:
    from digital_diplomacy import labels

    country = labels.entity(found.month.country, lang)
    if not found.month.month:
        return labels.text("messages.page.title_all", lang, country=country)
    return labels.text("messages.page.title", lang, country=country, period=labels.period(found.month.month, lang))


def _answer(found: Written, lang: str) -> list[str]:
    """The sentences of the answer, of every relation, and what the counts leave open."""
    import pandas as pd

    from digital_diplomacy import figures, labels, messages

    said = messages.messages_answer(found.month, pd.DataFrame(), attention=pd.DataFrame(), moved=pd.DataFrame())
    told = [line for code, rows in said.items() if len(rows) for line in figures.fill_sentences(rows, code, lang=lang)]
    sums = {name: labels.number(int(found.month.summary.counts[name].sum()), lang) for name in _DECIDED}
    told.append(labels.text("messages.left_out", lang, **sums))
    if (found.month.summary.estimates["interval"] == "bound").any():
        told.append(labels.text("messages.open", lang))
    for relation, network in found.measured.items():
        told += _of_network(network, relation, found.periods, lang, several=len(found.measured) > 1)
    return told if len(found.month.summary.estimates) else [labels.text("messages.none", lang)]


def _of_network(network: "Dated", relation: str, periods: Mapping[str, str], lang: str, *, several: bool) -> list[str]:
    """Who stands out in a relation, and who moved."""
    from digital_diplomacy import figures, labels, networks

    moved = networks.mobility_found(network.moved, "dependence").assign(**periods)
    rows = {"attention": networks.chosen_found(network.attention), "moved": moved}
    said = [
        line
        for name, found in rows.items()
        if len(found)
        for line in figures.fill_sentences(found, f"sentence.messages_{name}_{found['case'].iloc[0]}", lang=lang)
    ]
    if not several:
        return said
    return [
        labels.text("messages.page.of", lang, relation=labels.text(f"relation.{relation}", lang), said=one)
        for one in said
    ]


def _counted(found: Written, out: Path, lang: str) -> list[Any]:
    from digital_diplomacy import figures, messages

    month = found.month
    rows, days, uneven = messages.counted(month), messages.by_day(month), messages.unevenness(month)
    draw = _Drawing(out, lang)
    return [
        *draw.section(
            "messages_counted", figures.plot_estimates, rows, messages.most_messages(month), by="group", from_zero=True
        ),
        *draw.section("messages_daily", figures.plot_series, days, messages.busiest_day(days), from_zero=True),
        *draw.section(
            "messages_unevenness",
            figures.plot_estimates,
            uneven,
            messages.most_uneven(uneven),
            by="group",
            from_zero=True,
        ),
    ]


def _network(found: Written, out: Path, lang: str) -> list[Any]:
    from digital_diplomacy import figures, labels, messages
    from digital_diplomacy.pages.documents import Section

    network = found.month.network
    heading = labels.text("messages.page.network", lang)
    if network.is_crowded:
        crowd = labels.text("messages.page.crowded", lang, largest=labels.number(messages.accounts.LARGEST, lang))
        return [Section(heading, paragraphs=(crowd,), kind="notice")]
    title = labels.text("table.messages_reach", lang)
    tables = (figures.table_html(network.reach, title=title, lang=lang),) if len(network.reach) else ()
    unmet = messages.not_met(found.month)
    said = figures.fill_sentences(unmet, "sentence.messages_unmet", lang=lang) if len(unmet) else []
    if not found.measured:
        said = [*said, labels.text("messages.page.no_ties", lang)]
    sections: list[Any] = [Section(heading, paragraphs=tuple(said), tables=tables)]
    for relation, measured in found.measured.items():
        sections += _relation(found, relation, measured, out, lang)
    return sections


def _relation(found: Written, relation: str, measured: "Dated", out: Path, lang: str) -> list[Any]:
    from digital_diplomacy import figures, labels, messages, networks

    suffix = f"_{relation}" if len(found.measured) > 1 else ""
    draw = _Drawing(out, lang, suffix=suffix, about=labels.text(f"relation.{relation}", lang) if suffix else "")
    drawn = networks.drawing(measured.ties)
    sizes = measured.attention[measured.attention["measure"] == "in_degree"]
    places = networks.layout(drawn.ties, found.month.network.actors, lang=lang, sizes=sizes)
    sources = [messages.source_of(found.month)]
    attention, first = networks.chosen_found(measured.attention), networks.first_found(measured.ranks)
    core = networks.networking_found(measured.powers)
    return [
        *draw.section(
            "messages_network",
            figures.plot_network,
            (drawn.ties, places),
            attention,
            sized_by="in_degree",
            sources=sources,
        ),
        *draw.section("messages_ranks", figures.plot_estimates, networks.leading(measured.ranks, n=12), first),
        *draw.section("messages_powers", figures.plot_powers, measured.powers, core),
    ]


@dataclass(frozen=True)
class _Drawing:
    """Where figures go, and in which language.

    Attributes
    ----------
    out : Path
    lang : str
    suffix : str
        Behind the names of files, to tell relations apart.
    about : str
        The relation in words, before the topic.
    """

    out: Path
    lang: str
    suffix: str = ""
    about: str = ""

    def section(
        self, name: str, plot: Callable[..., Any], rows: Any, finding: "pd.DataFrame", **options: object
    ) -> list[Any]:
        """A section with a figure; none without rows or finding."""
        from digital_diplomacy import figures, labels
        from digital_diplomacy.pages.documents import Section

        frames = rows if isinstance(rows, tuple) else (rows,)
        if finding.empty or any(frame.empty for frame in frames):
            return []
        code = f"finding.{name}_{finding['case'].iloc[0]}"
        [told] = figures.fill_sentences(finding, code, lang=self.lang)
        topic = labels.text(f"figure.{name}", self.lang)
        topic = f"{self.about}: {topic}" if self.about else topic
        figure = plot(*frames, lang=self.lang, title=f"{told}\n{topic}", **options)
        stem = self.out / "figures" / self.lang / f"{name}{self.suffix}"
        stem.with_suffix(".svg").write_text(figures.svg(figure, title=told), encoding="utf-8")
        stem.with_suffix(".png").write_bytes(figures.png(figure))
        alt = figures.describe(rows, self.lang)
        return [Section(topic, image=f"figures/{self.lang}/{name}{self.suffix}.svg", alt=f"{told}. {alt}")]
