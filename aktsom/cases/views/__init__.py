"""Pages of the cases: lists, the room with its tabs, the forms in it, and the family's own page."""
