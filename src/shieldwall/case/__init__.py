"""The case folder: its files, their schema, their errors. Knows nothing of what a claim means."""
