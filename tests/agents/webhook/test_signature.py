"""Signatures by Standard Webhooks."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agents.webhook.errors import WebhookError
from agents.webhook.signature import key_of, signed


def test_the_value_that_the_standards_own_libraries_give() -> None:
    """The reference vector in their tests."""
    key = key_of("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")
    headers = signed(key, "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}')
    assert headers == {
        "Webhook-Id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "Webhook-Timestamp": "1614265330",
        "Webhook-Signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_without_a_secret_there_is_no_signature() -> None:
    """The id stays: a receiver needs it to know a message again."""
    assert signed(None, "m", 7, b"x") == {"Webhook-Id": "m", "Webhook-Timestamp": "7"}


@given(st.text(min_size=1).filter(lambda text: not text.startswith("whsec_")))
def test_any_text_is_a_secret(secret: str) -> None:
    """Its bytes in UTF-8 are the key."""
    try:
        expected = secret.encode()
    except UnicodeEncodeError:  # half a surrogate pair: no environment holds one
        return
    assert key_of(secret) == expected


@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_***"])
def test_what_is_no_secret_is_refused_without_being_shown(secret: str) -> None:
    """The message says how to make one."""
    with pytest.raises(WebhookError, match="openssl rand") as caught:
        key_of(secret)
    assert "***" not in str(caught.value)


@given(st.binary(), st.binary(min_size=1), st.integers(0, 2**40), st.integers(0, 2**40))
def test_another_body_or_time_is_another_signature(body: bytes, key: bytes, time: int, later: int) -> None:
    """Nothing of a message can be changed, its time neither."""
    one = signed(key, "m", time, body)["Webhook-Signature"]
    assert one != signed(key, "m", time, body + b"x")["Webhook-Signature"]
    assert (one == signed(key, "m", later, body)["Webhook-Signature"]) == (time == later)
