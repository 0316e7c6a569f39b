"""The search's models: what they learn from, how they are trained, and the file in which they are kept."""
