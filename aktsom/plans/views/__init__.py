"""Pages of the school's plan."""
