"""Time in: what the passing of time causes, and the engine that drives it."""
