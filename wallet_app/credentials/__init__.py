"""What credentials say: model, recognition, formats, baking and strict JSON. No I/O."""
