"""Libraries that read Word and PDF, which are an extra."""

import importlib
from pathlib import Path
from types import ModuleType

from digital_diplomacy.errors import SourceError


def module(name: str, path: Path) -> ModuleType:
    """The module, or a refusal that says how to get it.

    Raises
    ------
    SourceError
        If it is not installed.
    """
    try:
        return importlib.import_module(name)
    except ModuleNotFoundError as error:
        raise SourceError(
            "{path}: {suffix} is read by {name}, which is not installed; pip install 'digital-diplomacy[scan]', or "
            "save the paper as plain text",
            path=path,
            suffix=path.suffix.lower(),
            name=name,
        ) from error
