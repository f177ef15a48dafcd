"""Every entry point of the web, in the order a visitor meets them."""

from flask import Blueprint

from accounts.routes import enterprise, password, sign_in
from app.pages import components, health, home, jobs, language, manage, office, texts
from catalog.routes import lots, makers, products, shelf
from traceability.routes import report, resolver, scan, stamp

BLUEPRINTS: tuple[Blueprint, ...] = (
    home.bp,
    shelf.bp,
    products.bp,
    makers.bp,
    lots.bp,
    scan.bp,
    stamp.bp,
    resolver.bp,
    report.bp,
    texts.bp,
    language.bp,
    sign_in.bp,
    password.bp,
    manage.bp,
    enterprise.bp,
    jobs.bp,
    office.bp,
    components.bp,
    health.bp,
)
