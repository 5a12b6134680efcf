"""What callers may catch: every error of the package says what is wrong, where, and what to do."""


class DigitalDiplomacyError(Exception):
    """Base of all errors raised on purpose; bad arguments raise ``ValueError`` instead."""


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
