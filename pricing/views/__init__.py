"""Pages of prices and of the solidarity fund, one file per noun."""
