"""What a notebook's results rest on besides data: the modules it imports, and the label texts of its language.

Both are read from files without importing anything, so that asking is quick and changes nothing.
"""

import ast
import hashlib
import os
import threading
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Final

PACKAGE: Final = Path(__file__).parents[1]
"""Folder of the installed package."""

PAGE_LABELS: Final = ("baseline", "glossary", "pages", "pages_outputs", "provenance")
"""Label files whose texts stand on pages or in the terminal only, never in what a notebook computes or draws."""

_CODE: Final = {".py", ".pyc", ".j2", ".typed"}
_SHOWN: Final = ("figure.", "table.")
_APART: Final = (*_SHOWN, "notebook.")  # labels of which a run, or its pages, need not say all
_SHORT: Final = 16  # digits of a hash of one text, which is hashed again with the others


_SIMPLE: Final = (ast.Constant, ast.Name, ast.expr_context, ast.operator, ast.cmpop, ast.alias)
"""Parts of a syntax tree that hold no statement and no call: most of it, and not looked into."""

_PARSING: Final = threading.Lock()
"""Python 3.11 counts the depth of trees for all threads together: parsing in two at once can end in a SystemError."""


@cache
def imports(source: str, module: str = "", *, is_package: bool = False) -> frozenset[str]:
    """Dotted names that Python source may import, those inside functions too; blocks for type checkers are left out.

    Parameters
    ----------
    source : str
        A module, or a code cell of a notebook.
    module : str
        Its own dotted name, from which relative imports count.
    is_package : bool
        Whether it is the ``__init__`` of a package.

    Returns
    -------
    frozenset of str
        With every parent package; of ``from a import b`` both ``a`` and ``a.b``, which need not be a module.

    Examples
    --------
    >>> sorted(imports("from digital_diplomacy import figures"))
    ['digital_diplomacy', 'digital_diplomacy.figures']
    >>> sorted(imports("from . import places", "rankings", is_package=True))
    ['rankings', 'rankings.places']
    """
    package = module.split(".") if is_package else module.split(".")[:-1]
    named = {name for node in _running(_parsed(source)) for name in _named(node, package)}
    return frozenset(parent for name in named for parent in _with_parents(name))


def _parsed(source: str) -> ast.Module:
    """The syntax tree; of a cell with IPython's own commands that of the Python they stand for."""
    try:
        with _PARSING:
            return ast.parse(source)
    except SyntaxError:
        from IPython.core.inputtransformer2 import TransformerManager  # only such cells need it

        try:
            python = TransformerManager().transform_cell(source)
            with _PARSING:
                return ast.parse(python)
        except SyntaxError:  # such a cell imports nothing: it fails before its first line
            return ast.Module(body=[], type_ignores=[])


def _running(node: ast.AST) -> Iterator[ast.AST]:
    """Every node below that can run, that is, without the bodies of ``if TYPE_CHECKING``."""
    waiting = [node]
    while waiting:
        for child in ast.iter_child_nodes(waiting.pop()):
            if isinstance(child, ast.If) and _called(child.test) == "TYPE_CHECKING":
                waiting += child.orelse
                yield from child.orelse
            elif not isinstance(child, _SIMPLE):
                waiting.append(child)
                yield child


def _called(node: ast.expr) -> str:
    """The last part of a dotted name; nothing of other expressions."""
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _named(node: ast.AST, package: list[str]) -> Iterator[str]:
    if isinstance(node, ast.Import):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.ImportFrom):
        above = package[: len(package) + 1 - node.level] if node.level else []
        base = ".".join([*above, *([node.module] if node.module else [])])
        yield base
        yield from (f"{base}.{alias.name}" for alias in node.names if alias.name != "*")
    elif isinstance(node, ast.Call) and _called(node.func).endswith("import_module") and node.args:
        name = node.args[0]
        if isinstance(name, ast.Constant) and isinstance(name.value, str):
            yield name.value


def _with_parents(name: str) -> list[str]:
    parts = name.split(".")
    return [".".join(parts[: number + 1]) for number in range(len(parts)) if name]


def modules_used(codes: Iterable[str], root: Path) -> dict[str, Path]:
    """The package's own modules, and the project's, that code cells import, directly or through one another.

    Parameters
    ----------
    codes : iterable of str
        Code cells.
    root : Path
        The project, which is the working directory of its notebooks: modules beside them can be imported too.

    Returns
    -------
    dict of str to Path
        Dotted name, or for data files of a package ``<package>/<file>``, to file; libraries installed from elsewhere
        are not followed.
    """
    waiting = {name for code in codes for name in imports(code)}
    found: dict[str, Path] = {}
    while waiting:
        name = waiting.pop()
        path = None if name in found else located(name, root)
        if path is not None:
            is_package = path.name == "__init__.py"
            found[name] = path
            waiting |= imports(path.read_text(encoding="utf-8"), name, is_package=is_package) - found.keys()
            found |= _data_files(name, path.parent) if is_package else {}
    return dict(sorted(found.items()))


def located(name: str, root: Path) -> Path | None:
    """File of a module, or of a package's data, by the name `modules_used` gives it; None where there is none."""
    name, _, data = name.partition("/")
    top, *below = name.split(".")
    base = PACKAGE.parent if top == PACKAGE.name else root
    stem = os.path.join(base, top, *below)  # noqa: PTH118 - hundreds are asked for where nothing has changed
    places = [os.path.join(stem, data)] if data else [os.path.join(stem, "__init__.py"), f"{stem}.py"]  # noqa: PTH118
    return next((Path(place) for place in places if os.path.isfile(place)), None)  # noqa: PTH113


def _data_files(name: str, folder: Path) -> dict[str, Path]:
    """Files a package carries beside its modules; labels, which count by language, apart."""
    if folder == PACKAGE / "labels":
        return {}
    return {f"{name}/{path.name}": path for path in folder.iterdir() if path.is_file() and path.suffix not in _CODE}


Texts = Mapping[str, Mapping[str, str]]
"""Hashes of a label file's texts by language (``""`` for all languages together) and code; of most under ``""``."""


def label_files() -> list[Path]:
    """The files of labels."""
    return sorted((PACKAGE / "labels").glob("*.csv"))


def label_digests(rows: Iterable[Mapping[str, str]]) -> dict[str, dict[str, str]]:
    """Hashes of the texts of one label file: what a run may show or not stands apart, the others are hashed as one.

    Parameters
    ----------
    rows : iterable of mapping
        ``code`` and a column a language. Rows that only moved say the same.
    """
    said = [(row["code"], row) for row in rows]
    said.sort(key=lambda one: one[0])
    langs = [name for name in (said[0][1] if said else {}) if name != "code"]
    return {lang: _digests(said, [lang] if lang else langs) for lang in ("", *langs)}


def _digests(said: Iterable[tuple[str, Mapping[str, str]]], langs: Collection[str]) -> dict[str, str]:
    others, found = hashlib.sha256(), dict[str, str]()
    for code, row in said:
        text = repr((code, *(row.get(lang) or "" for lang in langs))).encode()
        if code.startswith(_APART):
            found[code] = hashlib.sha256(text).hexdigest()[:_SHORT]
        else:
            others.update(text)
    return found | {"": others.hexdigest()}


def label_hashes(texts: Mapping[str, Texts], lang: str | None, shown: Collection[str]) -> dict[str, str]:
    """A hash per label file of the texts that can reach a run's results.

    Parameters
    ----------
    texts : mapping
        By the file's name without ``.csv`` what `label_digests` gives of it.
    lang : str or None
        Language of the run; None for a notebook that takes no language and may speak any.
    shown : collection of str
        Names of the figures and tables the run has shown: titles of others do not count.

    Notes
    -----
    Which other labels a run looks up is not known, so all of its language count, but for those of pages.
    """
    names = set(shown)
    return {
        name: _joined(code + sha for code, sha in found.get(lang or "", {}).items() if _reaches(code, names))
        for name, found in texts.items()
        if name not in PAGE_LABELS
    }


def _reaches(code: str, shown: Collection[str]) -> bool:
    return not code.startswith(_SHOWN) or code.partition(".")[2] in shown


def page_label_hash(texts: Mapping[str, Texts], lang: str, notebook: str) -> str:
    """Hash of the texts only the pages of a notebook say."""
    own = [f"notebook.{notebook}", f"notebook.{notebook}.question"]
    spoken = {name: found.get(lang, {}) for name, found in texts.items()}
    pages = [code + sha for name in PAGE_LABELS for code, sha in spoken.get(name, {}).items()]
    return _joined([*pages, *(code + found[code] for found in spoken.values() for code in own if code in found)])


def _joined(parts: Iterable[str]) -> str:
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()
