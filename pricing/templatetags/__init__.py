"""Filters of the pages of prices."""
