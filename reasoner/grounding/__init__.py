"""What follows: every ground instance of every rule that can fire."""
