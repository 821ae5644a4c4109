"""Which sentences are shown."""

from hypothesis import given
from hypothesis import strategies as st

from agents.mentions.telling import telling


def test_the_rarest_term_tells_most_and_the_order_stays() -> None:
    """Of a query with a name that stands everywhere, the sentence that it was asked for."""
    sentences = {
        **{f"Ukraine {number}.": ["Ukraine"] for number in range(9)},
        "Guarantees for Ukraine.": ["guarantees", "Ukraine"],
        "Last.": ["Ukraine"],
    }
    assert telling(sentences, 2) == ["Ukraine 0.", "Guarantees for Ukraine."]


def test_of_equals_the_one_with_more_terms_then_the_first() -> None:
    """Terms are the same in any case."""
    sentences = {"a": ["truce"], "b": ["Truce", "Kyiv"], "c": ["TRUCE", "kyiv"], "d": ["truce"]}
    assert telling(sentences, 2) == ["b", "c"]
    assert telling(sentences, 3) == ["a", "b", "c"]


@given(st.dictionaries(st.text(max_size=3), st.lists(st.sampled_from("aAbc"), max_size=3), max_size=9))
def test_a_few_are_all_and_of_many_as_many_as_asked(sentences: dict[str, list[str]]) -> None:
    """In their order, none twice."""
    shown = telling(sentences)
    assert shown == [one for one in sentences if one in shown]
    assert len(shown) == min(5, len(sentences))
