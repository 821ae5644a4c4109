"""Grafana's dashboards, built in Python: `python -m dashboards.grafana` writes their JSON to `generated/`."""
