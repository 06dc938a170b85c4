"""Documents of prices and the fund, one file each."""
