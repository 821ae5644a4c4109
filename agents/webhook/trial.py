"""An alert that says of itself that it is none, to try a webhook with."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from streams.records import Alert, Mention

if TYPE_CHECKING:
    from datetime import datetime

WATCH = "newswatch-test"
HEADLINE = "Test of Newswatch's webhook: this is no news"


def trial(now: datetime) -> Alert:
    """A new one, with an id of its own, as of a live article."""
    id_ = secrets.token_hex(16)
    sentence = "This alert was sent by 'newswatch webhook test'; nothing has happened."
    return Alert(
        alert_id=id_,
        watch=WATCH,
        severity="info",
        article_id=id_,
        story_id=id_,
        headline=HEADLINE,
        event_time=now,
        arrived=now,
        detected_at=now,
        mentions=(Mention(watch=WATCH, text="test", field="headline", start=0, end=4, sentence=sentence),),
        origin="live",
        seq=0,
    )
