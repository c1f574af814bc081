"""Fuzzing of everything that reads strangers' files: ``python -m fuzz [NAME ...] --seconds 600``.

Any exception other than a ``ShieldwallError`` is a crash, as are 60 seconds or 4 GB for one input.
"""
