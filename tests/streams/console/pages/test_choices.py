"""What the filters offer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from streams.console.log import Log
from streams.console.pages.choices import Choices
from tests.streams.console.conftest import take

if TYPE_CHECKING:
    from streams.console.feed import Feed
    from tests.streams.console.conftest import MakeAlert


def named(*names: str) -> list[dict[str, object]]:
    return [{"canonical": name, "canonical_id": name, "label": "GPE", "count": 1} for name in names]


def test_what_is_in_memory_is_offered(feed: Feed, alert: MakeAlert) -> None:
    """Each once, by name, and what comes later too; of a topic that was made anew nothing of the old one."""
    choices = Choices(feed)
    take(feed, alert(1, watch="truce", entities=named("Kyiv", "Geneva")), alert(2, watch="ban"))
    choices.take_up()
    assert (choices.watches, choices.entities) == (["ban", "truce"], ["Geneva", "Kyiv"])
    take(feed, alert(3, watch="accord", entities=named("Bern", "Kyiv")))
    choices.take_up()
    assert (choices.watches, choices.entities) == (["accord", "ban", "truce"], ["Bern", "Geneva", "Kyiv"])
    feed.log, feed.life = Log(), "11111111"
    take(feed, alert(4, watch="other"))
    choices.take_up()
    assert (choices.watches, choices.entities) == (["other"], [])


def test_what_is_no_alert_of_this_make_is_passed_over(feed: Feed, alert: MakeAlert) -> None:
    """One from a later version must not take the page away."""
    choices = Choices(feed)
    take(feed, alert(1, watch=5), alert(2, watch="ban"))
    choices.take_up()
    assert choices.watches == ["ban"]
