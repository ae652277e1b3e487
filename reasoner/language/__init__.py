"""What may be concluded: the rule language, its vocabulary, and checked programs."""
