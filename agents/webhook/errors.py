"""What is wrong with the webhook's settings."""

from __future__ import annotations


class WebhookError(Exception):
    """A setting of the webhook that can't be used; the message names it and the way out, and no secret."""
