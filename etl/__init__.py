"""From reports to a table of dated events.

The flow, one way only; each step is a module:

    reports     a file is read: text, language, day of publication
    sentences   the text is cut into sentences
    spans       phrases that may be dates, by the rules of the language
    dates       each phrase, its anchor and the narrative so far give a date range
    actors      names of states, armed groups and persons in a sentence
    places      names of places, with country and coordinates
    tolls       killed, wounded, counts
    events      cues and dates of a report give mentions and claims
    merge       claims of one happening become one event
    table       events, mentions and sources: checked, written, read
    cli         the same from a shell

`model` holds the nouns, `vocabulary` reads the files of `data/`, `language` checks one language's
words and rules. `title` shortens a sentence to a label.
"""
