"""Photos people send: taken in pieces, drawn in four widths, public or private.

A feature keeps in a table of its own which photo shows what, begins a photo in the transaction
that says so, and shows `Picture`s with the macro of templates/ui/macros/photo.html.
"""
