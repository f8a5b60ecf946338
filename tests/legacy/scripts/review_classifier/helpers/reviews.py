"""Sixteen reviews made of parts."""
GOOD = ['great', 'moving', 'funny', 'brilliant']
BAD = ['awful', 'boring', 'clumsy', 'dull']
THINGS = ['story', 'film', 'cast', 'mess']


def load_reviews():
    reviews = []
    for i in range(8):
        reviews.append(('a %s %s' % (GOOD[i % 4], THINGS[(i * 3) % 4]), 1))
        reviews.append(('a %s and %s %s' % (BAD[i % 4], BAD[(i + 1) % 4], THINGS[i % 4]), 0))
    return reviews
