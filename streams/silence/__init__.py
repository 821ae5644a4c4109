"""Silences as an operator asks for them, and as they are in force."""
