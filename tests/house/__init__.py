"""The building inspector: which rules of the house the machine refuses to see broken.

Each `inspect_*.py` holds pure functions from a `House` (a checkout) to complaints; the
`test_*.py` beside it shows that the real checkout has none and that a planted fault
has one. `.importlinter` holds what import-linter can say; `test_contracts.py` breaks
each of its contracts on purpose. A new rule comes with its fault.
"""
