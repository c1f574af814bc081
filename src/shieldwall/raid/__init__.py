"""How the network would fare against published classes of raid: a Monte Carlo over terrain."""
