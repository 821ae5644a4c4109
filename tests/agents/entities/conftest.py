"""One bundled pipeline and one table for the whole session: they take two seconds to make."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from agents.entities import bundled
from agents.entities.table import Table, load_table

if TYPE_CHECKING:
    from spacy.language import Language


@pytest.fixture(scope="session")
def nlp() -> Language:
    """The bundled pipeline."""
    return bundled.build()


@pytest.fixture(scope="session")
def table() -> Table:
    """Seeds and libraries."""
    return load_table()
