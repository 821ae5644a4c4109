"""The webhook's settings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agents.webhook.configured import configured
from agents.webhook.errors import WebhookError
from streams.settings import SettingsError, load

if TYPE_CHECKING:
    from pathlib import Path

URL = "http://127.0.0.1:1/"


def test_nothing_is_signed_without_a_secret() -> None:
    """The defaults: plain, live alerts only."""
    webhook = configured(load({}, webhook_url=URL))
    assert (webhook.terms.format, webhook.terms.key, webhook.terms.replayed) == ("plain", None, False)


def test_a_secret_may_be_in_a_file(tmp_path: Path) -> None:
    """The line's end is no part of it."""
    file = tmp_path / "secret"
    file.write_text("whsec_a2V5\n")
    assert configured(load({}, webhook_url=URL, webhook_secret_file=file)).terms.key == b"key"
    assert configured(load({}, webhook_url=URL, webhook_secret="whsec_a2V5")).terms.key == b"key"  # noqa: S106


def test_two_secrets_are_one_too_many(tmp_path: Path) -> None:
    """Which would count?"""
    with pytest.raises(WebhookError, match="both set"):
        configured(load({}, webhook_url=URL, webhook_secret="x", webhook_secret_file=tmp_path))  # noqa: S106


def test_a_file_that_can_not_be_read_is_named(tmp_path: Path) -> None:
    """With the reason."""
    (tmp_path / "bytes").write_bytes(b"\xff")
    for name, reason in (("none", "No such file"), ("bytes", "UTF-8")):
        with pytest.raises(WebhookError, match=reason):
            configured(load({}, webhook_url=URL, webhook_secret_file=tmp_path / name))


def test_without_an_address_the_setting_is_named() -> None:
    """For `newswatch webhook test`."""
    with pytest.raises(WebhookError, match="NEWSWATCH_WEBHOOK_URL"):
        configured(load({}))


def test_hosts_are_allowed_with_commas_between() -> None:
    """Spaces around them are no part."""
    settings = load({}, webhook_url="http://169.254.1.1/", webhook_allow="a.example, 169.254.1.1")
    assert configured(settings).target.trusted


@pytest.mark.parametrize("name", ["webhook_url", "webhook_secret"])
def test_what_may_be_secret_is_not_shown_where_it_is_wrong(name: str) -> None:
    """The message names the variable."""
    with pytest.raises(SettingsError, match=f"NEWSWATCH_{name.upper()}=…") as caught:
        load({}, **{name: ["token"]})
    assert "token" not in str(caught.value)
