"""Pictures of graphs and Keras models, folded by name scope, without GraphViz."""
