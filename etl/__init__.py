"""From reports to a table of dated events.

The flow, one way only; each step is a module, and each folder a stretch of the way:

    files/        a file is read as reports, with language and day of publication
      plain         bytes as text
      markup        the article in a web page
      documents     the text of a PDF or a Word document
      records       reports in JSON
      drafts        what these readers hand on
      datelines     the day of publication that a report gives of itself
      reports       all of these
    words/        what a language writes
      letters       those written in several ways are levelled
      language      one language's words and rules, checked
      numbers       in figures and words
      sentences     the text is cut into sentences
      names         names of a vocabulary, found in a text
    dates/        phrases that date, and the days they mean
      spans         phrases that may be dates, by the rules of the language
      foreign       full dates in a language that has no rules here, by dateparser
      periods       the calendar; nearest: which year or day of it is meant; context: by what
      explicit      phrases that name their days themselves
      inferred      those that leave out their year
      relative      those that are counted from the day of publication
      anaphoric     those that are counted from the date told before
      ranges        all of these: a phrase, read in its context, gives a date range
      news          the phrases of a report of news, read from the day of publication
      histories     those of a history, in the years that its telling leaves out
      clocks        times of day, on the day they belong to
      phrases       all of that, over a whole report in order
      timex         date phrases as the field's annotations write them
    naming/       who and where
      actors        names of states, armed groups, organisations and persons
      newcomers     names of actors that no vocabulary knows
      places        names of places, with country and coordinates
      story         what a report is about, and whom "the army" and "the city" mean in it
      lines         the sentences of a report with all whom and what they name
    events/       what happened
      cues          words that tell of a happening, and of which type
      tolls         killed, wounded, incidents, by toll_rules
      clauses       the parts of a sentence that tell of one happening each
      scenes        one sentence with all of that in it
      dating        which happening a date dates
      roles         who did it to whom, by the words around
      participants  the same where the clause does not name them
      whereabouts   where it happened
      verdicts      of which type, days, status, role and toll it is
      titles        a label in the sentence's own words
      mentions      the dated happenings of a report, as mentions with a claim
    merging/      mentions of one happening become one event
      likeness      whether two claims may be of one happening
      reconcile     one claim of several
      merge         claims of one happening become one event
    tables/       the table on disk
      table         events, mentions and sources: checked, written, read
      indexes       what is kept beside a large table, so that questions are answered at once
      join          several tables as one
      postgres      the table in PostgreSQL
      spark         the table on Spark
    sources/      data sets that others made
      descriptions  the formats, from their files
      mapping       the same in words, for a reader
      unpack        zip, XLSX, JSON, GeoJSON and old encodings as plain CSV
      readers       its rows, as text
      named         its columns, as its user names them
      recognise     which format it is, by its columns
      styles        in which style it writes its days
      aliases       what it calls actors and countries, by our names
      codes         what its codes mean
      rows          its rows as events, mentions and records
      store         compared with what the table held, and written
      load          all of these: a file becomes a table, or an update of one
      written       names and texts as SQL writes them
      command       the same from a shell
    extract       from reports to a table
    clusters      the same, read by the workers of a Spark
    cli           the same from a shell

`model` holds the nouns, and `vocabulary` reads the files of `data/`.
"""
