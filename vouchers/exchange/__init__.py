"""Documents of envelopes, one file each."""
