"""The pages that cut across the domains: the start page and the first steps of a new school."""
