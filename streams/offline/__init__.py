"""The steps without a broker: rows of JSONL in, rows of JSONL out."""
