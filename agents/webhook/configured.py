"""The webhook as the settings have it: where to, in which form, signed by what, on what terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from agents.webhook.client import Client
from agents.webhook.courier import AT_ONCE, Terms
from agents.webhook.errors import WebhookError
from agents.webhook.signature import key_of
from agents.webhook.target import Target, target

if TYPE_CHECKING:
    from streams.settings import Settings


class Webhook(NamedTuple):
    """What to post where."""

    target: Target
    terms: Terms
    settings: Settings

    def client(self) -> Client:
        """A client for it; a context manager."""
        return Client(self.target, timeout=self.settings.webhook_timeout, connections=AT_ONCE)


def configured(settings: Settings) -> Webhook:
    """Read the webhook's settings.

    Raises:
        WebhookError: one of them can't be used.
    """
    if settings.webhook_url is None:
        raise WebhookError(
            "no webhook is configured: set NEWSWATCH_WEBHOOK_URL ('webhook test' also takes --url)"
        )
    secret = _secret(settings)
    terms = Terms(
        format=settings.webhook_format,
        key=None if secret is None else key_of(secret),
        replayed=settings.webhook_replay,
        give_up=settings.webhook_give_up,
        max_age=settings.webhook_max_age,
    )
    allow = [name.strip() for name in settings.webhook_allow.split(",") if name.strip()]
    return Webhook(target(settings.webhook_url, terms.format, allow), terms, settings)


def _secret(settings: Settings) -> str | None:
    file = settings.webhook_secret_file
    if settings.webhook_secret is not None:
        if file is not None:
            raise WebhookError(
                "NEWSWATCH_WEBHOOK_SECRET and NEWSWATCH_WEBHOOK_SECRET_FILE are both set: take one out"
            )
        return settings.webhook_secret.get_secret_value()
    if file is None:
        return None
    try:
        return file.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is no UTF-8"
        raise WebhookError(f"NEWSWATCH_WEBHOOK_SECRET_FILE={file} can't be read: {reason}") from None
