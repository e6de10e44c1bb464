"""The page: a table's folder comes in, a timeline that one can question and take away goes out.

    query, counts, densities   what is asked of the table
    engines                    the table on an engine that the user has
    charts/                    rows → lanes in pixels → figures
    exports/                   a view as files that carry their proof
    page/                      each part that is seen, with its controls and callbacks
    desk/                      reports that a visitor gives: read, kept apart, shown to them
    views                      the whole view as an address, for page and command line alike
    texts, palette, assets/    words, colours, what the browser loads

`app.create_app` puts the page together, `cli.main` is the one command. But for the
desk, nothing here reads a report: the page knows of etl only its table, vocabulary and nouns.
"""
