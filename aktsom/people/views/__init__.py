"""Pages about the school's own organisation."""
