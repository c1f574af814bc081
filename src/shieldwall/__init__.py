"""Shieldwall: assess layered air-defence networks from open sources.

Importing the package loads nothing heavy; each room is imported where it is used.
"""

__version__ = "0.1.0"
