"""Carriers: those who take messages out."""
