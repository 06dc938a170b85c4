"""Pages of vouchers, one file per noun."""
