"""Phrases that date, and the days they mean."""
