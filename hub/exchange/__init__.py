"""Papers that every floor prints: one object, a page and a tagged PDF of it."""
