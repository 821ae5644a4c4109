"""The signature of a post, by Standard Webhooks 1.0 (https://www.standardwebhooks.com).

HMAC-SHA256 (RFC 2104) of `<id>.<timestamp>.<body>`: a receiver that checks it knows who sent the body, and
by the timestamp that it is not an old one played again.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac

from agents.webhook.errors import WebhookError

PREFIX = "whsec_"


def key_of(secret: str) -> bytes:
    """The key in a secret: base64 after `whsec_`, else the text itself in UTF-8.

    Raises:
        WebhookError: there is nothing in it, or what follows `whsec_` is no base64.
    """
    try:
        key = (
            base64.b64decode(secret.removeprefix(PREFIX), validate=True)
            if secret.startswith(PREFIX)
            else None
        )
    except binascii.Error:
        key = b""
    key = secret.encode() if key is None else key
    if not key:
        raise WebhookError(
            "the webhook's secret is empty, or no base64 after 'whsec_': make one with 'openssl rand -hex 32'"
        )
    return key


def signed(key: bytes | None, message: str, timestamp: int, body: bytes) -> dict[str, str]:
    """The headers that identify a post and, where there is a key, sign it.

    Args:
        key: None leaves the signature out.
        message: id of the message, the same at each attempt.
        timestamp: of the attempt, Unix seconds.
        body: as sent.
    """
    headers = {"Webhook-Id": message, "Webhook-Timestamp": str(timestamp)}
    if key is not None:
        digest = hmac.digest(key, b"%s.%d.%s" % (message.encode(), timestamp, body), hashlib.sha256)
        headers["Webhook-Signature"] = "v1," + base64.b64encode(digest).decode()
    return headers
