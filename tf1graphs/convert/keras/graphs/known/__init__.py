"""Operations that are layers of Keras, by kind; ``building`` finds them."""
