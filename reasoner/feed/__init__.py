"""Feeds of incidents: files of rows, read as the facts of many cases at once."""
