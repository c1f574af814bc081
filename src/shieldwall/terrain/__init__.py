"""Elevation from the case's files, the cache, the coarse offline map or the smooth Earth."""
