"""The site generator at the door, and what finishes a folder of HTML."""
