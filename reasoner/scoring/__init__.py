"""How good the rankings are, against accepted answers and naive baselines."""
