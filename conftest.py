"""Where pytest starts: one database made by its owner, used by the runtime role."""
