import pytest

from agents.alerts.names import is_named, names


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Secretary of State Marco Rubio hailed it.", ["Marco Rubio"]),
        ("It pleased Foreign Minister Lavrov and Vice President Vance.", ["Lavrov", "Vance"]),
        ("It was the Prime Minister of Spain.", ["Spain"]),
        ("Only the Presidents know.", ["Presidents"]),
    ],
)
def test_a_title_is_no_name(text: str, found: list[str]) -> None:
    """One copy gives it, the next does not."""
    assert names(text) == found


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("Rubio", "Marco Rubio"),
        ("Malmo", "Malmö"),
        ("GENEVA", "Geneva"),
        ("EU", "European Union"),
        ("US", "United States"),
        ("Kiev", "Kyiv"),
        ("Zelensky", "Zelenskyy"),
        ("Volodymyr Zelensky", "Zelenskiy"),
    ],
)
def test_houses_spell_one_name_in_several_ways(name: str, other: str) -> None:
    """In full or in part, with accents or without, by an alias of the table."""
    assert is_named(name, ["Ankara", other])
    assert is_named(other, [name])


@pytest.mark.parametrize(
    ("name", "other"), [("Geneva", "Istanbul"), ("Rubio", "Lavrov"), ("EU", "UN"), ("US", "UK")]
)
def test_another_name_is_another(name: str, other: str) -> None:
    """Whatever the table knows of either."""
    assert not is_named(name, [other])
