"""Pages of orders, one file per person who reads them."""
