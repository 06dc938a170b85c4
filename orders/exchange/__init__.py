"""Documents that leave the platform, one file each."""
