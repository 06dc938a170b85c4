"""Pages of the routing floor, one file per noun."""
