"""The notebooks of a project: finding them, and turning a request into the runs it asks for."""

import hashlib
import json
import math
import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from typing import Any

from digital_diplomacy.errors import NotebookError, ParameterError, Said, joined, said
from digital_diplomacy.runs.parameters import Parameter, check, parse, read_parameters
from digital_diplomacy.runs.snapshot import DESCRIPTORS
from digital_diplomacy.runs.verified import mark
from digital_diplomacy.unfinished import settle

_SLUG_LENGTH = 60  # keeps paths below the 260 characters some systems allow


@dataclass(frozen=True)
class Notebook:
    """A notebook file with the parameters it declares, its first heading, and how many code cells it has.

    Attributes
    ----------
    order : float
        Its place among the notebooks as readers meet them: ``order`` under ``digital_diplomacy`` in its metadata. Those
        without one come last, by name.
    fault : str or Said
        Why it cannot be run, where it cannot: no other notebook has to suffer for it.

    Examples
    --------
    >>> from digital_diplomacy import reproduction, sources
    >>> notebook = reproduction.find_notebooks(sources.project_root())["rankings"]
    >>> notebook.path.name, notebook.parameters["country"].default, notebook.fault
    ('rankings.ipynb', 'KAZ', '')
    """

    name: str
    path: Path
    parameters: dict[str, Parameter]
    title: str
    length: int
    order: float = math.inf
    fault: str | Said = ""


@dataclass(frozen=True)
class Run:
    """One execution: a notebook with all its parameter values.

    Attributes
    ----------
    folder : str
        Where its results go below the reports folder: ``<notebook>/<language and what differs from the defaults>``.

    Examples
    --------
    >>> from digital_diplomacy import reproduction, sources
    >>> notebook = reproduction.find_notebooks(sources.project_root())["rankings"]
    >>> run = reproduction.plan_runs({"rankings": notebook}, [], {"country": "UZB"}, ["kk"], {})[0]
    >>> run.folder, run.changed
    ('rankings/kk_country-UZB', {'country': 'UZB'})
    """

    notebook: Notebook
    lang: str
    values: dict[str, Any] = field(default_factory=dict)

    @property
    def changed(self) -> dict[str, Any]:
        """Values other than the notebook's defaults; the language, which every run has, left out."""
        defaults = {name: parameter.default for name, parameter in self.notebook.parameters.items()}
        return {name: value for name, value in self.values.items() if name != "lang" and value != defaults[name]}

    @property
    def folder(self) -> str:
        """Folder of the results: language, then what was changed."""
        words = [
            f"{name}-{'-'.join(map(str, value)) if isinstance(value, list) else value}"
            for name, value in self.changed.items()
        ]
        said = "_".join([self.lang, *words])
        slug = re.sub(r"[^\w.-]+", "-", said)
        if len(slug) > _SLUG_LENGTH or slug != said:  # other values may look the same when cut or cleaned
            slug = f"{slug[: _SLUG_LENGTH - 11]}_{hashlib.sha256(said.encode()).hexdigest()[:10]}"
        return f"{self.notebook.name}/{slug}"


def project_above(start: Path) -> Path | None:
    """The nearest folder at or above ``start`` that holds the tables of a project; None where there is none."""
    return next((folder for folder in (start, *start.parents) if (folder / DESCRIPTORS[0]).is_file()), None)


def question(name: str, lang: str) -> str:
    """What a notebook asks, or nothing where nobody has labelled it."""
    from digital_diplomacy import labels  # imported here: runs that are only looked up need no words

    code = f"notebook.{name}.question"
    return labels.text(code, lang) if labels.is_known(code) else ""


def find_notebooks(root: Path | str) -> dict[str, Notebook]:
    """Every notebook of ``root/notebooks``, by name, in the order readers meet them.

    Raises
    ------
    NotebookError
        If the folder holds none. One that is not a readable notebook is among them, with its `Notebook.fault`.

    Examples
    --------
    >>> from digital_diplomacy import reproduction, sources
    >>> found = reproduction.find_notebooks(sources.project_root())
    >>> "rankings" in found, [name for name, notebook in found.items() if notebook.fault]
    (True, [])
    """
    folder = Path(root) / "notebooks"
    settle(folder)  # one that was begun by a command that was killed
    paths = sorted(path for path in folder.glob("*.ipynb") if not path.name.startswith("."))  # macOS leaves ._a.ipynb
    if not paths:
        raise NotebookError("no notebooks in {folder}", folder=folder)
    found = sorted((_read(path, mark(path)) for path in paths), key=lambda notebook: (notebook.order, notebook.name))
    return {notebook.name: notebook for notebook in found}


def _odd(content: dict[str, Any]) -> str:
    """Where a notebook's metadata are of another kind than nbformat has there; nothing where they are right."""
    about = content.get("metadata", {})
    places = {"metadata": about}
    if isinstance(about, dict):
        places |= {
            f"metadata.{name}": about.get(name, {}) for name in ("kernelspec", "language_info", "digital_diplomacy")
        }
    for number, cell in enumerate(content["cells"]):
        own = places[f"cells[{number}].metadata"] = cell.get("metadata", {})
        tags = own.get("tags", []) if isinstance(own, dict) else []
        if not isinstance(tags, list) or not all(isinstance(tag, str) for tag in tags):
            return f"cells[{number}].metadata.tags"
    return next((place for place, value in places.items() if not isinstance(value, dict)), "")


@lru_cache(maxsize=128)  # one command looks at them more than once
def _read(path: Path, marked: tuple[int, ...] | None) -> Notebook:  # noqa: ARG001 - another file, another notebook
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
        if "worksheets" in content:
            raise NotebookError(
                "{name} is in format {nbformat} of Jupyter, from before 2014; convert it: jupyter nbconvert --to "
                "notebook --inplace {name}",
                name=path.name,
                nbformat=content.get("nbformat"),
            )
        if odd := _odd(content):
            raise NotebookError(
                "{name} is not a Jupyter notebook: {place} is not what the format has there; open it in Jupyter, which "
                "says more, or restore it",
                name=path.name,
                place=odd,
            )
        cells = content["cells"]
        told = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "markdown"]
        heading = next((found[1] for text in told if (found := re.match(r"#\s+(.+)", text))), path.stem)
        length = sum(cell["cell_type"] == "code" for cell in cells)
        parameters = read_parameters(content, path)
        order = float(content.get("metadata", {}).get("digital_diplomacy", {}).get("order", math.inf))
    except NotebookError as error:
        return Notebook(path.stem, path, {}, path.stem, 0, fault=error.sentence)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        sentence = "{name} is not a Jupyter notebook ({kind}: {error})"
        fault = said(sentence, name=path.name, kind=type(error).__name__, error=error)
        return Notebook(path.stem, path, {}, path.stem, 0, fault=fault)
    return Notebook(path.stem, path, parameters, heading, length, order)


def plan_runs(
    notebooks: Mapping[str, Notebook],
    wanted: Sequence[str],
    given: Mapping[str, str],
    languages: Sequence[str],
    allowed: Mapping[str, Collection[Any]],
) -> list[Run]:
    """The runs a request asks for, everything checked before anything starts.

    Parameters
    ----------
    notebooks : mapping of name to Notebook
    wanted : sequence of str
        Names of the notebooks to run; empty means all.
    given : mapping of str to str
        Parameter values as typed; each goes to the wanted notebooks that take it, and one that none takes is refused.
    languages : sequence of str
        One run a language, for notebooks with a ``lang`` parameter.
    allowed : mapping of parameter name to values
        Values a parameter of that name may take, in any notebook.

    Raises
    ------
    NotebookError, ParameterError
        Naming what is allowed.

    Examples
    --------
    >>> from digital_diplomacy import reproduction, sources
    >>> found = reproduction.find_notebooks(sources.project_root())
    >>> runs = reproduction.plan_runs(found, ["rankings"], {}, ["kk", "ru", "en"], {})
    >>> [run.folder for run in runs]
    ['rankings/kk', 'rankings/ru', 'rankings/en']
    """
    names = [named(name) for name in wanted] or list(notebooks)
    unknown = [name for name in names if name not in notebooks]
    if unknown:
        raise NotebookError(unknown_notebook(unknown[0], notebooks))
    chosen = [notebooks[name] for name in dict.fromkeys(names)]
    _refuse_unknown(given, chosen)
    runs = []
    for notebook in chosen:
        values = {name: parameter.default for name, parameter in notebook.parameters.items()}
        values |= {name: parse(notebook.parameters[name], text) for name, text in given.items() if name in values}
        for name in [name for name in values if name in given]:
            check(notebook.parameters[name], values[name], allowed.get(name))
        spoken = languages if "lang" in values else languages[:1]
        runs += [Run(notebook, lang, values | ({"lang": lang} if "lang" in values else {})) for lang in spoken]
    return runs


def named(given: str) -> str:
    """The name of a notebook that is given by name or by path.

    Examples
    --------
    >>> named("notebooks/rankings.ipynb"), named("egdi.2024")
    ('rankings', 'egdi.2024')
    """
    return Path(given).name.removesuffix(".ipynb")


def unknown_notebook(name: str, known: Collection[str]) -> Said:
    """Why there is no such notebook, with the nearest there is.

    Examples
    --------
    >>> str(unknown_notebook("rankigs", ["claims", "rankings"]))
    "unknown notebook 'rankigs'; did you mean 'rankings'? known: claims, rankings"
    """
    near = get_close_matches(name, known, n=1)
    hint = said("did you mean {near!r}? ", near=near[0]) if near else ""
    return said("unknown notebook {name!r}; {hint}known: {known}", name=name, hint=hint, known=", ".join(known))


def _refuse_unknown(given: Mapping[str, str], chosen: Sequence[Notebook]) -> None:
    for name in given:
        if name == "lang":
            raise ParameterError("lang is set with --lang, not with -p")
        if not any(name in notebook.parameters for notebook in chosen):
            takes = [
                said("{notebook} takes {takes}", notebook=one.name, takes=", ".join(one.parameters) or said("none"))
                for one in chosen
            ]
            raise ParameterError("unknown parameter {name!r}: {takes}", name=name, takes=joined(takes))
