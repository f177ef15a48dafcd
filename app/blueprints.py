"""Every entry point of the web, in the order a visitor meets them."""

from flask import Blueprint

from accounts.routes import enterprise, password, sign_in
from app.pages import (
    components,
    health,
    home,
    jobs,
    language,
    manage,
    office,
    photos,
    sample_stamp,
    texts,
)
from catalog.routes import (
    lots,
    makers,
    manage_lots,
    manage_packs,
    manage_products,
    office_products,
    products,
    shelf,
)
from traceability.routes import (
    manage_activation,
    manage_batch,
    manage_reports,
    manage_stamps,
    manage_void,
    office_reports,
    report,
    resolver,
    scan,
    stamp,
)

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
    photos.bp,
    language.bp,
    sign_in.bp,
    password.bp,
    manage.bp,
    manage_products.bp,
    manage_packs.bp,
    manage_lots.bp,
    enterprise.bp,
    manage_stamps.bp,
    manage_activation.bp,
    manage_batch.bp,
    manage_void.bp,
    manage_reports.bp,
    jobs.bp,
    office.bp,
    office_products.bp,
    components.bp,
    sample_stamp.bp,
    office_reports.bp,
    health.bp,
)
