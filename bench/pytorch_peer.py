"""Eager PyTorch as a peer of the engine: the same networks, trained as its own users would write it.

Started with a number of threads; speaks the JSON lines of peer-process.ts. The engine's layers are applied
through torch.nn.functional, with torch.optim.Adam as it comes. Batches are consecutive rows, so PyTorch is
spared the shuffling that the engine's own figures include.
"""

import base64
import json
import sys
import time

try:
    import torch
    import torch.nn.functional as F
except ImportError as error:
    torch, absent = None, str(error)


def main():
    if torch:
        torch.set_num_threads(int(sys.argv[1]))
    trainer = None
    for line in sys.stdin:
        question = json.loads(line)
        if not torch:
            reply({"absent": absent})
        elif "layers" in question:
            trainer = Trainer(question)
            reply({"version": torch.__version__, "losses": trainer.first_losses()})
        else:
            reply({"samplesPerSecond": trainer.turn(question["seconds"])})


def reply(answer):
    print(json.dumps(answer), flush=True)


def floats(text):
    return torch.frombuffer(bytearray(base64.b64decode(text)), dtype=torch.float32)


class Trainer:
    def __init__(self, work):
        self.layers = work["layers"]
        self.batch_size = work["batchSize"]
        self.exact = True
        self.parameters = {p["name"]: self.parameter(p) for p in work["parameters"]}
        trained = [self.parameters[p["name"]] for p in work["parameters"] if p["trained"]]
        self.adam = torch.optim.Adam(trained, lr=1e-3)
        self.targets = floats(work["targets"]).reshape(-1, self.layers[-1]["outputs"])
        self.inputs = floats(work["inputs"]).reshape(len(self.targets), -1)

    def parameter(self, given):
        value = floats(given["data"]).reshape(given["shape"])
        # The engine's dense weights are [inputs, outputs]; torch.nn.Linear's are the other way around.
        if given["name"].endswith("weight") and value.dim() == 2:
            value = value.t().contiguous()
        return value.requires_grad_(given["trained"])

    # Training

    def step(self, start):
        batch = slice(start, start + self.batch_size)
        self.adam.zero_grad()
        logits = self.sequence(self.layers, self.inputs[batch])
        loss = F.cross_entropy(logits, self.targets[batch])
        loss.backward()
        self.adam.step()
        return loss

    def first_losses(self):
        losses = [self.step(0).item() for _ in range(3)]
        self.exact = False
        return losses

    def turn(self, seconds):
        rows, steps = len(self.inputs), 0
        self.step(0)
        began = time.perf_counter()
        while time.perf_counter() - began < seconds:
            steps += 1
            self.step(steps * self.batch_size % rows)
        return steps * self.batch_size / (time.perf_counter() - began)

    # The engine's layers

    def sequence(self, layers, x):
        for layer in layers:
            x = getattr(self, layer["kind"])(layer, x)
        return x

    def own(self, layer, name):
        return self.parameters[f"{layer['name']}.{name}"]

    def activate(self, layer, x):
        known = {"linear": lambda x: x, "relu": F.relu, "relu6": F.relu6, "gelu": F.gelu}
        return known[layer["activation"]](x)

    def dense(self, layer, x):
        return self.activate(layer, F.linear(x, self.own(layer, "weight"), self.own(layer, "bias")))

    def conv(self, layer, x):
        stride, edge = layer["stride"], layer["window"][0] // 2
        # With a stride of 2 the engine puts its zeros after the last row and column; PyTorch's users put them on
        # both sides. The copy that doing as the engine does would take is made for the first losses alone.
        if self.exact and stride == 2 and edge == 1:
            x, edge = F.pad(x, (0, 1, 0, 1)), 0
        bias = self.own(layer, "bias") if layer["bias"] else None
        y = F.conv2d(x, self.own(layer, "weight"), bias, stride, edge, groups=layer["groups"])
        return self.activate(layer, y)

    def batchNorm(self, layer, x):
        mean, variance, scale, shift = (self.own(layer, n) for n in ("mean", "variance", "scale", "shift"))
        y = F.batch_norm(x, mean, variance, scale, shift, training=True)
        return self.activate(layer, y)

    def layerNorm(self, layer, x):
        scale, shift = self.own(layer, "scale"), self.own(layer, "shift")
        return F.layer_norm(x, [layer["width"]], scale, shift)

    def pool(self, layer, x):
        return F.max_pool2d(x, layer["window"])

    def rearrange(self, layer, x):
        if layer["to"] == "channelsFirst":
            return x.reshape(-1, *layer["extents"]).permute(0, 3, 1, 2).contiguous()
        return {
            "tokens": lambda: x.reshape(-1, *layer["extents"]),
            "flatten": lambda: x.flatten(1),
            "globalAverage": lambda: x.mean((2, 3)),
            "meanToken": lambda: x.mean(1),
        }[layer["to"]]()

    def dropout(self, layer, x):
        return F.dropout(x, layer["rate"])

    def position(self, layer, x):
        return x + self.own(layer, "table")

    def attention(self, layer, x):
        batch, tokens, width = x.shape
        together = F.linear(x, self.own(layer, "in.weight"), self.own(layer, "in.bias"))
        heads = together.reshape(batch, tokens, 3, layer["heads"], -1).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(*heads)
        mixed = mixed.transpose(1, 2).reshape(batch, tokens, width)
        return F.linear(mixed, self.own(layer, "out.weight"), self.own(layer, "out.bias"))

    def residual(self, layer, x):
        return self.activate(layer, self.sequence(layer["body"], x) + self.sequence(layer["shortcut"], x))


if __name__ == "__main__":
    main()
