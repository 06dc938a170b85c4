"""The engine: OR-Tools' routing model, spoken only in this room."""
