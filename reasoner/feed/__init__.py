"""Feeds of incidents: files of rows, read as the facts of many cases at once.

`reasoner.feed.loading.load_feed` reads files by a mapping into a store, one DuckDB file of integer tables, such that
every incident of it is, to the last digit, the case that `reasoner.evidence` would assemble of the same statements:
what `reasoner.feed.backdrop.background_base` says of every incident, and beside that its rows in these tables.
`reasoner.feed.store.base_of` assembles one of them.

- ``constant(code, text, quoted)``: every symbol and string of feed, background and rules; codes from 0 on, in the
  order of `reasoner.terms.order_key`. The number n has the code n - 2^30, and is not in the table.
- ``incident("case", occurred, title)``: by code of the case; ``occurred`` as facts quote it, or NULL.
- ``fact_<predicate>("case", a0 …, certain, credence, draw)``: one row for each atom of an incident, ordered by case and
  arguments; facts only denied are there with credence 0. ``draw`` is NULL where the fact is certain, or false in every
  world. A table is there for each predicate of which some incident has a fact. Facts of the background that hold only
  at some times are rows of each incident they hold for, and so are the kinds (``is_a``) of entities that only the feed
  names, for each incident that names them.
- ``draw("case", draw, name, predicate, fact, place, share, within_draw, within_fact)``: one row for each value of each
  draw, ordered by case, draw and place. Draws are numbered from 0 on through the whole feed, those of an incident one
  after the other, with those that lie within a fact last. ``fact`` is the rowid of the value in the table of its
  ``predicate``, and ``within_fact`` that of the fact (of the same predicate) that the draw lies within, whose own draw
  is ``within_draw``.
- ``predicate(number, name, arity, functional)``: the predicates of the vocabulary, in its order.
- ``report("case", predicate, a0 …, basis, source, credibility, denies, date, row, fact)``: what was stated, with
  ``predicate`` and ``source`` by number, arguments that the predicate does not take as -2^31, ``basis`` 0 given, 1
  assumed, 2 reported, and ``fact`` the place of the template in the mapping; ``said`` and ``saying`` hold the words.
- ``source(code, id, name, reliability, via, origin, root, made, interest)``: every source; ``made`` by rows alone.
- ``made(id, kind, name)``: the entities that only the feed names.
- ``reject(file, row, fact, word, value)`` and ``reason(word, reason)``: what could not be used; ``feed_file(number,
  path, first_row, rows)``: the files, with how many rows stand before each, and how many it has.
"""

from pathlib import Path

LAYOUTS = Path(__file__).parent / "layouts"
"""The mappings that come with ascribe, for the layouts of public databases."""
