import pytest

from dashboards.grafana.parts.grid import GridError, Row, placed
from dashboards.grafana.parts.panel import Panel
from dashboards.grafana.parts.query import Query
from dashboards.grafana.parts.stats import stat


def figure(title: str, width: int) -> Panel:
    return stat(title, "A figure.", "short", Query("vector(1)"), width=width)


def test_panels_stand_from_left_to_right_and_in_lines() -> None:
    """Below the title of their row, and each with an id of its own."""
    rows = (Row("", (figure("a", 24),)), Row("Second", (figure("b", 16), figure("c", 8), figure("d", 24))))
    found = placed(rows)
    places = {one.title: (one.grid_pos.x, one.grid_pos.y) for one in found if one.grid_pos}
    assert places == {"a": (0, 0), "Second": (0, 4), "b": (0, 5), "c": (16, 5), "d": (0, 9)}
    assert len({one.id_val for one in found}) == len(found)


def test_a_closed_row_has_its_panels_inside() -> None:
    """And the next one follows at once."""
    rows = (Row("Closed", (figure("a", 24),), collapsed=True), Row("Open", (figure("b", 24),)))
    closed, following, _ = placed(rows)
    assert [panel.title for panel in closed.panels] == ["a"]  # type: ignore[union-attr]
    assert following.grid_pos
    assert following.grid_pos.y == 1


@pytest.mark.parametrize(
    ("widths", "message"), [((16, 16), "'1' does not fit"), ((16,), "ends with '0' does not fill 24")]
)
def test_a_line_that_is_not_filled_is_an_error(widths: tuple[int, ...], message: str) -> None:
    """Grafana would move panels up into the hole."""
    panels = tuple(figure(str(index), width) for index, width in enumerate(widths))
    with pytest.raises(GridError, match=message):
        placed((Row("Row", panels),))
