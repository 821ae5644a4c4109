from pathlib import Path

from streams.topology import TOPICS, compare, mermaid, partition_counts, with_watches

STEPS = {"ingest", "deduplicate", "entities", "mentions", "alerts", "webhook"}


def test_topics_that_must_keep_an_order_have_one_partition() -> None:
    """The order of the log is the order of the news only where there is one partition."""
    ones = {topic.name for topic in TOPICS if topic.partitions == "one"}
    assert {"news.raw", "news.articles", "news.outcomes", "alerts"} <= ones
    assert {"news.unique", "news.repeats", "news.enriched"}.isdisjoint(ones)


def test_every_step_reads_something_and_writes_something() -> None:
    """No step is left out of the picture, and none is there that does not exist."""
    outside = {"worker", "watch", "feeds"}
    assert {step for topic in TOPICS for step in topic.readers} == STEPS | outside
    assert STEPS | outside | {"replay", "silence", "resend"} == {
        step for topic in TOPICS for step in topic.writers
    }


def test_each_watch_has_its_topic() -> None:
    """A subscriber can read one watch alone."""
    names = [topic.name for topic in with_watches(["ceasefire", "deadline"])]
    assert names[-2:] == ["alerts.ceasefire", "alerts.deadline"]


def test_no_limit_in_time_since_records_carry_event_time() -> None:
    """An archive of 2019 would be deleted while it is being replayed."""
    assert {"-1"} == {topic.config()["retention.ms"] for topic in TOPICS if not topic.compacted}


def test_what_is_compacted_is_never_deleted() -> None:
    """A watchlist of last year is still in force; its topic needs no size."""
    assert {topic.name for topic in TOPICS if topic.compacted} == {
        "feeds.state",
        "silences",
        "watchlist",
        "watchlist.workers",
    }
    assert {"compact"} == {topic.config()["cleanup.policy"] for topic in TOPICS if topic.compacted}


def test_counts_carry_the_prefix() -> None:
    """An edition's topics are its own."""
    counts = partition_counts(TOPICS, prefix="fr.", many=7)
    assert counts["fr.news.raw"] == 1
    assert counts["fr.news.unique"] == 7


def test_compare_names_the_missing_and_both_numbers_of_the_mismatched() -> None:
    """What an operator needs: which topic, how many it has, how many are declared."""
    missing, wrong = compare({"a": 1, "b": 4, "c": 2}, {"b": 3, "c": 2})
    assert missing == ["a"]
    assert len(wrong) == 1
    assert "topic b has 3 partitions where 4 are declared" in str(wrong[0])


def test_the_picture_in_the_docs_is_the_one_that_the_list_gives() -> None:
    """Drift between code and documentation is a failure."""
    page = Path(__file__).parents[2] / "docs" / "architecture.md"
    assert mermaid() in page.read_text(encoding="utf-8")
