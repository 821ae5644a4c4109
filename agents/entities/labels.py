"""The labels that pipelines give; apart from what finds them, so that they can be known without it."""

LABELS = (
    *("PERSON", "ORG", "GPE", "LOC", "NORP"),
    *("FAC", "EVENT", "PRODUCT", "LAW", "WORK_OF_ART", "MISC"),
)
"""Of names, as spaCy's pipelines have them (OntoNotes, WikiNER), the most used first."""
DROPPED = frozenset({"CARDINAL", "DATE", "LANGUAGE", "MONEY", "ORDINAL", "PERCENT", "QUANTITY", "TIME"})
"""Labels of values, not of names: there is nothing canonical about 'three' or 'last week'."""
RENAMED = {"PER": "PERSON"}
"""spaCy's pipelines for other languages use the labels of WikiNER."""
