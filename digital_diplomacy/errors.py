"""What callers may catch: every error of the package says what is wrong, where, and what to do.

An error is raised with its English sentence and the values for its braces. It keeps both apart, so that whoever shows
it can say it in the reader's language (`digital_diplomacy.labels.refusals`).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Said:
    """An English sentence or phrase with its values apart, which may be such sentences themselves.

    Attributes
    ----------
    template : str
        With a brace for each value; without values it is taken as it is.
    values : mapping of str to object
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict, hash=False)

    def __str__(self) -> str:
        return self.template.format(**self.values) if self.values else self.template


def said(template: str, /, **values: object) -> Said:
    """A sentence with its values; errors among them go in as what they say.

    Examples
    --------
    >>> inner = said("{count} cells", count=3)
    >>> str(said("{place}: {what}", place="line 2", what=inner))
    'line 2: 3 cells'
    """
    return Said(template, {name: _kept(value) for name, value in values.items()})


def joined(parts: Iterable[object], separator: str = "; ") -> Said:
    """Sentences or phrases one behind the other.

    Examples
    --------
    >>> str(joined([said("{n} rows", n=2), "a.csv"]))
    '2 rows; a.csv'
    """
    named = {f"part_{number}": part for number, part in enumerate(parts)}
    return said(separator.join(f"{{{name}}}" for name in named), **named)


def either(parts: Iterable[object]) -> Said:
    """What something can be, the one or the other.

    Examples
    --------
    >>> str(either([1, 2, 3]))
    '1 or 2 or 3'
    """
    first, *rest = parts
    found = said("{first}", first=first)
    for one in rest:
        found = said("{left} or {right}", left=found, right=one)
    return found


def _kept(value: object) -> object:
    if isinstance(value, DigitalDiplomacyError):
        return value.sentence
    return str(value) if isinstance(value, BaseException) else value


class DigitalDiplomacyError(Exception):
    """Base of all errors raised on purpose.

    Parameters
    ----------
    sentence : str or Said
        In English, with a brace for each value.
    **values
        What stands in the braces.

    Examples
    --------
    >>> raise TableError("{file}: no column {name!r}", file="a.csv", name="year")
    Traceback (most recent call last):
    digital_diplomacy.errors.TableError: a.csv: no column 'year'
    """

    def __init__(self, sentence: str | Said = "", /, **values: object) -> None:
        self.sentence = sentence if isinstance(sentence, Said) else said(sentence, **values)
        super().__init__(str(self.sentence))


class ArgumentError(DigitalDiplomacyError, ValueError):
    """An argument, or what a file gives as one, has a value it cannot have."""


class TableError(DigitalDiplomacyError):
    """A table breaks a rule of its schema."""


class SourceError(DigitalDiplomacyError):
    """A source file is unlisted, missing, changed, or cannot be found from here."""


class LabelError(DigitalDiplomacyError):
    """A text is missing in a language."""


class NamelessWarning(LabelError, UserWarning):  # noqa: N818 - an error where warnings are
    """A code has no name and is shown as it is; where warnings are errors, as in runs of notebooks, an error."""


class ParameterError(DigitalDiplomacyError):
    """A notebook was given a parameter it does not take, or a value outside the allowed ones."""


class BusyError(DigitalDiplomacyError):
    """Another run is writing to the same reports folder."""


class NotebookError(DigitalDiplomacyError):
    """A notebook cannot be read, found or executed."""


class ClusterError(DigitalDiplomacyError):
    """A cluster cannot be reached, or its workers have other code or data."""


class TranslationError(DigitalDiplomacyError):
    """The prose of a notebook is not translated as it stands, or a catalogue cannot be read."""
