"""Every entry point of the web, in the order a visitor meets them."""

from flask import Blueprint

from app.demo import cli as demo
from app.pages import health, home, language

BLUEPRINTS: tuple[Blueprint, ...] = (
    home.bp,
    language.bp,
    health.bp,
    demo.bp,
)
