"""The table of known names: one identity, one canonical name, many spellings.

Rows come, the first to claim a spelling winning, from the user's own files, `seeds/entities/*.csv`, and
from the libraries (`places`). Adding a name needs a row, never code.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from agents.entities.places import library_places

if TYPE_CHECKING:
    from collections.abc import Container, Iterable, Iterator

SEEDS = Path(__file__).parents[2] / "seeds" / "entities"
FILES = ("people.csv", "bodies.csv", "places.csv")
COLUMNS = ["id", "label", "name", "aliases"]
KINDS = {
    "PERSON": "person",
    "ORG": "body",
    "NORP": "people",
    "GPE": "place",
    "LOC": "place",
    "FAC": "building",
    "PRODUCT": "product",
    "EVENT": "event",
    "LAW": "law",
    "WORK_OF_ART": "work",
    "MISC": "thing",
}
"""A spelling means one thing of each kind: Washington the place is not Washington the man."""
RELABELLED = frozenset({"body", "people", "place"})
"""Kinds between which the table overrules a pipeline ('Kremlin' GPE is the body). A person never changes
kind: a surname is too often a place."""
ACRONYM_LENGTH = 6
"""Up to here a spelling in capitals is an acronym and case matters: 'WHO' and 'who', 'US' and 'us'."""


class NamesError(ValueError):
    """A file of names that cannot be used; the message gives file, line and what to do."""


@dataclass(frozen=True, slots=True)
class Name:
    """One person, body, people or place. An alias 'the X' is spelt X and counts only after an article."""

    id: str
    label: str
    name: str
    aliases: tuple[str, ...] = ()
    population: int | None = None
    """Of a city from the library; None for all else."""
    territory: str = ""
    """Of a city from the library: ISO 3166-1 and, after '-', the state, as 'US-TX'."""

    @property
    def spellings(self) -> tuple[str, ...]:
        """The name, then its aliases; one that counts only after 'the' replaces its bare form."""
        return tuple(dict.fromkeys(s for s in (self.name, *self.aliases) if f"the {s}" not in self.aliases))


@lru_cache(maxsize=20_000)
def spelling_key(spelling: str) -> str:
    """What two spellings of one name have in common: no accents, dots in acronyms, curly quotes, case.

    An acronym keeps its capitals, so that it never equals a common word.
    """
    plain = spelling
    if not spelling.isascii():
        plain = unicodedata.normalize("NFKD", spelling.replace("’", "'").replace("‘", "'"))
        plain = "".join(c for c in plain if not unicodedata.combining(c))
    plain = " ".join(plain.split())
    plain = re.sub(r"^[Tt]he ", "", plain)
    undotted = re.sub(r"\b([A-Za-z])\.\s?(?=[A-Z]\b|$|\W)", r"\1", plain)
    if undotted.isupper() and len(undotted) <= ACRONYM_LENGTH:
        return undotted
    return undotted.casefold()


def read_names(path: Path) -> tuple[Name, ...]:
    """Read a CSV with the columns id, label, name, aliases ('|' between them), or a folder of such files.

    Raises:
        NamesError: nothing can be read, a row is not of that form, or a spelling stands for two.
    """
    files = sorted(path.glob("*.csv")) if path.is_dir() else [path]
    if not files:
        raise NamesError(f"{path}: a folder without a .csv file; put one there, or name a file")
    names = [(file, line, name) for file in files for line, name in _read(file)]
    _each_once(names)
    return tuple(name for _, _, name in names)


def _read(path: Path) -> list[tuple[int, Name]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = csv.DictReader(file)
            if rows.fieldnames != COLUMNS:
                raise NamesError(
                    f"{path}, line 1: columns are {rows.fieldnames}; a file of names has {','.join(COLUMNS)}"
                )
            return [(rows.line_num, _row(path, rows.line_num, row)) for row in rows]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise NamesError(f"{path}: cannot be read as names ({error}); check the path and the CSV") from error


def _row(path: Path, line: int, row: dict[str, str]) -> Name:
    if problem := _problem(row):
        raise NamesError(f"{path}, line {line}, {problem}")
    return Name(
        row["id"].strip(),
        row["label"],
        row["name"].strip(),
        tuple(filter(None, (alias.strip() for alias in row["aliases"].split("|")))),
    )


def _problem(row: dict[str, str]) -> str | None:
    """The first column that is not as it should be, and what it takes."""
    if None in row:
        return f"column 5: there are only {len(COLUMNS)}; put a name with a comma into quotation marks"
    missing = next((number for number, column in enumerate(COLUMNS, 1) if row[column] is None), None)
    if missing:
        return f"column {missing} ({COLUMNS[missing - 1]}): is missing; a row has {','.join(COLUMNS)}"
    for column in ("id", "name"):
        if not row[column].strip():
            return f"column {COLUMNS.index(column) + 1} ({column}): is empty"
    if row["label"] not in KINDS:
        return f"column 2 (label): '{row['label']}' is none of {', '.join(KINDS)}"
    return None


def _each_once(names: Iterable[tuple[Path, int, Name]]) -> None:
    seen: dict[tuple[str, str], tuple[Path, int, Name]] = {}
    for path, line, name in names:
        for spelling in name.spellings:
            key = KINDS[name.label], spelling_key(spelling)
            other_path, other_line, other = seen.setdefault(key, (path, line, name))
            if other.id != name.id:
                where = f"line {other_line}" if other_path == path else f"{other_path}, line {other_line}"
                raise NamesError(
                    f"{path}, line {line}: '{spelling}' stands for {other.id} ({where}) and for {name.id}; "
                    f"leave one of them"
                )


def read_peoples(path: Path = SEEDS / "demonyms.csv") -> tuple[Name, ...]:
    """Nationalities and other peoples: country code (or a slug), adjective, other words."""
    with path.open(encoding="utf-8", newline="") as file:
        return tuple(
            Name(f"norp:{r['country']}", "NORP", r["adjective"], tuple(filter(None, r["aliases"].split("|"))))
            for r in csv.DictReader(file)
        )


@dataclass(frozen=True, slots=True, eq=False)
class Table:
    """Finds a name by any of its spellings."""

    names: tuple[Name, ...]
    _found: dict[tuple[str, str], Name] = field(default_factory=dict, repr=False)
    ids: dict[str, Name] = field(default_factory=dict, repr=False)
    _cities: dict[str, list[Name]] = field(default_factory=dict, repr=False)
    _territories: dict[str, dict[str, None]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for name in self.names:
            self.ids.setdefault(name.id, name)
            for spelling in (name.name, *name.aliases):
                key = spelling_key(spelling)
                self._found.setdefault((KINDS[name.label], key), name)
                if name.territory:
                    self._cities.setdefault(key, []).append(name)
                elif name.id.startswith(("country:", "region:")):
                    self._territories.setdefault(key, {})[name.id] = None

    @property
    def city_keys(self) -> Container[str]:
        """Keys of the library's cities."""
        return self._cities

    def cities(self, spelling: str) -> list[Name]:
        """The library's cities called so, by falling population."""
        return self._cities.get(spelling_key(spelling), [])

    def territories(self, spelling: str) -> tuple[str, ...]:
        """Ids of the countries and states called so: Georgia is both."""
        return tuple(self._territories.get(spelling_key(spelling), ()))

    def sounding(self, sounds: tuple[str, ...]) -> Name | None:
        """The one person whose full name sounds so, however it is spelt; see `transliteration`."""
        found = _sounding(self).get(sounds, ())
        return found[0] if len(found) == 1 else None

    def find(self, spelling: str, label: str) -> Name | None:
        """The name a pipeline's `label` may stand for: of its own kind, else of one that may be overruled."""
        key = spelling_key(spelling)
        kinds = tuple(_kinds(label))
        # As it is written first: 'U.N.' is the body, whatever a pipeline says, and not Un in Gujarat.
        for written in dict.fromkeys((key, key.casefold())):
            for kind in kinds:
                if (name := self._found.get((kind, written))) is not None:
                    return name
        return None


@cache
def _sounding(table: Table) -> dict[tuple[str, ...], tuple[Name, ...]]:
    from agents.entities.transliteration import sounds  # noqa: PLC0415  transliteration builds on this module

    found: dict[tuple[str, ...], dict[str, Name]] = {}
    for name in table.names:
        for spelling in name.spellings if name.label == "PERSON" else ():
            if len(heard := sounds(spelling)) > 1:
                found.setdefault(heard, {})[name.id] = name
    return {heard: tuple(names.values()) for heard, names in found.items()}


def _kinds(label: str) -> Iterator[str]:
    own = KINDS.get(label)
    if own is not None:
        yield own
    if own in RELABELLED or label in ("FAC", "PRODUCT", "EVENT"):
        yield from sorted(RELABELLED - {own})


def load_table(extra: Path | None = None) -> Table:
    """The whole table, made once; `extra` is the user's own file, whose spellings go before the seeds'.

    Raises:
        NamesError: see `read_names`.
    """
    return _table(extra)


@cache
def _table(extra: Path | None) -> Table:
    files = [(SEEDS / file, line, name) for file in FILES for line, name in _read(SEEDS / file)]
    seeds = [*files, *((SEEDS / "demonyms.csv", line, name) for line, name in enumerate(read_peoples(), 2))]
    _each_once(seeds)
    names = [name for _, _, name in seeds]
    own = read_names(extra) if extra else ()
    return Table((*own, *names, *library_places({name.id: name.name for name in names})))
