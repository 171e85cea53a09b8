"""The Friendtor server: one room for each thing that people do (see ARCHITECTURE.md)."""

__version__ = "0.1.0"
