"""``tf.app.flags`` and ``tf.app.run``, which were absl's, become absl's.

Source: ``tensorflow/python/platform/flags.py`` and ``app.py`` of 1.15. For where 1.15 parses the command line on its
own, see ``tf1graphs.migrate.flag_parsing``.
"""

from __future__ import annotations

from tf1graphs.migrate.calls import Call, Definition, Outcome, Refuse, Replace
from tf1graphs.migrate.rules import rule

FLAGS = Definition("flags", "from absl import flags\n")
APP = Definition("app", "from absl import app\n")

MODULES = ("tf.app.flags", "tf.flags")
# The object whose attributes are the values of the flags.
VALUES = tuple(f"{module}.FLAGS" for module in MODULES)
_SAME = """
    ArgumentParser ArgumentSerializer BaseListParser BooleanFlag BooleanParser CantOpenFlagFileError CsvListSerializer
    DEFINE DEFINE_alias DEFINE_bool DEFINE_boolean DEFINE_enum DEFINE_enum_class DEFINE_flag DEFINE_float DEFINE_integer
    DEFINE_list DEFINE_multi DEFINE_multi_enum DEFINE_multi_enum_class DEFINE_multi_float DEFINE_multi_integer
    DEFINE_multi_string DEFINE_spaceseplist DEFINE_string DuplicateFlagError EnumClassFlag EnumClassListSerializer
    EnumClassParser EnumClassSerializer EnumFlag EnumParser Error FLAGS Flag FlagHolder
    FlagNameConflictsWithMethodError FlagValues FloatParser IllegalFlagValueError IntegerParser ListParser
    ListSerializer MultiEnumClassFlag MultiFlag UnparsedFlagAccessError UnrecognizedFlagError ValidationError
    WhitespaceSeparatedListParser adopt_module_key_flags declare_key_flag disclaim_key_flags doc_to_help
    flag_dict_to_args get_help_width mark_bool_flags_as_mutual_exclusive mark_flag_as_required
    mark_flags_as_mutual_exclusive mark_flags_as_required multi_flags_validator override_value
    register_multi_flags_validator register_validator set_default text_wrap validator
"""
# What names become, called or not; each needs ``FLAGS``. Calls for which there is a rule go by that.
NAMES = dict.fromkeys(MODULES, "flags") | {
    f"{module}.{name}": f"flags.{name}" for module in MODULES for name in _SAME.split()
}

# The names that 1.15 still takes for those of absl.
_OLD = {"flag_name": "name", "default_value": "default", "docstring": "help"}
# What absl's own modules define, too.
_OF_ABSL = """
    alsologtostderr log_dir logger_levels logtostderr only_check_args pdb pdb_post_mortem profile_file run_with_pdb
    run_with_profiling showprefixforinfo stderrthreshold use_cprofile_for_profiling v verbosity
"""
_END = """flag_values=None, module_name=None, required=False, short_name=None, allow_override=False,
    allow_overwrite=True, flag_name=None, default_value=None, docstring=None"""


def _define(call: Call) -> Outcome:
    given: dict[str, str] = {}
    for old, argument in call.arguments.items():
        name = _OLD.get(old, old)
        if name in given:
            return Refuse(f"it is given its {name} twice", "leave one of them out")
        given[name] = argument.text
    if call.value("name", call.value("flag_name")) in _OF_ABSL.split():
        given.setdefault("allow_override", "True")
    by_place = len(call.node.args)
    texts = [text if place < by_place else f"{name}={text}" for place, (name, text) in enumerate(given.items())]
    return Replace(f"flags.{call.name.rpartition('.')[2]}({', '.join(texts)})", (FLAGS,))


for _kinds, _signature in (
    (("string", "bool", "boolean"), f"name, default, help, {_END}"),
    (("integer", "float"), f"name, default, help, lower_bound=None, upper_bound=None, {_END}"),
):
    _names = [f"{module}.DEFINE_{kind}" for module in MODULES for kind in _kinds]
    rule(*_names, signature=_signature, becomes="the same of `absl.flags`")(_define)


@rule("tf.app.run", signature="main=None, argv=None", becomes="`absl.app.run`, with unknown flags left to `main`")
def _run(call: Call) -> Outcome:
    main = call.text("main") if call.value("main") is not None else "main"
    argv = [f"argv={call.text('argv')}"] if call.value("argv") is not None else []
    parser = "flags_parser=lambda argv: flags.FLAGS(argv, known_only=True)"
    return Replace(f"app.run({', '.join([main, *argv, parser])})", (APP, FLAGS))
