"""Makes all that writes one file, each with those that it asks."""

from __future__ import annotations

from tf1graphs.migrate.facts.program import Facts
from tf1graphs.migrate.writing.ahead import Ahead
from tf1graphs.migrate.writing.attributes import Attributes
from tf1graphs.migrate.writing.building import Building
from tf1graphs.migrate.writing.changes import Changes
from tf1graphs.migrate.writing.classes import Classes
from tf1graphs.migrate.writing.collections import Lists
from tf1graphs.migrate.writing.comments import Comments
from tf1graphs.migrate.writing.expressions import Expressions
from tf1graphs.migrate.writing.flags import Flags
from tf1graphs.migrate.writing.functions import Functions
from tf1graphs.migrate.writing.handed import Handed
from tf1graphs.migrate.writing.heads import Heads
from tf1graphs.migrate.writing.leaving import Leaving
from tf1graphs.migrate.writing.monitored import Monitors
from tf1graphs.migrate.writing.named import Named
from tf1graphs.migrate.writing.passing import Passing
from tf1graphs.migrate.writing.pipelines import Pipelines
from tf1graphs.migrate.writing.places import Places
from tf1graphs.migrate.writing.queues import Queues
from tf1graphs.migrate.writing.runs import Runs
from tf1graphs.migrate.writing.saved import Variables
from tf1graphs.migrate.writing.savers import Savers
from tf1graphs.migrate.writing.sites import Sites
from tf1graphs.migrate.writing.summaries import Summaries
from tf1graphs.migrate.writing.tags import Tags
from tf1graphs.migrate.writing.texts import Texts
from tf1graphs.migrate.writing.writers import Writers
from tf1graphs.migrate.writing.written import Written


class Parts:
    """Holds what writes one file.

    Args:
        facts: what is known of the old program.
        tf: how the file spells TensorFlow.
    """

    def __init__(self, facts: Facts, tf: str) -> None:
        self.facts = facts
        self.texts = Texts(facts, tf, Expressions(self).special)
        self.flags = Flags(self.texts)
        self.written = Written(facts)
        named = Named(facts, self.texts)
        self.summaries = Summaries(facts, self.texts, Tags(facts, self.texts, named), self.written)
        self.passing = Passing(facts, self.summaries)
        self.pipelines = Pipelines(facts, self.texts)
        self.monitors = Monitors(facts, self.texts)
        self.functions = Functions(facts, self.texts, self.summaries, self.pipelines)
        self.texts.renamed |= Handed(facts, self.functions.parameter).names()
        self.queues = Queues(facts, self.texts, self.functions, self.pipelines)
        self.classes = Classes(facts, self.texts, self.functions)
        variables = Variables(facts, self.texts, self.classes)
        self.lists = Lists(variables, named)
        self.runs = Runs(self.functions, self.passing, self.lists)
        self.writers = Writers(facts, self.texts, self.summaries, self.runs.shown)
        self.sites = Sites(facts, self.texts, self.functions, self.runs.by_site, self.passing)
        self.attributes = Attributes(self.texts, self.passing)
        self.places = Places(self.runs, Changes(self.texts), self.attributes)
        self.building = Building(variables, self.runs.by_site, self.passing, self.places.of, self.attributes.signed)
        self.ahead = Ahead(self.building, self.places)
        self.savers = Savers(self.building)
        self.leaving = Leaving(self.monitors, self.summaries)
        self.comments = Comments(facts)
        self.heads = Heads(self.texts, self.passing, self.comments)
