"""The rows of the dashboards, each with what it answers."""
