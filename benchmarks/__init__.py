"""Measurements that ``make bench`` prints: accuracy and speed, never asserted as tests."""
