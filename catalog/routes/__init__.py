"""Public pages of goods, makers and lots."""
