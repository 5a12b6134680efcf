"""What a person who works in JupyterLab sees of frames and errors: words of a language, not codes and tracebacks.

The language is that of the variable ``lang`` of the notebook, or else of the reader's system.
"""

import os
import sys
import traceback
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from html import escape
from types import TracebackType
from typing import Any, Final

import pandas as pd
from IPython.core.error import UsageError
from IPython.core.getipython import get_ipython

from digital_diplomacy import labels
from digital_diplomacy.errors import DigitalDiplomacyError, LabelError, said
from digital_diplomacy.figures.parts import wording
from digital_diplomacy.labels.refusals import reader_language, told

_MOST: Final = 20  # rows shown of a longer frame, half from its beginning and half from its end


def attach_to_lab(environment: Mapping[str, str] = os.environ) -> None:
    """Attach to the shell that this is imported in, if a person sits before it.

    Jupyter's server names the session of those kernels; whatever executes whole notebooks does not, and what those
    show does not depend on this.
    """
    shell = get_ipython()
    if shell is not None and "JPY_SESSION_NAME" in environment:
        attach(shell)


def attach(shell: Any) -> None:
    """Let a shell of IPython show frames and errors in words."""
    shell.display_formatter.formatters["text/html"].for_type(
        pd.DataFrame, lambda frame: frame_html(frame, spoken(shell.user_ns))
    )
    shell.set_custom_exc((Exception,), _show_error)
    shell.showsyntaxerror = partial(tell_syntax_error, shell, shell.showsyntaxerror, is_first=True)
    shell.show_usage_error = partial(tell_usage_error, shell, shell.show_usage_error)


def spoken(names: Mapping[str, object]) -> str:
    """The language of a notebook by its variables.

    Examples
    --------
    >>> spoken({"lang": "kk"})
    'kk'
    """
    lang = names.get("lang")
    return lang if isinstance(lang, str) and lang in labels.LANGUAGES else reader_language()


@wording.in_own_names
def frame_html(frame: pd.DataFrame, lang: str) -> str:
    """A frame as a table with the names of its columns and codes; the codes stand below and behind the names.

    Frames without a column this package knows are shown as pandas does.
    """
    heads = {str(name): labels.name(kind, str(name), lang) for name in frame.columns if (kind := _kind(name))}
    if not heads or not frame.columns.is_unique:
        return str(frame._repr_html_())  # type: ignore[operator]  # pandas' own
    head = "".join(f"<th>{_head(str(name), heads)}</th>" for name in frame.columns)
    shown = frame if len(frame) <= _MOST else pd.concat([frame.head(_MOST // 2), frame.tail(_MOST // 2)])
    rows = [
        "".join(f"<td>{_cell(str(column), value, heads, lang)}</td>" for column, value in row.items())
        for row in shown.astype(object).to_dict("records")
    ]
    if len(frame) > _MOST:
        rows.insert(_MOST // 2, f'<td colspan="{len(frame.columns)}">…</td>')
    body = "\n".join(f"<tr>{row}</tr>" for row in rows)
    count = escape(labels.text("notice.frame_size", lang, rows=labels.number(len(frame), lang)))
    return f'<table lang="{lang}"><thead><tr>{head}</tr></thead><tbody>\n{body}\n</tbody></table><p>{count}</p>'


def _kind(name: object) -> str:
    """What a column's name is the label of: a column of tables, or a measure that a table has a column for."""
    return next((kind for kind in ("column", "measure") if labels.is_known(f"{kind}.{name}")), "")


def _head(name: str, heads: Mapping[str, str]) -> str:
    if name not in heads:
        return escape(name)
    return f"{escape(heads[name])}<br><code>{escape(name)}</code>"


def _cell(column: str, value: object, heads: Mapping[str, str], lang: str) -> str:
    """A cell in words; the code of a word as what pointing at it tells."""
    if wording.missing(value):
        return "–"
    plain = str(value)
    try:
        text = wording.cell(column, value, lang) if column in heads else plain
    except (LabelError, ValueError):  # a person's own code, or no period
        text = plain
    return escape(text) if text == plain else f'<span title="{escape(plain)}">{escape(text)}</span>'


def tell_error(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
    tb_offset: int | None = None,
) -> Sequence[str]:
    """Show an error of a cell that nobody sits before: its traceback, and what it says in the notebook's language.

    In English nothing is changed.
    """
    lang = spoken(shell.user_ns)
    lines = _traced(shell, kind, error, trace, tb_offset)
    if lang == "en" or lines is None:
        return _shown_whole(shell, kind, error, trace, tb_offset)
    if isinstance(error, DigitalDiplomacyError):
        said = told(error, lang)
        lines = [*lines, f"{kind.__name__}: {said}"]
    else:
        said = foreign(error, trace, lang)
        lines = [*lines, said]
    shell._showtraceback(kind, said, lines)
    return lines


def _traced(shell: Any, kind: Any, error: Any, trace: Any, tb_offset: int | None) -> list[str] | None:
    """The lines of a traceback; None for errors that IPython shows in a way of its own."""
    if issubclass(kind, SyntaxError | UsageError) or hasattr(error, "_render_traceback_"):
        return None
    return list(shell.InteractiveTB.structured_traceback(kind, error, trace, tb_offset=tb_offset))


def tell_syntax_error(
    shell: Any,
    shown: Callable[..., None],
    filename: str | None = None,
    running_compiled_code: bool = False,
    *,
    is_first: bool = False,
) -> None:
    """Show code that Python cannot read as IPython does (``shown``), before or behind a sentence on it.

    In English nothing is changed.
    """
    lang = spoken(shell.user_ns)
    if lang == "en":
        shown(filename, running_compiled_code)
        return
    kind, error, trace = shell._get_exc_info()
    stack = traceback.extract_tb(trace) if running_compiled_code else []
    lines = shell.SyntaxTB.structured_traceback(kind, error, stack)
    said = foreign(error, None, lang)
    shell._showtraceback(kind, said, [said, *lines] if is_first else [*lines, said])


def tell_usage_error(shell: Any, shown: Callable[[BaseException], None], error: BaseException) -> None:
    """Say of a command of IPython that it was used wrongly, in the notebook's language; in English as it does."""
    lang = spoken(shell.user_ns)
    if lang == "en":
        shown(error)
    else:
        print(foreign(error, error.__traceback__, lang), file=sys.stderr)


_MEANT: Final = {
    SyntaxError: "syntax",
    UsageError: "magic",
    NameError: "name",
    KeyError: "key",
    FileNotFoundError: "file",
    ImportError: "module",
    AttributeError: "attribute",
    TypeError: "type",
}
"""Errors of Python whose meaning has a sentence."""


def foreign(error: BaseException, trace: TracebackType | None, lang: str) -> str:
    """What an error of another library says, with a sentence around it: where it came up, and what to look at.

    Examples
    --------
    >>> foreign(ZeroDivisionError("division by zero"), None, "ru").split(". ")[0]
    'Python сообщает: «ZeroDivisionError: division by zero»'
    """
    code = next((code for kind, code in _MEANT.items() if isinstance(error, kind)), "any")
    # Libraries raise kinds that only they know: Python 3.13 an _IncompleteInputError, which is a SyntaxError.
    kind = next(one.__name__ for one in type(error).__mro__ if not one.__name__.startswith("_"))
    values = {"who": _speaker(trace), "kind": kind, "said": str(error) or "–"}
    place = _place(error, trace, lang)
    sentence = labels.text("notice.foreign_error", lang, **values)
    where = f"{place}\n" if place else ""
    return f"{where}{sentence} {labels.text(f'notice.error_{code}', lang)}"


def _speaker(trace: TracebackType | None) -> str:
    """The library whose code raised an error: Python itself, if it was the cell."""
    names = [str(frame.f_globals.get("__name__", "")) for frame, _ in traceback.walk_tb(trace)]
    library = names[-1].partition(".")[0] if names else ""
    return "Python" if library in ("", "__main__") or library in sys.stdlib_module_names else library


def _place(error: BaseException, trace: TracebackType | None, lang: str) -> str:
    """The line of the cell that an error came up in; empty if it was in none."""
    if isinstance(error, SyntaxError):
        lines = [(error.filename or "", error.lineno, (error.text or "").strip())]
    else:
        lines = [(one.filename, one.lineno, one.line or "") for one in traceback.extract_tb(trace)]
    cells = [(number, line) for file, number, line in lines if "ipykernel" in file or file.startswith("<")]
    return f"{told(said('line {which}', which=cells[-1][0]), lang)}: {cells[-1][1]}" if cells else ""


def _shown_whole(
    shell: Any, kind: type[BaseException], error: BaseException, trace: TracebackType | None, tb_offset: int | None
) -> Sequence[str]:
    """The traceback as IPython shows it."""
    shell.showtraceback((kind, error, trace), tb_offset=tb_offset)
    return list(getattr(shell, "_last_traceback", None) or [])


def _show_error(
    shell: Any,
    kind: type[BaseException],
    error: BaseException,
    trace: TracebackType | None,
    tb_offset: int | None = None,
) -> Sequence[str]:
    """Show what an error says and the line of the cell it comes from; ``%tb`` still shows everything.

    An error of another library keeps its traceback, behind what it means.
    """
    lang = spoken(shell.user_ns)
    if not isinstance(error, DigitalDiplomacyError):
        traced = _traced(shell, kind, error, trace, tb_offset)
        if traced is None:
            return _shown_whole(shell, kind, error, trace, tb_offset)
        lines = [foreign(error, trace, lang), *traced]
        shell._showtraceback(kind, error, lines)
        return lines
    sys.last_type, sys.last_value, sys.last_traceback = kind, error, trace
    place = _place(error, trace, lang)
    country = dict(error.sentence.values).get("iso3", "")
    near = labels.nearest_country(str(country)) if country else ""
    hint = [told(said("did you mean {near!r}? ", near=near), lang)] if near and near != country else []
    lines = [*filter(None, [place]), f"{kind.__name__}: {told(error, lang)}", *hint]
    lines.append(labels.text("notice.whole_traceback", lang))
    shell._showtraceback(kind, error, lines)
    return lines
