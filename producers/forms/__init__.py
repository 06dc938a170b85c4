"""What people type on the producers' floor."""
