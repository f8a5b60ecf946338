"""``tf.contrib.learn.preprocessing``: words and categories as numbers."""

from __future__ import annotations

import collections
import pickle
import re
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np
from tensorflow.python.platform import gfile

__all__ = [
    "ByteProcessor",
    "CategoricalProcessor",
    "CategoricalVocabulary",
    "VocabularyProcessor",
    "tokenizer",
]

# Acronyms, parts of camel case, and words with apostrophes and hyphens.
TOKENIZER_RE = re.compile(r"[A-Z]{2,}(?![a-z])|[A-Z][a-z]+(?=[A-Z])|[\'\w\-]+")


def tokenizer(iterator: Iterable[str]) -> Iterator[list[str]]:
    """Yields the words of each text."""
    for value in iterator:
        yield TOKENIZER_RE.findall(value)


class CategoricalVocabulary:
    """Numbers categories in the order in which they come; 0 is the unknown.

    Args:
        unknown_token: The name of the unknown.
        support_reverse: Whether ``reverse`` works.
    """

    def __init__(self, unknown_token: str = "<UNK>", support_reverse: bool = True) -> None:
        self._unknown_token = unknown_token
        self._mapping: dict[Any, int] = {unknown_token: 0}
        self._support_reverse = support_reverse
        self._reverse_mapping: list[Any] = [unknown_token]
        self._freq: dict[Any, int] = collections.defaultdict(int)
        self._freeze = False

    def __len__(self) -> int:
        return len(self._mapping)

    def freeze(self, freeze: bool = True) -> None:
        """Makes new categories unknown, or no longer."""
        self._freeze = freeze

    def get(self, category: Any) -> int:
        """Returns the number of a category; a new one gets the next unless the vocabulary is frozen."""
        if category not in self._mapping:
            if self._freeze:
                return 0
            self._append(category)
        return self._mapping[category]

    def _append(self, category: Any) -> None:
        self._mapping[category] = len(self._mapping)
        self._reverse_mapping.append(category)

    def add(self, category: Any, count: int = 1) -> None:
        """Counts a category."""
        if self.get(category) > 0:
            self._freq[category] += count

    def trim(self, min_frequency: int, max_frequency: int = -1) -> None:
        """Renumbers the categories by frequency and drops some.

        Args:
            min_frequency: Categories that came as often as this or less are dropped.
            max_frequency: Categories that came as often as this or more are dropped, if it is positive.
        """
        by_name = sorted(self._freq.items(), key=lambda item: (isinstance(item[0], str), item[0]))
        by_frequency = sorted(by_name, key=lambda item: item[1], reverse=True)
        self._mapping, self._reverse_mapping = {self._unknown_token: 0}, [self._unknown_token]
        for category, count in by_frequency:
            if count > min_frequency and not 0 < max_frequency <= count:
                self._append(category)
        # As in 1.15: the most frequent ones, whether or not they were dropped.
        self._freq = dict(by_frequency[: len(self._mapping) - 1])

    def reverse(self, class_id: int) -> Any:
        """Returns the category of a number.

        Raises:
            ValueError: The vocabulary does not support it.
        """
        if not self._support_reverse:
            raise ValueError("This vocabulary wasn't initialized with support_reverse to support reverse() function.")
        return self._reverse_mapping[class_id]


class VocabularyProcessor:
    """Maps texts to the numbers of their words.

    Args:
        max_document_length: The number of words of a text; longer ones are cut, shorter ones padded with 0.
        min_frequency: Words that come as often as this or less are unknown, if it is positive.
        vocabulary: The vocabulary.
        tokenizer_fn: Yields the words of each text, ``tokenizer`` by default.
    """

    def __init__(
        self,
        max_document_length: int,
        min_frequency: int = 0,
        vocabulary: CategoricalVocabulary | None = None,
        tokenizer_fn: Callable[[Iterable[Any]], Iterator[Any]] | None = None,
    ) -> None:
        self.max_document_length = max_document_length
        self.min_frequency = min_frequency
        self.vocabulary_ = vocabulary or CategoricalVocabulary()
        self._tokenizer = tokenizer_fn or tokenizer

    def fit(self, raw_documents: Iterable[Any], unused_y: Any = None) -> VocabularyProcessor:
        """Learns the words of some texts; returns this object."""
        for tokens in self._tokenizer(raw_documents):
            for token in tokens:
                self.vocabulary_.add(token)
        if self.min_frequency > 0:
            self.vocabulary_.trim(self.min_frequency)
        self.vocabulary_.freeze()
        return self

    def fit_transform(self, raw_documents: Iterable[Any], unused_y: Any = None) -> Iterator[Any]:
        """Learns the words of some texts; returns their numbers."""
        self.fit(raw_documents)
        return self.transform(raw_documents)

    def transform(self, raw_documents: Iterable[Any]) -> Iterator[Any]:
        """Yields the numbers of the words of each text, int64 ``[max_document_length]``."""
        for tokens in self._tokenizer(raw_documents):
            word_ids = np.zeros(self.max_document_length, np.int64)
            for index, token in enumerate(tokens):
                if index >= self.max_document_length:
                    break
                word_ids[index] = self.vocabulary_.get(token)
            yield word_ids

    def reverse(self, documents: Iterable[Iterable[int]]) -> Iterator[str]:
        """Yields the words of numbers, joined by spaces."""
        for document in documents:
            yield " ".join(self.vocabulary_.reverse(class_id) for class_id in document)

    def save(self, filename: str) -> None:
        """Writes this object to a file."""
        with gfile.Open(filename, "wb") as file:
            file.write(pickle.dumps(self))

    @classmethod
    def restore(cls, filename: str) -> Any:
        """Returns the object that ``save`` wrote. It is unpickled: read no file that you do not trust."""
        with gfile.Open(filename, "rb") as file:
            return pickle.loads(file.read())


class ByteProcessor:
    """Maps texts to their bytes.

    Args:
        max_document_length: The number of bytes of a text; longer ones are cut, shorter ones padded with 0.
    """

    def __init__(self, max_document_length: int) -> None:
        self.max_document_length = max_document_length

    def fit(self, x: Any) -> None:
        """Does nothing: there is nothing to learn."""

    def fit_transform(self, x: Iterable[Any]) -> Iterator[Any]:
        """Returns the bytes of texts."""
        return self.transform(x)

    def reverse(self, x: Iterable[Any]) -> Iterator[str]:
        """Yields the text of bytes, an empty one where they are no UTF-8."""
        for data in x:
            document = np.trim_zeros(data.astype(np.int8), trim="b").tobytes()
            try:
                yield document.decode("utf-8")
            except UnicodeDecodeError:
                yield ""

    def transform(self, x: Iterable[Any]) -> Iterator[Any]:
        """Yields the bytes of each text, uint8 ``[max_document_length]``."""
        for document in x:
            data = document.encode("utf-8") if isinstance(document, str) else document
            kept = np.frombuffer(data[: self.max_document_length], dtype=np.uint8)
            yield np.pad(kept, (0, self.max_document_length - len(kept)), "constant")


class CategoricalProcessor:
    """Maps columns of categories to numbers.

    Args:
        min_frequency: Categories that come as often as this or less are unknown, if it is positive.
        share: Whether the columns share a vocabulary.
        vocabularies: The vocabulary of each column.
    """

    def __init__(
        self, min_frequency: int = 0, share: bool = False, vocabularies: list[CategoricalVocabulary] | None = None
    ) -> None:
        self.min_frequency = min_frequency
        self.share = share
        self.vocabularies_ = vocabularies

    def freeze(self, freeze: bool = True) -> None:
        """Makes new categories unknown, or no longer."""
        for vocabulary in self.vocabularies_ or []:
            vocabulary.freeze(freeze)

    def fit(self, x: Any, unused_y: Any = None) -> CategoricalProcessor:
        """Learns the categories of each column of rows; returns this object."""
        for row in x:
            if self.vocabularies_ is None:
                shared = [CategoricalVocabulary()] * len(row)
                self.vocabularies_ = shared if self.share else [CategoricalVocabulary() for _ in row]
            for vocabulary, value in zip(self.vocabularies_, row, strict=True):
                # What is not a number is missing.
                if not (isinstance(value, float) and np.isnan(value)):
                    vocabulary.add(value)
        if self.min_frequency > 0:
            for vocabulary in self.vocabularies_ or []:
                vocabulary.trim(self.min_frequency)
        self.freeze()
        return self

    def fit_transform(self, x: Any, unused_y: Any = None) -> Iterator[Any]:
        """Learns the categories of rows; returns their numbers."""
        self.fit(x)
        return self.transform(x)

    def transform(self, x: Any) -> Iterator[Any]:
        """Yields the numbers of each row, int64."""
        self.freeze()
        for row in x:
            numbers = np.zeros(len(row), np.int64)
            for index, (vocabulary, value) in enumerate(zip(self.vocabularies_ or [], row, strict=True)):
                if not (isinstance(value, float) and np.isnan(value)):
                    numbers[index] = vocabulary.get(value)
            yield numbers
