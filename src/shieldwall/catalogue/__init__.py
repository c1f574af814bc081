"""Published figures of systems, radars and threats, each with band, unit, source and evidence code."""
