"""What a page asks of a graph: plain values, ready for JSON, computed from a store that is only read.

    finding     which things have a name that begins so, also by pinyin
    about       one thing: its values, every claim with its quote, its versions and dates
    around      what stands beside a thing, for a graph that grows
    listing     all at once: the first view, the board of tiers, the timeline, disputes, a saved query as a table
    reading     a document: its text with mentions and claims marked

Each function takes a `View` (the store and the words of its ontology) and bounds what it gives; what was left out is
counted.  Labels come in every language there is, and the page chooses.
"""
