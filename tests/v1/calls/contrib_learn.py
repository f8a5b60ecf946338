"""Small uses of ``tf.contrib.learn``."""

import os
import tempfile

TEXTS = ["the Cat sat on the mat", "TheDOGs won't sit-down", "a cat, a mat", ""]
ROWS = [("cat", 1.0, "x"), ("dog", 2.0, "y"), ("cat", 2.0, float("nan")), ("owl", 2.0, "x")]


def _file(text):
    path = os.path.join(tempfile.mkdtemp(), "data.csv")
    with open(path, "w") as file:
        file.write(text)
    return path


def _iris(tf):
    iris = tf.contrib.learn.datasets.load_iris()
    kinds = [iris.data.dtype.name, iris.target.dtype.name]
    return [iris.data.sum(axis=0), (iris.data**2).sum(axis=1)[::7], iris.data[50:56], iris.target.sum(), kinds]


def _csv_with_header(tf):
    path = _file("2,3,a,b\n1,2.5,3,0\n4,5,6,1\n")
    found = tf.contrib.learn.datasets.base.load_csv_with_header(path, "int64", "float32")
    return [found.data, found.target, found.data.dtype.name]


def _csv_without_header(tf):
    path = _file("1,2.5,3,0\n4,5,6,1\n")
    base = tf.contrib.learn.datasets.base
    base.shrink_csv(path, 2)
    found = base.load_csv_without_header(path, "int64", "float32", target_column=0)
    smaller = base.load_csv_without_header(path.replace(".", "_small."), "int64", "float32")
    return [found.data, found.target, smaller.data]


def _split(texts):
    return (text.split() for text in texts)


def _words(**options):
    def call(tf):
        processor = tf.contrib.learn.preprocessing.VocabularyProcessor(5, **options)
        numbers = list(processor.fit_transform(TEXTS))
        more = list(processor.transform(["the owl sat"]))
        path = os.path.join(tempfile.mkdtemp(), "vocabulary")
        processor.save(path)
        again = type(processor).restore(path)
        return [numbers, more, list(again.reverse(numbers)), len(again.vocabulary_)]

    return call


def _bytes(tf):
    processor = tf.contrib.learn.preprocessing.ByteProcessor(6)
    numbers = list(processor.fit_transform(["abc", b"longer than that", "\u00e9"]))
    return [numbers, list(processor.reverse(numbers))]


def _vocabulary(tf):
    vocabulary = tf.contrib.learn.preprocessing.CategoricalVocabulary(unknown_token="?")
    for word in ["a", "b", "a", "c", "d", "d", "d", "d", "b"]:
        vocabulary.add(word)
    vocabulary.add("e", 3)
    before = [vocabulary.get(word) for word in "abcdef"]
    vocabulary.trim(1, max_frequency=4)
    vocabulary.freeze()
    return [before, [vocabulary.get(word) for word in "abcdefg"], vocabulary.reverse(1), len(vocabulary)]


def _no_reverse(tf):
    return tf.contrib.learn.preprocessing.CategoricalVocabulary(support_reverse=False).reverse(0)


def _categories(**options):
    def call(tf):
        processor = tf.contrib.learn.preprocessing.CategoricalProcessor(**options)
        return [list(processor.fit_transform(ROWS)), list(processor.transform([("owl", 3.0, "y")]))]

    return call


def _runs(n):
    def call(tf):
        value = tf.get_variable("value", initializer=2.0)
        given = tf.placeholder(tf.float32, [])
        outputs = {"product": value * given, "next": tf.assign_add(value, 1.0)}
        found = tf.contrib.learn.run_n({"next": outputs["next"]}, n=n)
        feeds = tf.contrib.learn.run_feeds({"product": outputs["product"]}, [{given: 1.0}, {given: 2.0}])
        return [[each["next"] for each in found], [each["product"] for each in feeds]]

    return call


def _inferred(tf):
    value = tf.get_variable("value", initializer=2.0)
    saver = tf.train.Saver()

    def run(session):
        session.run(tf.assign(value, 7.0))
        path = saver.save(session, os.path.join(tempfile.mkdtemp(), "model"))
        return [tf.contrib.learn.infer(path, {"value": value})["value"]]

    return run


CALLS = {
    "ModeKeys": lambda tf: [getattr(tf.contrib.learn.ModeKeys, name) for name in ("TRAIN", "EVAL", "INFER")],
    "load_iris": _iris,
    "load_iris by name": lambda tf: tf.contrib.learn.datasets.load_dataset("iris").data[149],
    "load_dataset of no name": lambda tf: tf.contrib.learn.datasets.load_dataset("tulips"),
    "load_csv_with_header": _csv_with_header,
    "load_csv_without_header": _csv_without_header,
    "tokenizer": lambda tf: list(tf.contrib.learn.preprocessing.tokenizer(TEXTS)),
    "VocabularyProcessor": _words(),
    "VocabularyProcessor of frequent words": _words(min_frequency=1),
    "VocabularyProcessor with tokenizer": _words(tokenizer_fn=_split),
    "ByteProcessor": _bytes,
    "CategoricalVocabulary": _vocabulary,
    "CategoricalVocabulary without reverse": _no_reverse,
    "CategoricalProcessor": _categories(),
    "CategoricalProcessor shared": _categories(share=True, min_frequency=1),
    "run_n": _runs(3),
    "run_n of none": _runs(0),
    "run_feeds of none": lambda tf: tf.contrib.learn.run_feeds({}, [None]),
    "infer": _inferred,
}
