"""An edition deleted, beside another one that stays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from seeds import ARTICLES
from streams.admin import TopicsError, create_topics
from streams.removal import look, remove
from streams.topology import ALERTS

if TYPE_CHECKING:
    from collections.abc import Callable

    from conftest import Edition

pytestmark = pytest.mark.live


def test_an_edition_is_deleted_and_begins_anew(new_edition: Callable[[], Edition]) -> None:
    """Not while its workers run; afterwards its first article is number 0, new, and alerts again."""
    edition, other = new_edition(), new_edition()
    with edition.workers():
        edition.replay(ARTICLES)
        edition.settled(5)
        with pytest.raises(TopicsError, match=r"1 members are in the group .*newswatch: stop the workers"):
            remove(edition.settings)
    there = look(edition.settings)
    assert there.workers == 0
    assert any(name.endswith("newswatch-desk-changelog") for name in there.topics)
    kept = look(other.settings)
    assert remove(edition.settings) == there
    assert look(edition.settings).topics == ()
    assert look(other.settings) == kept
    create_topics(edition.settings, edition.topics)
    edition.folder /= "again"
    edition.folder.mkdir()
    with edition.workers():
        edition.replay(ARTICLES)
        account = edition.settled(5)
    assert {outcome.status for outcome in account.outcomes.values()} == {"new"}
    assert len({alert["alert_id"] for alert in edition.read(ALERTS)}) == 7
