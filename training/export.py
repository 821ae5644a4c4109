"""The trained tagger as an ONNX file, its matrices in INT8."""

from __future__ import annotations

from typing import TYPE_CHECKING

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import Tensor, nn

if TYPE_CHECKING:
    from pathlib import Path

    from training.encoder import Tagger

OPSET = 17


class _OneWindow(nn.Module):
    """A window has no padding, so there is no mask."""

    def __init__(self, tagger: Tagger) -> None:
        super().__init__()
        self.tagger = tagger

    def forward(self, ids: Tensor, shapes: Tensor) -> Tensor:
        scores: Tensor = self.tagger(ids, shapes, torch.zeros(1))
        return scores


def export(tagger: Tagger, path: Path) -> None:
    """Write the network to `path`: `ids` and `shapes` [1, pieces] to `scores` [1, pieces, tags].

    Weights have seven bits (`reduce_range`): processors without VNNI add pairs of products in 16 bits, which
    eight overflow.
    """
    whole, ready = path.with_suffix(".float.onnx"), path.with_suffix(".ready.onnx")
    example = torch.ones((1, 16), dtype=torch.long)
    torch.onnx.export(
        _OneWindow(tagger.eval()),
        (example, example),
        str(whole),
        input_names=["ids", "shapes"],
        output_names=["scores"],
        dynamic_axes={name: {1: "pieces"} for name in ("ids", "shapes", "scores")},
        opset_version=OPSET,
        dynamo=False,
    )
    quant_pre_process(str(whole), str(ready), skip_symbolic_shape=True)
    quantize_dynamic(
        str(ready),
        str(path),
        weight_type=QuantType.QInt8,
        per_channel=True,
        reduce_range=True,
        op_types_to_quantize=["MatMul", "Gather"],
    )
    model = onnx.load(path)
    del model.metadata_props[:]
    onnx.save(model, path)
    for made in (whole, ready):
        made.unlink()
