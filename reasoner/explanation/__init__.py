"""Why: the chain from a hypothesis down to who reported what."""
