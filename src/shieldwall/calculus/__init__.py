"""What the network changes for the governments: a crisis game, solved on the draws of the rooms."""
