"""How much it weighs: worlds, posteriors, verdicts and confidence."""
