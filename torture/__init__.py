"""Cruelty to the evidence store: kill -9 at every moment, and disks that fill up."""
