"""Filters of the pages of routes."""
