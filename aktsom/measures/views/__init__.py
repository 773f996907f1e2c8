"""Pages of the action plan and its measures."""
