"""The task force's standing rules. They change records and owe notices; they never commit or speak."""
