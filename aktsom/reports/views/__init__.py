"""Pages of reporting and receiving."""
