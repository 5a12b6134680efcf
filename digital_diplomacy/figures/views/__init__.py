"""Pages to play with, each one file that asks nothing of any network: a frame they share, and a module for each kind.

What a kind of view is made of stands beside its module: ``<kind>.html`` its controls, ``<kind>.css`` its looks,
``<kind>_logic.js`` what is computed, which runs without a page, and ``<kind>.js`` what the page does with it.
"""
