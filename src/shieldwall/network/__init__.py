"""The ensemble of networks: N draws, one seed, joint over sites."""
