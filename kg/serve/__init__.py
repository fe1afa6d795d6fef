"""A built graph over HTTP: a SPARQL 1.1 endpoint that reads and never writes, reaches no file and calls nobody.

    kg serve                            http://127.0.0.1:8000/
    kg.serve.server.run("output")       the same from Python

Two kinds of process share the work.  The server (`app`, Starlette) holds the sockets: it checks who asks (`guard`),
reads the request (`endpoint`, `graphs`, `things`) and never looks into the graph.  The workers (`worker`, started by
`pool`) hold the store, opened read-only, and no socket: each answers one question at a time (`answers`) and is killed
when its time or memory is up, with another one started in its place.  They speak in frames over pipes (`frames`).

A new part of the site is a module with `routes(site)`, named in `app.PARTS`; what it asks of the graph is a function
named in `answers.OPERATIONS`, so that it runs in a worker, under the same limits.
"""
