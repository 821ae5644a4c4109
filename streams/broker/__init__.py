"""A real Apache Kafka on this machine, without Docker and without a Java installation."""

from streams.broker.errors import BrokerError
from streams.broker.listener import Listener
from streams.broker.server import Broker, running_broker

__all__ = ["Broker", "BrokerError", "Listener", "running_broker"]
