"""Filters of the pages of orders."""
