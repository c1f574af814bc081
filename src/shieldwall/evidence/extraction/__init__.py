"""Proposals read from texts: rules and a lexicon, with exact spans, for a person to accept."""

from shieldwall.evidence.extraction.drafts import claims_of
from shieldwall.evidence.extraction.extract import extract
from shieldwall.evidence.extraction.records import Draft, Proposal

__all__ = ["Draft", "Proposal", "claims_of", "extract"]
