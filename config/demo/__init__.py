"""A believable fictional hub that plays its weeks through the real services."""
