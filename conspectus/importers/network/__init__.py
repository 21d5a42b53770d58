"""Names of papers elsewhere in; what the network says of them, as entries, out."""

from conspectus.importers.network.client import Client, client_of
from conspectus.importers.network.completing import Completion, Outcome, complete, described
from conspectus.importers.network.faults import NetworkError
from conspectus.importers.network.sources import fetch

__all__ = [
    "Client",
    "Completion",
    "NetworkError",
    "Outcome",
    "client_of",
    "complete",
    "described",
    "fetch",
]
