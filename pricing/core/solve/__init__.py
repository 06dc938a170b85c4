"""What is searched for by a solver."""
