"""Travel between places: providers of directed matrices and of lines to draw."""
