"""What was reported, by whom: facts with their sources and credences."""
