"""Judgements in words, maps, pages and files. Reads results, computes none."""
