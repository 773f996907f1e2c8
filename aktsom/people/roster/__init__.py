"""Lists of people and groups from other systems, read into one neutral shape before anything is written."""
