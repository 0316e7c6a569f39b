"""Which pages there are, and how each reads."""
