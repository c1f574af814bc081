"""Horizon, envelopes, layers, depth: what the ensemble covers over real terrain."""
