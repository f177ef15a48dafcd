"""The application: a list you can read aloud. Nothing imports this package."""

import os
from urllib.parse import quote

from apiflask import APIFlask
from flask import Flask, current_app, request
from flask_migrate import Migrate
from jinja2 import StrictUndefined
from werkzeug.middleware.proxy_fix import ProxyFix

from accounts.identity_provider import init_identity
from accounts.web import init_accounts
from app.blueprints import BLUEPRINTS
from app.cli import init_commands
from app.compression import init_compression
from app.gateway import init_gateway
from app.headers import init_headers
from app.refusals import init_refusals
from app.requests import init_requests
from app.settings import ROOT, Settings
from app.slots import NAMED_OBJECTS, SLOTS, SMS_HELP, SMS_READERS
from catalog.routes.groups import group_name
from catalog.rules import Group
from catalog.search import init_search
from core.addresses import init_addresses
from core.api.description import init_description
from core.audit_chain import init_audit_chain
from core.database import db, init_database
from core.dispatch import init_dispatch
from core.files import init_files
from core.guard import init_guard
from core.inbound import Readers, init_inbound
from core.language import current_language, init_language
from core.lately import init_lately
from core.limits import init_limits
from core.named import init_named_objects
from core.pages import asset, integrity, part
from core.sealing import init_sealing
from core.slots import init_slots
from traceability.log_place import init_log
from traceability.rules import BURST_SECONDS


def create_app(settings: Settings | None = None) -> Flask:
    """Build the application. Without `settings`: GOC_* variables, each parsed by its own type."""
    settings = settings or Settings.from_environment(os.environ)
    app = APIFlask(
        "app",
        template_folder=f"{ROOT}/templates",
        static_folder=f"{ROOT}/static",
        json_errors=False,
        docs_path=None,
        spec_path="/api/v1/openapi.json",
    )
    app.config.from_mapping(settings.for_flask())
    app.jinja_options = {"undefined": StrictUndefined}  # A misspelt name is a crash.
    if settings.proxies:
        hops = settings.proxies
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=hops, x_proto=hops, x_host=hops)  # type: ignore[method-assign]  # Flask's own idiom.

    init_addresses(app)
    init_database(app)
    Migrate(app, db, directory=f"{ROOT}/migrations", render_as_batch=True)
    init_files(app, place=settings.files)
    init_audit_chain(app, heads=settings.instance / "audit-heads.jsonl")
    init_dispatch(app, settings.carriers)
    can_come = settings.is_demo or bool(settings.sms_inbound_key)
    init_inbound(app, Readers(SMS_READERS, SMS_HELP, is_open=can_come))
    init_sealing(app, settings.secret_key)
    init_log(app, settings.log)
    init_language(app)
    init_requests(app)  # Before the guard: what it refuses is logged too.
    init_gateway(app)
    init_guard(app)
    init_accounts(app)
    init_identity(app, settings.identity_provider, public_url=settings.public_url)
    init_limits(app, settings.redis_url)
    init_lately(app, settings.redis_url, seconds=BURST_SECONDS)
    init_slots(app, SLOTS)
    init_named_objects(app, NAMED_OBJECTS)
    init_search(app, instance=settings.instance, cluster_url=settings.search_url)
    init_headers(app)
    init_compression(app)
    init_refusals(app)
    init_commands(app)
    init_description(app, public_url=settings.public_url)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
    app.jinja_env.globals.update(
        asset=asset, integrity=integrity, part=part, groups=tuple(Group), group_name=group_name
    )
    app.context_processor(_everywhere)
    return app


def _everywhere() -> dict[str, object]:
    settings: Settings = current_app.config["SETTINGS"]
    language = current_language()
    other = "en" if language == "vi" else "vi"
    here = quote(request.full_path.rstrip("?"))
    return {
        "locale": language,
        "demo_mode": settings.is_demo,
        "site_host": settings.host,
        "other_language_url": f"/language/{other}?next={here}",
    }
