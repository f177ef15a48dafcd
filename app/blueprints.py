"""Every entry point of the web, in the order a visitor meets them."""

from flask import Blueprint

from app.pages import health, home, language

BLUEPRINTS: tuple[Blueprint, ...] = (
    home.bp,
    language.bp,
    health.bp,
)
