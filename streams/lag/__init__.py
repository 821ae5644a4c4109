"""How far readers are behind, and how the brokers are: asked of them, for `/metrics`."""
