"""Fits the two learned parts of the name model. `cargo dev model train` runs it; features come from the library itself.

    fit.py weights FOLDER    weights of letter groups: L2-regularised logistic regression by L-BFGS (scipy)
    fit.py trees FOLDER      gradient-boosted trees (LightGBM) on the library's features

Files in FOLDER are little-endian arrays without a head; `plan.json` gives shapes and settings. One thread, fixed seeds.
"""

import json
import sys
from pathlib import Path

import numpy
import scipy.optimize
import scipy.sparse

NODES = 64
NEVER = 31


def array(folder, name, kind):
    return numpy.fromfile(folder / name, dtype=kind)


def groups(folder, name, columns):
    """Rows of places in a weight table, as a sparse matrix of counts."""
    places = array(folder, f"{name}.u32", "<u4").astype(numpy.int32)
    ends = array(folder, f"{name}.ends.u32", "<u4").astype(numpy.int64)
    starts = numpy.concatenate([[0], ends])
    ones = numpy.ones(len(places), dtype=numpy.float32)
    return scipy.sparse.csr_matrix((ones, places, starts), shape=(len(ends), columns))


def regression(matrix, target, weight, offset, strength, steps):
    """Weights w that minimise the weighted logistic loss of offset + Xw + b, plus strength / 2 |w|^2."""
    transposed = matrix.T.tocsr()
    sign = numpy.where(target, 1.0, -1.0)

    def loss(parameters):
        weights, bias = parameters[:-1], parameters[-1]
        margin = sign * (offset + matrix @ weights.astype(numpy.float32) + bias)
        value = weight @ numpy.logaddexp(0.0, -margin) + strength / 2 * (weights @ weights)
        slope = -weight * sign / (1.0 + numpy.exp(numpy.clip(margin, -50, 50)))
        gradient = transposed @ slope.astype(numpy.float32) + strength * weights
        return value, numpy.append(gradient, slope.sum()).astype(numpy.float64)

    start = numpy.zeros(matrix.shape[1] + 1)
    found = scipy.optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": steps, "maxcor": 8})
    return found.x[:-1], found.x[-1]


def fit_weights(folder, plan):
    """First groups of three alone, so that they can decide alone; then groups of four on top. Three times: for rows of each fold
    from the rows of the other, and from all."""
    target, fold = array(folder, "target.u8", "u1") == 1, array(folder, "fold.u8", "u1")
    weight = array(folder, "weight.f32", "<f4").astype(numpy.float64)
    threes, fours = groups(folder, "threes", plan["threes"]), groups(folder, "fours", plan["fours"])
    for name, rows in [("0", fold == 1), ("1", fold == 0), ("all", fold >= 0)]:
        three, four = threes[rows], fours[rows]
        first, bias = regression(three, target[rows], weight[rows], 0.0, plan["strength"], plan["steps"])
        offset = three @ first + bias
        second, _ = regression(four, target[rows], weight[rows], offset, plan["strength"], plan["steps"])
        # One scale for both tables: sums of both are then sums of log-odds.
        both = numpy.concatenate([first, second])
        scale = numpy.quantile(numpy.abs(both[both != 0]), 0.9999) / 127
        for kind, weights in [("threes", first), ("fours", second)]:
            numpy.clip(numpy.rint(weights / scale), -127, 127).astype("i1").tofile(folder / f"weights.{kind}.{name}.i8")
        print(f"weights {name}: {rows.sum()} rows, a step of {scale:.5f}", flush=True)


def flat(tree, leaf_unit):
    """A tree as 64 nodes of four octets, and its depth. Children lie side by side."""
    nodes = bytearray(NODES * 4)
    used, deepest = 1, 0
    stack = [(tree, 0, 0)]
    while stack:
        node, place, depth = stack.pop(0)
        deepest = max(deepest, depth)
        if "split_feature" in node:
            left, used = used, used + 2
            # Features are whole numbers, so x <= t is x <= floor(t).
            threshold = int(numpy.clip(numpy.floor(node["threshold"]), -32768, 32767))
            head = (node["split_feature"], left)
            stack += [(node["left_child"], left, depth + 1), (node["right_child"], left + 1, depth + 1)]
        else:
            threshold = int(numpy.clip(numpy.rint(node["leaf_value"] / leaf_unit), -32768, 32767))
            head = (NEVER, place)
        nodes[place * 4 : place * 4 + 4] = bytes(head) + threshold.to_bytes(2, "little", signed=True)
    assert used <= NODES
    return bytes(nodes), deepest


def fit_trees(folder, plan):
    import lightgbm

    features = array(folder, "features.i16", "<i2").reshape(-1, plan["features"]).astype(numpy.float32)
    target, fold = array(folder, "target.u8", "u1"), array(folder, "fold.u8", "u1")
    weight = array(folder, "weight.f32", "<f4")
    settings = dict(
        objective="binary", num_leaves=plan["leaves"], max_depth=plan["depth"], learning_rate=plan["rate"],
        min_child_samples=50, max_bin=255, bagging_fraction=0.8, bagging_freq=1, feature_fraction=0.8, seed=1,
        deterministic=True, force_row_wise=True, num_threads=1, verbosity=-1, boost_from_average=False,
        lambda_l2=plan["leaf_strength"], min_data_in_bin=3,
    )  # fmt: skip

    def fit(rows):
        data = lightgbm.Dataset(features[rows], target[rows], weight=weight[rows])
        return lightgbm.train(settings, data, plan["trees"])

    # Margins of rows that the trees have not seen, for the tail of the thresholds.
    margins = numpy.zeros(len(target))
    for held in (0, 1):
        margins[fold == held] = fit(fold != held).predict(features[fold == held], raw_score=True)
    numpy.rint(margins / plan["leaf_unit"]).astype("<i4").tofile(folder / "margins.i32")
    model = fit(fold >= 0)
    trees = [flat(tree["tree_structure"], plan["leaf_unit"]) for tree in model.dump_model()["tree_info"]]
    (folder / "trees.bin").write_bytes(b"".join(nodes for nodes, _ in trees))
    (folder / "trees.json").write_text(json.dumps({"depth": max(depth for _, depth in trees), "trees": len(trees)}))


if __name__ == "__main__":
    job, folder = sys.argv[1], Path(sys.argv[2])
    plan = json.loads((folder / "plan.json").read_text())
    {"weights": fit_weights, "trees": fit_trees}[job](folder, plan)
