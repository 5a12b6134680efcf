"""HTML pages of executed notebooks, and of how they were made; nothing is fetched from elsewhere."""

import base64
import json
import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Final

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from digital_diplomacy import __version__, labels
from digital_diplomacy.pages.anchors import anchor, anchored
from digital_diplomacy.pages.blanks import unbroken
from digital_diplomacy.pages.directions import isolated
from digital_diplomacy.pages.glossary import linked
from digital_diplomacy.pages.key import key
from digital_diplomacy.runs.notebooks import Run, question
from digital_diplomacy.runs.outputs import KEY, NARROW, NARROW_SVG, answer_of
from digital_diplomacy.runs.snapshot import LOCK
from digital_diplomacy.runs.translations import SOURCE

_HIDDEN_TAGS: Final = {"parameters", "injected-parameters", "hide-input", "remove-input", "hide_input", "remove_input"}
"""Cells whose code is not shown: the page says parameters in words, the others ask for it as nbconvert's users do."""

_HEADING: Final = re.compile(r'<h2 id="([^"]*)">(.*?)(?:<a class="anchor-link"[^>]*>.*?</a>)?</h2>', re.DOTALL)

_PLACES: Final = ("content", "contents-title", "beside", "documents")
"""Anchors every page has."""

_SILENT_TAGS: Final = {"hide-output", "remove-output", "hide_output", "remove_output"}
_LONG: Final = 50_000
"""Characters of a printed text that a page shows from each of its ends, if it has more than twice as many."""

_MOST: Final = 20_000_000
"""Characters of any other output that a page bears: a picture, a table, a formula."""

_UPRIGHT: Final = 1.2  # times as high as wide
HEAD: Final = 2_000  # characters of an SVG text that hold its size
_ITEM: Final = "• "
_ITEMS: Final = re.compile(rf"<p>((?:(?!</p>).)*?{_ITEM}(?:(?!</p>).)*?{_ITEM}(?:(?!</p>).)*)</p>", re.DOTALL)
_REMOVED_TAGS: Final = {"remove-cell", "hide-cell", "remove_cell", "hide_cell"}


@cache
def templates() -> Environment:
    """The templates of all pages, which escape what they are given and refuse a name they were not given."""
    environment = Environment(
        loader=PackageLoader("digital_diplomacy.pages"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        auto_reload=False,  # a template does not change while a process lives
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["text"] = labels.text
    environment.globals["document"] = labels.document
    environment.globals["direction"] = labels.direction
    environment.globals["languages"] = labels.LANGUAGES
    environment.filters["anchor"] = anchor
    environment.filters["listed"] = listed
    environment.filters["upright"] = upright
    environment.policies["truncate.leeway"] = 0
    return environment


def listed(sentence: str) -> Markup:
    """A sentence as a paragraph; one that names several things behind bullets, as a paragraph and their list.

    Examples
    --------
    >>> str(listed("Do not quote: • one < two; • three."))
    '<p>Do not quote:</p>\\n<ul class="items"><li>one &lt; two;</li><li>three.</li></ul>'
    >>> str(listed("Nothing."))
    '<p>Nothing.</p>'
    """
    return Markup(listed_in(f"<p>{escape(sentence)}</p>"))  # noqa: S704 - escaped


def listed_in(html: str) -> str:
    """The same for paragraphs of a page."""

    def parted(found: re.Match[str]) -> str:
        first, *items = (part.strip() for part in found[1].split(_ITEM))
        return f'<p>{first}</p>\n<ul class="items">{"".join(f"<li>{item}</li>" for item in items)}</ul>'

    return _ITEMS.sub(parted, html)


def title(notebook: str, lang: str, fallback: str) -> str:
    """Title of a notebook's page: its label, or the notebook's own heading where nobody has labelled it."""
    return labels.text(f"notebook.{notebook}", lang) if labels.is_known(f"notebook.{notebook}") else fallback


def stored_title(notebook: str, lang: str, folder: Path) -> str:
    """Title of a page that has been made, in its language: as `title`, or by name where there is no heading either.

    Parameters
    ----------
    notebook, lang : str
    folder : Path
        Of the run's results.
    """
    path = folder / "notebook.ipynb"
    if labels.is_known(f"notebook.{notebook}") or not path.is_file():
        return title(notebook, lang, notebook)
    return _heading(json.loads(path.read_text(encoding="utf-8"))) or notebook


def notebook_page(run: Run, notebook: dict[str, Any], shown: list[dict[str, Any]]) -> str:
    """The page of one run: its narrative, every figure and table with links to their files, code folded away.

    Parameters
    ----------
    run : Run
    notebook : dict
        The executed notebook.
    shown : list of dict
        Its named outputs, as `outputs.write_outputs` returns them.
    """
    # The SVG first, in which a figure stands on the page; a stored result has lost the order they were written in.
    files = {(entry["kind"], entry["name"]): sorted(entry["files"], reverse=True) for entry in shown}
    kept = [cell for cell in notebook["cells"] if not _REMOVED_TAGS & set(cell["metadata"].get("tags", []))]
    prose = notebook.get("metadata", {}).get(KEY, {}).get("lang", SOURCE)
    made = [_cell(cell, files, run.lang) for cell in linked(_without_title(kept), prose, run.lang)]
    cells = anchored(_with_views(_collected(made)), {*_PLACES, *(anchor(entry["name"]) for entry in shown)})
    page = (
        templates()
        .get_template("notebook.html.j2")
        .render(
            lang=run.lang,
            title=title(run.notebook.name, run.lang, _heading(notebook) or run.notebook.title),
            question=question(run.notebook.name, run.lang),
            answer=_lifted(cells, shown),
            parameters=[
                (_named(name, run.lang), spoken(name, value, run.lang))
                for name, value in _told_apart(run.values).items()
                if name != "lang" and value
            ],
            cells=_numbered(cells),
            contents=_contents(cells),
            version=__version__,
            prose=prose,
            is_labelled=labels.is_known(f"notebook.{run.notebook.name}"),
            documents=key(run.notebook.path.parents[1]),
        )
    )
    return unbroken(isolated(page, run.lang), run.lang)


def size_of(svg: str) -> Markup:
    """Width and height of a picture as attributes, so that a page keeps its room before it is there.

    Examples
    --------
    >>> size_of('<svg width="518.4pt" height="200pt" viewBox="0 0 518.4 200">')
    Markup(' width="518" height="200"')
    """
    box = re.search(r'viewBox="[-\d.]+ [-\d.]+ ([\d.]+) ([\d.]+)"', svg)
    if box is None:
        return Markup("")
    return Markup(' width="{:.0f}" height="{:.0f}"').format(float(box[1]), float(box[2]))


def upright(size: str) -> Markup:
    """The mark of a picture much higher than wide: on paper it needs more than the height of the others to be read.

    Examples
    --------
    >>> upright(' width="518" height="700"'), upright(' width="518" height="200"')
    (Markup(' class="upright"'), Markup(''))
    """
    sides = [int(side) for side in re.findall(r'"(\d+)"', size)]
    return Markup(' class="upright"') if len(sides) > 1 and sides[1] > _UPRIGHT * sides[0] else Markup("")


def _collected(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cells with a line in place of each notice of what could not be shown, where one, `missing`, lists it all."""
    notices = [output for cell in cells for output in cell.get("outputs", []) if output["kind"] == "notice"]
    if not any(output["id"] == "missing" for output in notices):
        return cells
    return [
        cell | {"outputs": [kept for one in cell["outputs"] if (kept := _left_out(one))]} if "outputs" in cell else cell
        for cell in cells
    ]


def _left_out(output: dict[str, Any]) -> dict[str, Any] | None:
    """An output of a page that lists what is missing: of a figure or table that is, its name; of sentences, nothing."""
    if output["kind"] != "notice" or output["id"] == "missing":
        return output
    return output | {"kind": "left_out"} if output["title"] != output["alt"] else None


def _with_views(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Pages to play with as links: under the figure of the same name, or alone where there is none."""
    outputs = [output for cell in cells for output in cell.get("outputs", [])]
    views = {output["id"]: output for output in outputs if output["kind"] == "view"}
    for output in outputs:
        if output["kind"] == "figure" and output["id"] in views:
            output["play"] = views.pop(output["id"])
    for cell in cells:
        if "outputs" in cell:
            alone = [one for one in cell["outputs"] if one["kind"] != "view" or one["id"] in views]
            cell["outputs"] = alone
    return cells


def _numbered(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Figures, tables and other outputs, each counted from 1 in the order of the page."""
    counts = {"figure": 0, "table": 0, "plain": 0}
    for output in (output for cell in cells for output in cell.get("outputs", []) if output["kind"] in counts):
        counts[output["kind"]] += 1
        output["number"] = counts[output["kind"]]
    return cells


def _contents(cells: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Anchor and words of every heading of the second level."""
    found = [_HEADING.findall(str(cell["markdown"])) for cell in cells if "markdown" in cell]
    return [(anchor, Markup(words).striptags()) for some in found for anchor, words in some]  # noqa: S704 - own words


def _lifted(cells: list[dict[str, Any]], shown: Sequence[Mapping[str, Any]]) -> dict[str, Any] | None:
    """The answer, taken out of the cell that gave it, with the names and titles of what it rests on."""
    for cell in cells:
        for output in cell.get("outputs", []):
            if output["kind"] == "answer":
                cell["outputs"] = [other for other in cell["outputs"] if other is not output]
                html = Markup(listed_in(str(output["html"])))  # noqa: S704 - of markup as it was
                return {"html": html, "evidence": _evidence(shown)}
    return None


def _evidence(shown: Sequence[Mapping[str, Any]]) -> list[tuple[str, str]]:
    """Names and titles of the figures and tables the answer rests on, of those that there are for these parameters."""
    titles = {entry["name"]: entry["title"] for entry in shown if entry["kind"] in ("figure", "table")}
    return [(name, titles[name]) for name in answer_of(shown)["evidence"] if name in titles]


def _heading(notebook: Mapping[str, Any]) -> str:
    """The first heading of an executed notebook, in the language of its prose; empty if there is none."""
    texts = ("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "markdown")
    return next((found[1].strip() for text in texts if (found := re.match(r"#\s+(.+)", text))), "")


def _without_title(cells: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The cells without the first heading, whose place the page's own title takes."""
    for number, cell in enumerate(cells):
        first, _, rest = "".join(cell["source"]).lstrip().partition("\n")
        if cell["cell_type"] == "markdown" and first.startswith("# "):
            return [*cells[:number], cell | {"source": rest}, *cells[number + 1 :]]
    return cells


def _named(name: str, lang: str) -> str:
    """A parameter's label, or its own name where nobody has labelled it."""
    return labels.text(f"parameter.{name}", lang) if labels.is_known(f"parameter.{name}") else name


def _told_apart(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of parameters: the country asked about is not said to be compared with itself."""
    compared = values.get("compare")
    others = [code for code in compared if code != values.get("country")] if isinstance(compared, list) else compared
    return {name: others if name == "compare" else value for name, value in values.items()}


def _called(name: str, lang: str) -> tuple[str, str]:
    """A parameter's label, empty where nobody has labelled it, and the name it has in the notebook."""
    said = _named(name, lang)
    return ("" if said == name else said), name


def spoken(name: str, value: Any, lang: str) -> str:
    """A parameter value as a reader says it: countries by name, periods as dates."""
    if name in ("country", "compare"):
        return ", ".join(labels.entity(code, lang) for code in (value if isinstance(value, list) else [value]))
    if name == "document" and value:
        return labels.document(str(value), lang)
    for code in (f"parameter.{name}.{value}", f"{name}.{value}"):
        if labels.is_known(code):
            return labels.text(code, lang)
    if name in ("period", "years", "month", "before"):
        return labels.period(str(value), lang)
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)


def _cell(cell: dict[str, Any], files: Mapping[tuple[str, str], list[str]], lang: str) -> dict[str, Any]:
    source, tags = "".join(cell["source"]), set(cell["metadata"].get("tags", []))
    if cell["cell_type"] == "markdown":
        return {"markdown": _reachable(_markdown(_embedded(source, cell.get("attachments", {}))))}
    hidden = bool(_HIDDEN_TAGS & tags) or not source.strip()
    return {
        "code": "" if hidden else _reachable(_highlighted(source)),
        "outputs": [] if tags & _SILENT_TAGS else [_output(output, files, lang) for output in cell.get("outputs", [])],
    }


@lru_cache(maxsize=256)  # pages of a notebook in other languages have the same code
def _highlighted(source: str) -> str:
    from nbconvert.filters import Highlight2HTML

    return str(Highlight2HTML()(source))


def _reachable(html: str) -> Markup:
    """HTML whose wide parts, lines as they are written and tables, the keyboard can get into and move."""
    lines = re.sub(r"<pre(?=[\s>])", '<pre tabindex="0"', html)
    wrapped = re.sub(r"(<table\b.*?</table>)", r'<div class="scroll" tabindex="0">\1</div>', lines, flags=re.DOTALL)
    return Markup(wrapped)  # noqa: S704 - as safe as it was


def _embedded(text: str, attachments: Mapping[str, Mapping[str, str]]) -> str:
    """Markdown with the pictures attached to its cell in place of their names."""
    for name, forms in attachments.items():
        mime, content = next(iter(forms.items()))
        text = text.replace(f"(attachment:{name})", f"(data:{mime};base64,{''.join(content)})")
    return text


def _output(output: dict[str, Any], files: Mapping[tuple[str, str], list[str]], lang: str) -> dict[str, Any]:
    """One output as ``html`` and, for named ones, what it is and the files it was written to."""
    described = output.get("metadata", {}).get(KEY, {})
    kind, name = described.get("kind", ""), described.get("name", "")
    paths = files.get((kind, name), [])
    if kind == "view" and paths:
        words = labels.text(f"view.link_{described['view']}", lang)
        return {"kind": kind, "id": name, "title": described["title"], "path": paths[0], "words": words}
    if kind == "figure":
        return {
            "kind": kind,
            "id": name,
            "files": [path for path in paths if not path.endswith(NARROW)],
            "image": f"figures/{name}.svg",
            "size": size_of("".join(output["data"]["image/svg+xml"])[:HEAD]),
            "narrow": next((path for path in paths if path.endswith(NARROW)), ""),
            "narrow_size": size_of("".join(output["data"].get(NARROW_SVG, ""))[:HEAD]),
            "title": described["title"],
            "topic": described.get("topic", described["title"]),
            "alt": described.get("alt", described["title"]),
            "play": None,
        }
    return {
        "kind": kind or "plain",
        "id": name,
        "title": described.get("title", ""),
        "alt": described.get("alt", ""),
        "files": paths,
        "html": _html(output, lang),
    }


def _html(output: dict[str, Any], lang: str) -> Markup:
    """Any output as HTML: the richest form a page can show and bear."""
    if output["output_type"] in ("stream", "error"):
        text = "".join(output["text"]) if "text" in output else "\n".join(output["traceback"])
        return _coloured(_cut(text, lang))
    data = {mime: "".join(value) for mime, value in output["data"].items() if mime.startswith(("text/", "image/"))}
    plain = _coloured(_cut(data.get("text/plain", ""), lang))
    best = next((mime for mime in _RENDERED if mime in data), "")
    if not best:
        return plain
    if len(data[best]) > _MOST:
        said = labels.text("page.too_large", lang, count=labels.number(len(data[best]), lang))
        return Markup('<p class="notice">{}</p>{}').format(said, plain)
    return _RENDERED[best](data[best])


def _cut(text: str, lang: str) -> str:
    """Text as far as a page shows it: of a very long one beginning and end."""
    if len(text) <= 2 * _LONG:
        return text
    head, tail = text[:_LONG], text[-_LONG - 1 :]
    head = head[: head.rfind("\n") + 1] or head
    tail = tail[tail.find("\n") + 1 :] if "\n" in tail else tail[1:]
    count = labels.number(len(text) - len(head) - len(tail), lang)
    return f"{head.rstrip()}\n\n{labels.text('page.left_out', lang, count=count)}\n\n{tail}"


def _coloured(text: str) -> Markup:
    from nbconvert.filters import ansi2html

    return Markup("<pre>{}</pre>").format(Markup(ansi2html(text)))  # noqa: S704 - ansi2html escapes


def _preformatted(text: str) -> Markup:
    return Markup("<pre>{}</pre>").format(text)


def _markdown(text: str) -> Markup:
    from nbconvert.filters import markdown2html

    return Markup(markdown2html(text))  # noqa: S704 - made by the notebook itself, as in Jupyter


def _svg(text: str) -> Markup:
    encoded = base64.b64encode(text.encode()).decode()
    return Markup('<img src="data:image/svg+xml;base64,{}" alt="">').format(encoded)


def _picture(kind: str) -> Callable[[str], Markup]:
    return lambda text: Markup('<img src="data:image/{};base64,{}" alt="">').format(kind, text.strip())


_RENDERED: Final[dict[str, Callable[[str], Markup]]] = {
    "text/html": Markup,
    "image/svg+xml": _svg,
    "image/png": _picture("png"),
    "image/jpeg": _picture("jpeg"),
    "image/gif": _picture("gif"),
    "text/markdown": _markdown,
    "text/latex": _preformatted,
}
"""How each kind of data becomes HTML, richest first."""


def _licence(name: str, lang: str) -> str:
    """What a licence without a name that everybody knows says, in the reader's language; empty for any other."""
    code = f"provenance.licence.{name}"
    return labels.text(code, lang) if labels.is_known(code) else ""


def _titled(title: str, lang: str) -> Markup:
    """The title of a table or source in the reader's language, or in its own, marked as English."""
    known = labels.titled(title, lang)
    return Markup("{}").format(known) if known else Markup('<span lang="en">{}</span>').format(title)


def how_made_page(result: Mapping[str, Any], inputs: Sequence[Mapping[str, Any]]) -> str:
    """The page that says how one run's results came about: notebook, parameters, data, software and files written.

    Parameters
    ----------
    result : mapping
        The stored result of the run.
    inputs : sequence of mapping
        What it read, as `provenance.described_inputs` returns it.
    """
    lang, software = result["lang"], result["dependencies"]["environment"]
    versions = {"Python": software["Python"], "digital-diplomacy": __version__, **software["packages"]}
    absent = labels.text("provenance.unstated", lang)
    page = (
        templates()
        .get_template("made.html.j2")
        .render(
            lang=lang,
            title=title(result["notebook"], lang, result["notebook"]),
            notebook=result["notebook"],
            code=result["code"],
            version=__version__,
            commit=result.get("commit"),
            parameters=[(*_called(name, lang), repr(value)) for name, value in result["parameters"].items()],
            inputs=inputs,
            named=lambda title: _titled(title, lang),
            licence_known=lambda licence: _licence(licence["name"], lang),
            variables=list(result["dependencies"].get("variables", [])),
            unrepeatable=[said.partition(" ")[::2] for said in result["dependencies"].get("unrepeatable", [])],
            software=[(name, version or absent) for name, version in versions.items()],
            lock=software[LOCK],
            outputs=list(result["files"].items()),
        )
    )
    return isolated(page, lang)
