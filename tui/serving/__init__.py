"""ascribe in a browser: a page with a terminal in it, and a process of its own for each visitor."""
