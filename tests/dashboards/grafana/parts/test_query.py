import pytest

from dashboards.grafana.parts.query import Query, filled, variables


def test_variables_are_filled_in_as_grafana_does() -> None:
    """Bare and in braces, with and without a format."""
    expr = 'rate(a{job=~"$job", b=~"${watch:raw}"}[$__rate_interval])'
    values = {"job": "newswatch", "watch": ".+", "__rate_interval": "5m"}
    assert filled(expr, values) == 'rate(a{job=~"newswatch", b=~".+"}[5m])'


def test_a_variable_without_a_value_is_an_error() -> None:
    """It would stand in the query as text, and match nothing."""
    with pytest.raises(KeyError, match="instance"):
        filled('up{instance=~"$instance"}', {"job": "x"})


def test_variables_are_told_by_name() -> None:
    """Each once."""
    assert variables("${console:raw}/?w=$watch&v=$watch") == {"console", "watch"}


def test_a_target_has_what_the_sdk_leaves_empty() -> None:
    """Its letter, above all."""
    target = Query("up", instant=True, form="table").target("C").build().to_json()
    assert (target["refId"], target["instant"], target["range"], target["format"]) == (
        *("C", True, False),
        "table",
    )
