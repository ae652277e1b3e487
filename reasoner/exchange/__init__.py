"""In and out: text, Markdown and JSON of what was concluded."""
