"""What would have to be otherwise: the smallest changes to the facts after which something follows."""
