"""What Grafana finds when it starts."""

from __future__ import annotations

from pathlib import Path

import yaml

from dashboards.grafana.parts.board import Addresses

ROOT = Path(__file__).parents[3]
FOLDER = ROOT / "dashboards" / "grafana" / "provisioning"
SERVICES = yaml.safe_load((ROOT / "docker-compose.yml").read_text().replace("${WORKERS}", "1"))["services"]


def test_the_data_sources_are_services_with_their_ports() -> None:
    """One of them is the default, and each has an id of its own that dashboards name."""
    read = yaml.safe_load((FOLDER / "datasources" / "prometheus.yml").read_text())
    sources = read["datasources"]
    assert read["apiVersion"] == 1
    assert len({source["uid"] for source in sources}) == len(sources)
    assert [source["name"] for source in sources if source.get("isDefault")] == ["Prometheus"]
    for source in sources:
        name, _, port = source["url"].removeprefix("http://").partition(":")
        assert SERVICES[name]["ports"][0].endswith(f":{port}")
        assert source["editable"] is False


def test_prometheus_is_asked_no_finer_than_it_asks() -> None:
    """Or `$__rate_interval` has too few points in it."""
    (source,) = [
        source
        for source in yaml.safe_load((FOLDER / "datasources" / "prometheus.yml").read_text())["datasources"]
        if source["type"] == "prometheus"
    ]
    asked = yaml.safe_load((ROOT / "dashboards" / "prometheus" / "prometheus.yml").read_text())["global"]
    assert source["jsonData"]["timeInterval"] == asked["scrape_interval"]


def test_an_exemplar_leads_to_its_article() -> None:
    """By the label that the worker gives it, to where the deployment has the console."""
    (source,) = [
        source
        for source in yaml.safe_load((FOLDER / "datasources" / "prometheus.yml").read_text())["datasources"]
        if source["type"] == "prometheus"
    ]
    (to,) = source["jsonData"]["exemplarTraceIdDestinations"]
    assert to["name"] == "article_id"
    assert to["url"].startswith(f"{Addresses().console}/articles/$$")
    assert "CONSOLE_PORT=" + Addresses().console.rpartition(":")[2] in (ROOT / ".env").read_text()


def test_dashboards_are_read_from_where_they_are_mounted() -> None:
    """And cannot be changed in the browser."""
    (provider,) = yaml.safe_load((FOLDER / "dashboards" / "newswatch.yml").read_text())["providers"]
    targets = [volume.split(":")[1] for volume in SERVICES["grafana"]["volumes"]]
    assert provider["options"]["path"] in targets
    assert (provider["editable"], provider["allowUiUpdates"]) == (False, False)
