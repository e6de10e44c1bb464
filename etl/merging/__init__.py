"""Mentions of one happening become one event."""
