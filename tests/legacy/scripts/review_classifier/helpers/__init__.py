from .reviews import load_reviews
from .text import batches, build_vocabulary
