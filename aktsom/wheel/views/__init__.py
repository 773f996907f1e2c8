"""Pages about the year."""
