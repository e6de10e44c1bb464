"""From reports to a table of dated events.

The flow, one way only; each step is a module:

    plain         bytes as text
    markup        the article in a web page
    documents     the text of a PDF or a Word document
    records       reports in JSON
    datelines     the day of publication that a report gives of itself
    reports       all of these: a file is read as reports, with language and day
    sentences     the text is cut into sentences
    spans         phrases that may be dates, by the rules of the language
    foreign       full dates in a language that has no rules here, by dateparser
    explicit      phrases that name their days themselves
    inferred      those that leave out their year
    relative      those that are counted from the day of publication
    anaphoric     those that are counted from the date told before
    dates         all of these: a phrase, read in its context, gives a date range
    news          the phrases of a report of news, read from the day of publication
    histories     those of a history, in the years that its telling leaves out
    clocks        times of day, on the day they belong to
    phrases       all of that, over a whole report in order
    actors        names of states, armed groups, organisations and persons
    newcomers     names of actors that no vocabulary knows
    places        names of places, with country and coordinates
    story         what a report is about, and whom "the army" and "the city" mean in it
    lines         the sentences of a report with all whom and what they name
    tolls         killed, wounded, incidents
    cues          words that tell of a happening, and of which type
    clauses       the parts of a sentence that tell of one happening each
    scenes        one sentence with all of that in it
    dating        which happening a date dates
    roles         who did it to whom, by the words around
    participants  the same where the clause does not name them
    whereabouts   where it happened
    verdicts      of which type, days, status, role and toll it is
    titles        a label in the sentence's own words
    events        the dated happenings of a report, as mentions with a claim
    likeness      whether two claims may be of one happening
    reconcile     one claim of several
    merge         claims of one happening become one event
    extract       from reports to a table
    indexes       what is kept beside a large table, so that questions are answered at once
    table         events, mentions and sources: checked, written, read
    join          several tables side by side
    cli           the same from a shell

`model` holds the nouns, `vocabulary` reads the files of `data/`, `language` checks one language's
words and rules, `letters` levels what a language writes in several ways, `periods` is the calendar
and `nearest` finds the year or day that is meant in it, `names` finds names of a vocabulary in a
text, `numbers` numbers, `toll_rules` are those of tolls, `drafts` are what the readers hand on,
`timex` writes date phrases as the field's annotations do.
"""
