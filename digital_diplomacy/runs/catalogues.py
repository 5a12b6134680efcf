"""Files of gettext catalogues, read as they are or refused: nothing that Babel would drop in silence is lost.

Babel takes a string without its closing quote for a shorter one, the first of two translations of one text for the
only one, and writes in whatever encoding a header names.

References
----------
Free Software Foundation. GNU gettext utilities, section 3: the format of PO files,
https://www.gnu.org/software/gettext/manual/gettext.html.
"""

import io
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from digital_diplomacy.errors import ArgumentError, Said, TranslationError, said

if TYPE_CHECKING:
    from babel.messages.catalog import Catalog, Message

_WIDTH: Final = 79  # columns at which gettext's own tools wrap
_SHOWN: Final = 80  # characters of what is wrong by which a reader finds it
_GUESSED: Final = {"python-format", "python-brace-format"}
"""Flags that Babel gives to texts with a per cent sign or braces, which other programs then check as formats."""

_PLURAL: Final = re.compile(r"^[ \t]*(?:#~[ \t]*)?msg(?:id_plural\b|str\[)", re.MULTILINE)
_QUOTED: Final = re.compile(r'"(?:[^"\\]|\\.)*"')
_LINE: Final = re.compile(rf"(?P<old>#~)?\s*(?P<keyword>msgctxt|msgid|msgstr)?\s*(?P<text>{_QUOTED.pattern})")
_CHARSET: Final = re.compile(r"(?<=charset=)(?!utf-8\b)[^\s\\;\"]+", re.IGNORECASE)
_REMARK: Final = re.compile(r"#(?!~)|#~\s*(?:[#|]|$)")

_HEADER: Final = """\
msgid ""
msgstr ""
"Project-Id-Version: digital_diplomacy\\n"
"Language: {lang}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""


def read(path: Path, lang: str) -> "Catalog":
    """A catalogue as it is; an empty one where there is none.

    Parameters
    ----------
    path : Path
    lang : str
        Language whose translations it has; its header, if it names one, names the same.

    Raises
    ------
    TranslationError
        If it is not in UTF-8 or not as the format has it, has plural forms or a text twice, or is of another language.
    """
    from babel.messages.catalog import Catalog
    from babel.messages.pofile import PoFileError, read_po

    if not path.is_file():
        return Catalog(locale=lang)
    try:
        text = path.read_text(encoding="utf-8-sig")  # editors of Windows begin files with a mark
        if _PLURAL.search(text):  # the header may ask for a memory full of forms of each
            raise ArgumentError("a message has plural forms, and no paragraph has")
        _refuse_twice(text)
        found = read_po(io.StringIO(text), abort_invalid=True)
    except (PoFileError, ValueError) as error:
        raise TranslationError(
            "{path}: no gettext catalogue in UTF-8 ({error}); repair it, or restore it", path=path, error=_why(error)
        ) from error
    if found.locale is not None and found.locale.language != lang.partition("-")[0]:
        raise TranslationError(
            "{path}: its header says Language: {named}, and it lies among catalogues in {lang}; put it into the folder "
            "of its language, or correct the header",
            path=path,
            named=found.locale_identifier,
            lang=lang,
        )
    found.charset = "utf-8"  # as it was read, whatever its header says
    for message in found:
        _restore_previous(message)
    return found


def written(known: "Catalog", old: str, lang: str) -> str:
    """The text of a catalogue; its header stays as in the ``old`` text, but for the encoding it names."""
    from babel.messages.pofile import write_po

    head = _CHARSET.sub("utf-8", old.removeprefix("\ufeff").partition("\n\n")[0])
    for message in (*known, *known.obsolete.values()):
        message.flags -= _GUESSED
    header = f"{head}\n" if re.search(r'^msgid ""\nmsgstr', head, re.MULTILINE) else _HEADER.format(lang=lang)
    body = io.BytesIO()
    write_po(body, known, width=_WIDTH, omit_header=True, include_previous=True)
    return f"{header}\n{body.getvalue().decode().strip()}\n"


def _refuse_twice(text: str) -> None:
    """Refuse lines that are no whole strings, and texts translated twice."""
    first: dict[tuple[str, str], int] = {}
    for line, key in _keys(text):
        if key in first:
            raise ArgumentError(
                "“{text}” is translated in line {first} and again in line {line}; keep one of them",
                text=key[1][:_SHOWN],
                first=first[key],
                line=line,
            )
        first[key] = line


def _keys(text: str) -> Iterator[tuple[int, tuple[str, str]]]:
    """Contexts and texts of a catalogue, with the lines where these begin; those of old translations are left out."""
    context, source, start, at = "", "", 0, ""
    for number, line in enumerate(text.split("\n"), start=1):
        if not line.strip() or _REMARK.match(line.strip()):
            continue
        match = _LINE.fullmatch(line.strip())
        if match is None:
            raise ArgumentError(
                "line {line} is not as the format has it: “{error}”", line=number, error=line.strip()[:_SHOWN]
            )
        if match["old"]:
            continue
        at, said_here = match["keyword"] or at, match["text"][1:-1]
        if match["keyword"] == "msgctxt":
            context = ""
        elif match["keyword"] == "msgid":
            source, start = "", number
        elif match["keyword"] == "msgstr":
            yield start, (context, source)
            context = ""
        if at == "msgctxt":
            context += said_here
        elif at == "msgid":
            source += said_here


def _why(error: Exception) -> Said:
    """What is wrong with a catalogue: in words of the reader's language, the reader's own behind them."""
    from babel.messages.pofile import PoFileError

    if isinstance(error, ArgumentError):
        return error.sentence
    if isinstance(error, UnicodeDecodeError):
        return said("byte {number} is of another encoding", number=error.start + 1)
    if isinstance(error, PoFileError):
        words = str(error).removesuffix(f" on {error.lineno}")  # it counts lines from 0
        return said("line {line} is not as the format has it: “{error}”", line=error.lineno + 1, error=words[:_SHOWN])
    return said("its header is not as the format has it: “{error}”", error=str(error)[:_SHOWN])


def _restore_previous(message: "Message") -> None:
    """Babel writes what a stale translation was made of, and reads it as a remark of the translator's."""
    from babel.messages.pofile import denormalize

    lines = [remark[1:].strip() for remark in message.user_comments if remark.startswith("|")]
    message.user_comments = [remark for remark in message.user_comments if not remark.startswith("|")]
    if lines and message.fuzzy:
        # A string a line, as anywhere in a catalogue; what is a remark is wrapped without regard to that.
        message.previous_id = [denormalize("\n".join(_QUOTED.findall(" ".join(lines))))]
