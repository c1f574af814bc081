"""What is where, how many, serviceable: the order of battle as odds."""
