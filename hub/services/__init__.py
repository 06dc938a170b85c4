"""What people and workers can do on the ground floor, one file per noun."""
