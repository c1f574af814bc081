"""Published figures of systems, radars and threats: band, unit, source, evidence code."""
