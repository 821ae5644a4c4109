from datetime import timedelta

import pytest

from streams.settings import SettingsError, load


def test_defaults_stand_without_an_environment() -> None:
    """Nothing has to be set; the window is the 72 hours that the documentation promises."""
    settings = load({})
    assert timedelta(hours=72) == settings.dedup_window
    assert settings.topic_prefix == ""


def test_a_misspelt_variable_is_an_error_that_names_the_right_one() -> None:
    """A typing mistake must not be passed over in silence."""
    with pytest.raises(SettingsError, match="NEWSWATCH_DEDUP_WINDW: did you mean NEWSWATCH_DEDUP_WINDOW"):
        load({"NEWSWATCH_DEDUP_WINDW": "3h"})


def test_an_unlike_variable_lists_what_is_known() -> None:
    """Where nothing comes close the message shows what there is."""
    with pytest.raises(SettingsError, match="NEWSWATCH_ZZZ: known are NEWSWATCH_"):
        load({"NEWSWATCH_ZZZ": "1"})


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("72h", 259200),
        ("30 m", 1800),
        ("90s", 90),
        ("3d", 259200),
        ("250ms", 0.25),
        ("45", 45),
        ("PT2H", 7200),
    ],
)
def test_durations_are_written_as_people_write_them(
    text: str, seconds: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Units as in Prometheus, plain seconds, and ISO 8601."""
    monkeypatch.setenv("NEWSWATCH_DEDUP_WINDOW", text)
    assert load().dedup_window.total_seconds() == seconds


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("NEWSWATCH_DEDUP_WINDOW", "-3h"),
        ("NEWSWATCH_DEDUP_WINDOW", "0s"),
        ("NEWSWATCH_PARTITIONS", "0"),
        ("NEWSWATCH_PARTITIONS", "many"),
        ("NEWSWATCH_TOPIC_PREFIX", "no spaces"),
        ("NEWSWATCH_LOG_LEVEL", "loud"),
    ],
)
def test_a_wrong_value_is_named_with_its_variable(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The message shows the variable and what was in it."""
    monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load()
    assert name in str(caught.value)
    assert value in str(caught.value)


def test_a_secret_is_not_told_where_it_is_wrong() -> None:
    """Nor where it is right."""
    assert "hidden" not in repr(load({}, console_token="hidden-token"))  # noqa: S106  none


def test_the_command_line_goes_before_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """An option that was given wins; one that was not (None) leaves the environment in force."""
    monkeypatch.setenv("NEWSWATCH_KAFKA_BOOTSTRAP", "a:1")
    assert load(kafka_bootstrap="b:2").kafka_bootstrap == "b:2"
    assert load(kafka_bootstrap=None).kafka_bootstrap == "a:1"


def test_an_empty_variable_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    """As Compose hands over what its own environment lacks."""
    monkeypatch.setenv("NEWSWATCH_WEBHOOK_URL", "")
    monkeypatch.setenv("NEWSWATCH_PARTITIONS", "")
    assert (load().webhook_url, load().partitions) == (None, 4)


@pytest.mark.parametrize("name", ["KAFKA_SASL_PASSWORD", "KAFKA_SSL_KEY_PASSWORD"])
def test_a_password_is_shown_nowhere(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither in the settings nor in the error about another setting."""
    monkeypatch.setenv(f"NEWSWATCH_{name}", "right-horse")
    assert "right-horse" not in repr(load())
    monkeypatch.setenv("NEWSWATCH_KAFKA_SASL_MECHANISM", "GSSAPI")
    with pytest.raises(SettingsError, match=r"NEWSWATCH_KAFKA_SASL_MECHANISM='GSSAPI'") as caught:
        load()
    assert "right-horse" not in str(caught.value)
