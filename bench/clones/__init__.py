"""How well copied stamps are told from honest ones: a simulated world and what is found in it."""
