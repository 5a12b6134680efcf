"""Researchers' files of messages taken in as one declared table, and an account of everything that was not."""

import gc
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

import numpy as np
import pandas as pd
import pyarrow as pa

from digital_diplomacy.errors import Said, SourceError, joined, said
from digital_diplomacy.labels import refusals
from digital_diplomacy.messages.engine import opened
from digital_diplomacy.messages.hashing import check_key
from digital_diplomacy.messages.intake import again, delimited, keys, opening, writing
from digital_diplomacy.messages.intake import twitter_archive as archive
from digital_diplomacy.messages.intake.recognising import Reading, header_of, recognise, talk_of
from digital_diplomacy.messages.intake.shapes import read_mapping
from digital_diplomacy.messages.table import NO_MESSAGES, SCHEMA, Message, Unread, words_of
from digital_diplomacy.messages.times import zone as zone_of

MESSAGES: Final = "messages.parquet"
UNREAD: Final = "unread.csv"
_MEMORY: Final = "400MB"  # of the engine beside what readers of files hold; the rest goes to disk beside the table
_ARCHIVE: Final = "twitter_archive"
_UNCOLLECTED: Final = 200_000  # objects made and kept between two looks for cycles; of a batch about half as many
Found: TypeAlias = Message | Unread | pa.RecordBatch
_REPEATED: Final = """
SELECT file_row_number FROM read_parquet(?, file_row_number = true) WHERE message IS NOT NULL
QUALIFY row_number() OVER (PARTITION BY platform, message ORDER BY file_row_number) > 1 ORDER BY 1
"""


@dataclass(frozen=True)
class TakenIn:
    """What came of the files.

    Attributes
    ----------
    path : Path
        The Parquet file with the declared table of messages.
    files : DataFrame
        A row a file: ``file``, ``shape`` (code; empty if nobody knew it), ``messages``, ``no_messages`` (records that
        are none by their nature), ``unread`` (records with a fault).
    reasons : DataFrame
        ``file, reason, count`` of what gave no message; the lines stand in ``unread.csv`` beside the table.
    repeated : int
        Messages that stood in the files more than once; the first was kept.
    remarks : tuple of Said
        What is to be known of tables that had been taken in before: whose keys they have, what was left out.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from digital_diplomacy import messages
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "posts.jsonl"
    >>> post = '{"id": "1", "author_id": "7", "created_at": "2023-09-15T21:30:00Z"}\\n'
    >>> length = path.write_text(post + post + "{broken\\n")
    >>> taken = messages.take_in([path], Path(folder.name), zone="Asia/Almaty", key=bytes(range(32)))
    >>> taken.files[["shape", "messages", "no_messages", "unread"]]
       shape  messages  no_messages  unread
    0  twarc         2            0       1
    >>> taken.reasons[["reason", "count"]].to_numpy().tolist(), taken.repeated
    ([['json', 1]], 1)
    >>> folder.cleanup()
    """

    path: Path
    files: pd.DataFrame
    reasons: pd.DataFrame
    repeated: int
    remarks: tuple[Said, ...] = ()


def take_in(
    paths: Sequence[str | Path],
    folder: Path,
    *,
    zone: str,
    key: bytes | None,
    country: str | None = None,
    places: Mapping[str, str] | None = None,
    mapping: Path | None = None,
    strict: bool = False,
    told: Callable[[str, int], None] | None = None,
    lang: str = "en",
) -> TakenIn:
    """Take files in as one table of messages.

    Parameters
    ----------
    paths : sequence of str or Path
        Files, folders and patterns; what each is, is recognised.
    folder : Path
        Where ``messages.parquet`` and ``unread.csv`` are written. They appear when they are whole.
    zone : str
        IANA name of the zone whose days and hours are meant, as Asia/Almaty.
    key : bytes or None
        16 to 64 bytes for the hashes of identifiers; None keeps identifiers as they are.
    country : str, optional
        ISO 3166 alpha-3 code, if all places (chats, pages) are known to be of one country.
    places : mapping of str to str, optional
        Country by a place's name or identifier; goes before ``country``.
    mapping : Path, optional
        A mapping for tables of other tools (`mapping_template`).
    strict : bool
        Refuse the first record with a fault instead of counting it.
    told : callable, optional
        Called with a file's name and how many messages there are so far.
    lang : str
        BCP 47 code of the language in which ``unread.csv`` says what is wrong; words of other software stay.

    Returns
    -------
    TakenIn

    Raises
    ------
    SourceError
        If a name means no file, no file is known, or, when strict, at the first fault, naming file, line and reason.
    ArgumentError
        If the zone is unknown or the key too short.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> import pandas as pd
    >>> from digital_diplomacy import messages
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "posts.jsonl"
    >>> post = '{"id": "1", "author_id": "7", "created_at": "2023-09-15T21:30:00Z", "text": "Сәлем"}'
    >>> length = path.write_text(post, encoding="utf-8")
    >>> taken = messages.take_in([path], Path(folder.name), zone="Asia/Almaty", key=bytes(range(32)))
    >>> row = pd.read_parquet(taken.path).loc[0]
    >>> str(row["time"]), str(row["local_day"]), int(row["local_hour"])  # six hours ahead in 2023
    ('2023-09-15 21:30:00+00:00', '2023-09-16', 3)
    >>> row["platform"], len(row["author"]), int(row["text_length"])  # a hash, and of the text its length
    ('twitter', 12, 5)
    >>> folder.cleanup()
    """
    known = {_plain(name): of for name, of in (places or {}).items()}
    rules = writing.Rules(zone_of(zone), check_key(key) if key is not None else None, country, known)
    parts = _recognised(paths, mapping)
    parts, others = _without_rest(parts)
    mark = keys.mark_for(parts, rules.key)
    if not any(reading for _, reading in parts):
        _refuse_lacking(parts, mapping)
        named = [said("{file} ({columns})", file=part.name, columns=_columns_said(part)) for part, _ in parts[:5]]
        raise SourceError(
            "no file is of a kind known here: {files}; give a mapping for tables and JSON of other tools: --template "
            "prints one to fill in, --mapping reads it",
            files=joined(named),
        )
    folder.mkdir(parents=True, exist_ok=True)
    with ExitStack() as stack:
        stack.enter_context(_seldom_collected())
        unread = stack.enter_context(writing.appearing(folder / UNREAD))
        table = stack.enter_context(writing.appearing(folder / MESSAGES))
        account = _Account(strict, lang)
        with writing.lines(unread, ("file", "line", "reason", "detail")) as note, writing.table(table, mark) as write:
            every = (one for part, reading in parts for one in account.checked(part, reading, rules, note))
            for messages in _batches(every):
                write(messages if isinstance(messages, pa.RecordBatch) else writing.batch_of(messages, rules))
                if told:
                    told(account.file, account.messages)
        repeated = _drop_repeated(table)
    told_of = (*others, *keys.remarks(parts, mark), *_not_used(parts, known))
    return TakenIn(folder / MESSAGES, account.files(), account.reasons(), repeated, told_of)


@contextmanager
def _seldom_collected() -> Iterator[None]:
    """Cycles of objects are looked for seldom: of a message hundreds are made and none refers back to another."""
    before = gc.get_threshold()
    gc.set_threshold(max(before[0], _UNCOLLECTED) if before[0] else 0, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def needs_key(paths: Sequence[str | Path], *, mapping: Path | None = None) -> bool:
    """Whether `take_in` would hash anything: not if all are tables whose identifiers are hashed already.

    Raises
    ------
    SourceError
        As `take_in`.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from digital_diplomacy import messages
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "posts.jsonl"
    >>> length = path.write_text('{"id": "1", "author_id": "7", "created_at": "2023-09-15T21:30:00Z"}')
    >>> taken = messages.take_in([path], Path(folder.name) / "counted", zone="UTC", key=bytes(range(32)))
    >>> messages.needs_key([path]), messages.needs_key([taken.path])
    (True, False)
    >>> folder.cleanup()
    """
    return keys.needs_key(_recognised(paths, mapping))


def _recognised(paths: Sequence[str | Path], mapping: Path | None) -> keys.Parts:
    own = read_mapping(mapping) if mapping else None
    return [(part, recognise(part, own)) for path in opening.files(paths) for part in opening.parts(path)]


def _refuse_lacking(parts: keys.Parts, mapping: Path | None) -> None:
    """Refuse a mapping whose columns the first file lacks, with what they are and what the file has."""
    own = read_mapping(mapping) if mapping else None
    if own is None or talk_of(parts[0][0]):
        return
    header = header_of(parts[0][0])
    lacking = [entry.columns for entry in own.entries if entry.must and not {*entry.columns} & {*header}]
    if lacking:
        raise SourceError(
            "{mapping}: {file} has no column {columns}; its columns are {header}",
            mapping=mapping,
            file=parts[0][0].name,
            columns=", ".join(repr("|".join(names)) for names in lacking),
            header=", ".join(map(repr, header[:12])),
        )


def _without_rest(parts: keys.Parts) -> tuple[keys.Parts, list[Said]]:
    """Without what else lies in an archive of X: a hundred files on the account and its pictures; a remark for each."""
    posts = {archive.root(part.name): part.name for part, reading in parts if reading and reading.shape == _ARCHIVE}
    held = [
        (part, reading, next((root for root in posts if part.name.startswith(root)), "")) for part, reading in parts
    ]
    dropped = [bool(of and reading is None and archive.is_rest(part.name)) for part, reading, of in held]
    left = Counter(of for (_, _, of), is_dropped in zip(held, dropped, strict=True) if is_dropped)
    kept = [one for one, is_dropped in zip(parts, dropped, strict=True) if not is_dropped]
    return kept, [
        said(
            "{file}: of the same archive of X, {count} further files hold no posts that it still shows, and are left "
            "out",
            file=posts[root],
            count=count,
        )
        for root, count in left.items()
    ]


def _not_used(parts: keys.Parts, places: Mapping[str, str]) -> Iterator[Said]:
    """What of a table taken in before, or of what was asked of it, goes by the board."""
    for part, reading in parts:
        if reading is None or reading.mark is None:
            continue
        more = [name for name in delimited.header_of_parquet(part) if name not in SCHEMA.names]
        if more:
            yield said("{file}: columns left out: {columns}", file=part.name, columns=", ".join(more))
        if places:
            yield said(
                "{file}: its countries stay as they are, for names of chats and pages were hashed when it was made",
                file=part.name,
            )


def mapping_template(path: str | Path) -> str:
    """A mapping to fill in for a table that no reader here knows: CSV, with the columns of the file.

    Raises
    ------
    SourceError
        If there is no such file.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from digital_diplomacy import messages
    >>> folder = tempfile.TemporaryDirectory()
    >>> path = Path(folder.name) / "export.csv"
    >>> length = path.write_text("Source,Author,Date\\nvk.com,A,2023-09-15\\n")
    >>> print("\\n".join(messages.mapping_template(path).splitlines()[:4]))
    field,how,column,values,columns of the file
    platform,constant,,,"Source"
    author,column,,,"Author"
    message,column,,,"Date"
    >>> folder.cleanup()
    """
    from digital_diplomacy.messages.intake.shapes import template

    [first, *_] = opening.files([path])
    return template(header_of(next(opening.parts(first))))


def _plain(name: str) -> str:
    return name.strip().lower().removeprefix("@")


def _columns_said(part: opening.Part) -> str | Said:
    """The columns of a file of no kind known here, or that it is a web page."""
    if kind := talk_of(part):
        return said("{kind}; make a table of it, a message a row", kind=said(kind))
    columns = header_of(part)[:12]
    if "".join(columns).lstrip().startswith("<"):
        return said("a web page; export it as JSON or a table")
    return ", ".join(columns) or said("no columns")


class _Account:
    """Counts of what each file gave while it is read."""

    def __init__(self, strict: bool, lang: str) -> None:
        self._strict, self._lang = strict, lang
        self._files: dict[str, tuple[str, Counter[str]]] = {}
        self._counted: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], tuple[int, str]] = {}
        self.messages = 0
        self.file = ""

    def checked(
        self,
        part: opening.Part,
        reading: Reading | None,
        rules: writing.Rules,
        note: Callable[[Sequence[object]], None],
    ) -> Iterator[Message | pa.RecordBatch]:
        """The messages of a file; what is none is noted, or refused if strict."""
        counts: Counter[str] = Counter()
        self.file = name = part.name
        self._files[name] = (reading.shape if reading else "", counts)
        for found in _unbroken(_found(part, reading, rules)):
            if not isinstance(found, Unread):
                number = found.num_rows if isinstance(found, pa.RecordBatch) else 1
                counts["messages"] += number
                self.messages += number
                yield found
                continue
            self._counted[name, found.reason] += 1
            counts["no_messages" if found.reason in NO_MESSAGES else "unread"] += 1
            detail = refusals.told(joined([found.detail]), self._lang)
            self._first.setdefault((name, found.reason), (found.line, detail))
            note((name, found.line, found.reason, detail))
            if self._strict and found.reason not in NO_MESSAGES:
                raise SourceError(
                    "{file}, {line}: {reason} ({detail}); correct it, or do not be strict",
                    file=name,
                    line=found.line,
                    reason=said(found.reason),
                    detail=found.detail,
                )

    def files(self) -> pd.DataFrame:
        rows = [
            (name, shape, counts["messages"], counts["no_messages"], counts["unread"])
            for name, (shape, counts) in self._files.items()
        ]
        return pd.DataFrame(rows, columns=["file", "shape", "messages", "no_messages", "unread"])

    def reasons(self) -> pd.DataFrame:
        rows = [(*key, count, *self._first[key]) for key, count in sorted(self._counted.items())]
        return pd.DataFrame(rows, columns=["file", "reason", "count", "line", "detail"])


def _found(part: opening.Part, reading: Reading | None, rules: writing.Rules) -> Iterator[Found]:
    if reading is None:
        return iter([Unread(1, "shape")])
    return reading.read() if reading.mark is None else again.batches(part, rules)


def _unbroken(every: Iterator[Found]) -> Iterator[Found]:
    """What a file gives; where it breaks off, what came before stays and the break is told."""
    line = 0
    try:
        for found in every:
            if isinstance(found, pa.RecordBatch):
                line += found.num_rows
            else:
                line = found.line if isinstance(found, Unread) else line + 1
            yield found
    except opening.BROKEN as error:
        yield Unread(line + 1, "broken", words_of(error))


def _batches(every: Iterator[Message | pa.RecordBatch]) -> Iterator[list[Message] | pa.RecordBatch]:
    held: list[Message] = []
    for message in every:
        if isinstance(message, pa.RecordBatch):
            if held:
                yield held
                held = []
            yield message
            continue
        held.append(message)
        if len(held) == writing.BATCH:
            yield held
            held = []
    if held:
        yield held


def _drop_repeated(path: Path) -> int:
    """Leave of each message the first, and say how many others there were; a message without identifier is kept."""
    with opened(memory=_MEMORY, spill=path.parent) as connection:
        found = connection.execute(_REPEATED, [str(path)]).fetchnumpy()["file_row_number"]
    if len(found):
        once = writing.second(path)
        writing.without(path, once, np.asarray(found, dtype=np.int64))
        once.replace(path)
    return len(found)
