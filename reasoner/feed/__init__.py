"""Feeds of incidents: files of rows, read as the facts of many cases at once."""

from pathlib import Path

LAYOUTS = Path(__file__).parent / "layouts"
"""The mappings that come with ascribe, for the layouts of public databases."""
