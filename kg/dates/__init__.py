"""Dates as texts write them."""

from kg.dates.when import When

__all__ = ["When"]
