import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.alerts.facts import MOST_FACTS, MOST_SENTENCES, MOST_WORDS, Facts, Sentence, facts, told
from streams.records import Claim, Mention


def mention(sentence: str, claim: Claim = "affirmed") -> Mention:
    return Mention(
        watch="ceasefire", text="x", field="body_text", start=0, end=1, sentence=sentence, claim=claim
    )


def sentence(text: str) -> Sentence:
    (found,) = facts([mention(text)]).sentences
    return found


def test_a_sentence_is_its_claims_numbers_dates_and_names() -> None:
    """Each once; what is part of a date is no number."""
    found = facts(
        [
            mention("Kyiv and Marco Rubio want 1,000 men out by November 27, or 1000 more.", "negated"),
            mention("Kyiv and Marco Rubio want 1,000 men out by November 27, or 1000 more.", "attributed"),
        ]
    )
    (only,) = found.sentences
    assert only.claims == ("attributed", "negated")
    assert (only.numbers, only.dates, only.names) == (("1000",), ("11-27",), ("Kyiv", "Marco Rubio"))


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("The truce held.", ()),
        ("Russia rejected it.", ("Russia",)),
        ("“We will,” said Mr. Peskov. I doubt it.", ("Peskov",)),
        ("The U.S. and Kyiv’s Zelensky met EU leaders in March.", ("EU", "Kyiv", "US", "Zelensky")),
        ("On Monday North Korea fired.", ("North Korea",)),
    ],
)
def test_names_are_capitalised_words(text: str, names: tuple[str, ...]) -> None:
    """But for what sentences usually begin with, and days."""
    assert sentence(text).names == names


@pytest.mark.parametrize(
    "before",
    [
        *("ACCRA — ", "KYIV, Nov 24 (Reuters) - ", "Kyiv (AP) — ", "PARIS/LONDON – "),
        "WASHINGTON/KYIV, November 24, 2025 /Reuters/ -- ",
    ],
)
def test_a_dateline_is_no_part_of_the_sentence(before: str) -> None:
    """Each outlet puts its own."""
    text = "Ukraine agreed to a truce."
    assert sentence(before + text) == sentence(text)


@pytest.mark.parametrize(
    "before",
    [
        "CORRECTED: ",
        "UPDATE 2-",
        "Correction: ",
        "BREAKING NEWS: ",
        "UPDATE 1-CORRECTED: ",
        "UPDATE 3-KYIV — ",
    ],
)
def test_a_tag_is_no_part_of_the_sentence(before: str) -> None:
    """What was corrected is told, not that 'CORRECTED' is somebody new."""
    text = "Rubio gave Ukraine 96 hours for the truce."
    assert sentence(before + text) == sentence(text)


def test_a_place_with_a_colon_is_a_dateline_where_an_article_begins_so() -> None:
    """Elsewhere it is who speaks."""
    text = "The truce covers 40 villages."
    at = {"text": "truce", "watch": "w", "claim": "affirmed", "sentence": f"ISLAMABAD: {text}"}
    first = facts([Mention(**at, field="body_text", start=15, end=20)])
    later = facts([Mention(**at, field="body_text", start=300, end=305)])
    above = facts([Mention(**at, field="headline", start=15, end=20)])
    assert first.sentences == (sentence(text),)
    assert [item.names for found in (later, above) for item in found.sentences] == [("ISLAMABAD",)] * 2


def test_the_code_of_a_currency_is_no_name() -> None:
    """'US$5 million' and '5 million dollars' are one sum."""
    for sum_ in ("$5 million", "US$5 million", "USD 5m", "EUR5m", "5 million dollars", "5 million USD"):
        found = sentence(f"The sanctions froze {sum_} of the house.")
        assert (found.numbers, found.names) == (("5000000",), ()), sum_


def test_a_dash_does_not_make_a_dateline() -> None:
    """What stands before it is part of the sentence."""
    assert sentence("Kyiv and Moscow agreed a truce — the first.").names == ("Kyiv", "Moscow")


def test_what_an_alert_remembers_is_bounded() -> None:
    """The first sentences of its article, the last of its revisions."""
    many = [mention(f"Sentence {number} of the truce.") for number in range(30)]
    known = facts(many, MOST_SENTENCES)
    assert (len(known.sentences), known.whole) == (MOST_SENTENCES, False)
    newer = told(known, facts([mention("It failed.")]))
    assert (len(newer.sentences), newer.sentences[-1]) == (MOST_SENTENCES, sentence("It failed."))
    assert told(newer, facts([mention("It failed.")])) is newer


def test_a_standing_alert_of_one_usual_sentence_takes_120_bytes() -> None:
    """Some 70 of them to know its words again."""
    text = (
        "Ukraine said on Monday that Russia had broken the ceasefire 14 times in the first hours "
        "after it came into force, and Marco Rubio called for restraint by November 27 on both sides."
    )
    assert len(msgspec.msgpack.encode(facts([mention(text)]))) <= 140


@given(st.lists(st.text(max_size=300), max_size=30))
def test_any_text_gives_facts_of_bounded_size(texts: list[str]) -> None:
    """Strangers write it."""
    found = facts([mention(text) for text in texts], MOST_SENTENCES)
    assert len(found.sentences) <= MOST_SENTENCES
    for item in found.sentences:
        assert len(item.words) <= 2 * MOST_WORDS
        assert max(len(item.names), len(item.numbers), len(item.dates)) <= MOST_FACTS
    assert msgspec.msgpack.decode(msgspec.msgpack.encode(found), type=Facts) == found
