"""A guide kept as YAML, checked, and rendered into a static site."""
