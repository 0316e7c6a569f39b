"""What must hold between the parts of the content."""
