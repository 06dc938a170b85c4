"""The long run: `python -m tests.soak` plays for hours and tells figures at its end."""
