"""Amounts, weights, hours and days on screen, as the reader's language writes them."""

from django import template

register = template.Library()
