"""Documents of farms, one file each."""
