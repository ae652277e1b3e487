"""What was read and checked, kept from one run to the next as plain JSON."""
