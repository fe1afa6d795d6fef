"""Other people's stores: questions to a SPARQL endpoint (`asking`), and a graph sent into a store (`sending`).

Both speak the SPARQL 1.1 Protocol, and sending the Graph Store HTTP Protocol too, so any store that keeps to the
standards will do; they are tested against a running Oxigraph.  A server that is not there, refuses or breaks off is a
`RemoteError` that says what has happened to the data.
"""
