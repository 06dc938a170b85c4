"""Pages of the producers' floor."""
