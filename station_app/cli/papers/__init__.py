"""Commands on papers that are more than one: many in a run, and the packs their templates come in."""
