"""All the money of one hub, in plain figures and as Charroi moves it."""
