"""What all dashboards are put together from."""
