"""What an ``OpDef`` says of the outputs of an op. This runs on Python 3.7 with TensorFlow 1.15 too."""


def outputs_of(op, type_name):
    """The dtypes of the outputs as in ``tf1graphs/inspect/graphs/ops.txt``.

    Args:
        op: the ``OpDef``.
        type_name: a function from the number of a dtype to its name.
    """
    defaults = {
        attribute.name: type_name(attribute.default_value.type)
        for attribute in op.attr
        if attribute.HasField("default_value") and attribute.default_value.type
    }

    def dtype_of(output):
        if output.type_list_attr:
            return "*" + output.type_list_attr
        dtype = output.type_attr or type_name(output.type)
        default = "=" + defaults[dtype] if dtype in defaults else ""
        times = output.number_attr + "*" if output.number_attr else ""
        return times + dtype + default

    return " ".join(dtype_of(output) for output in op.output_arg)
