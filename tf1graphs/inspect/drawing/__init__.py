"""Pictures of graphs and Keras models, folded by name scope, without GraphViz.

``scopes.of_graph`` and ``layers.of_model`` say what is drawn; ``pictures.save`` draws it into an SVG or PNG file,
``page.html`` into a page that folds and unfolds.
"""
