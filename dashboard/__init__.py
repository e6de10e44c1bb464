"""The page: query → lanes → figures → exports, put together by layout, filters, timeline and card.

The whole view is in the address (`views`), for the page and for the command line alike.

A table's folder comes in; `app.create_app` shows it, `cli.main` is the one command. Nothing here
reads a report: the page knows of etl only its table, its vocabulary and its nouns.
"""
