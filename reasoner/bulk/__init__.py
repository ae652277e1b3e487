"""Assessing many incidents at once, in columns."""
