"""What numba cannot say to LLVM: arrays that do not overlap, and posts taken by permutation.

Without the first, every loop that reads at computed places stays scalar. Without the second, the
posts beside sixteen rays are gathered one by one; they lie within seventeen neighbours, so two
loads and two permutations bring them, in half the time. Where the processor has no such
instruction the plain loop is compiled, with the same results.

A trap for whoever changes this file: numba's cache of ``kernel.py`` does not see it. Touch that
file too, or the kernel compiled before is used.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from llvmlite import ir  # type: ignore[import-untyped]
from numba import njit, types
from numba.core.registry import cpu_target
from numba.extending import intrinsic

GRID, POST, STRAIGHT, SLOPES, HORIZON, BEFORE, BAND, OUT, SAMPLES = range(9)
"""Aliasing tags, one for each array of the kernel: no two of them overlap."""

_TAGS = 9
_FASTMATH = {"contract", "nsz"}


def compiled(function: Callable[..., Any]) -> Any:
    """Compile at the first call, keep the result beside the source or in the user's cache.

    Where neither can be written the function is compiled anew in each process. ``contract`` lets
    products and sums fuse; nothing else of IEEE arithmetic is given up.
    """
    try:
        made: Any = njit(cache=True, nogil=True, fastmath=_FASTMATH, error_model="numpy")(function)
    except RuntimeError:
        made = njit(nogil=True, fastmath=_FASTMATH, error_model="numpy")(function)
    return made


def _tagged(instruction: Any, module: Any, tag: int) -> Any:
    domain = module.add_metadata(["shieldwall.coverage"])
    scopes = [module.add_metadata([f"tag {n}", domain]) for n in range(_TAGS)]
    others = [scope for n, scope in enumerate(scopes) if n != tag]
    instruction.set_metadata("alias.scope", module.add_metadata([scopes[tag]]))
    instruction.set_metadata("noalias", module.add_metadata(others))
    return instruction


def _address(context: Any, builder: Any, array_type: Any, array: Any, index: Any) -> Any:
    return builder.gep(context.make_array(array_type)(context, builder, array).data, [index])


def _typed_get(typing: Any, array: Any, index: Any, tag: Any) -> Any:
    """``array[index]`` of a contiguous array, unchecked, under an aliasing tag."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        place = _address(context, builder, signature.args[0], args[0], args[1])
        return _tagged(builder.load(place), builder.module, signature.args[2].literal_value)

    return array.dtype(array, types.intp, tag), code


def _typed_put(typing: Any, array: Any, index: Any, value: Any, tag: Any) -> Any:
    """``array[index] = value`` of a contiguous array, unchecked, under an aliasing tag."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        place = _address(context, builder, signature.args[0], args[0], args[1])
        _tagged(builder.store(args[2], place), builder.module, signature.args[3].literal_value)

    return types.void(array, types.intp, array.dtype, tag), code


get: Any = intrinsic(prefer_literal=True)(_typed_get)
put: Any = intrinsic(prefer_literal=True)(_typed_put)


def _permutation() -> tuple[int, str]:
    """Lanes and name of the instruction that permutes float32 by index: (1, "") if none."""
    features = str(cpu_target.target_context.codegen().magic_tuple()[-1]).split(",")
    if "+avx512f" in features:
        return 16, "llvm.x86.avx512.permvar.sf.512"
    if "+avx2" in features:
        return 8, "llvm.x86.avx2.permps"
    return 1, ""


LANES, _PERMUTE = _permutation()

MOST_LANES = 16
"""Elements that may be read or written beyond the last ray."""


def _typed_beside(
    typing: Any, w: Any, slopes: Any, ray: Any, away: Any, samples: Any, at: Any, block: Any
) -> Any:
    """``LANES`` turns of the loop in ``_sample_plainly``, from ``ray`` and ``at`` on."""

    def code(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        whole, long = ir.IntType(32), ir.IntType(64)
        reals, wholes = ir.VectorType(ir.FloatType(), LANES), ir.VectorType(whole, LANES)

        def place(n: int, index: Any) -> Any:
            pointer = _address(context, builder, signature.args[n], args[n], index)
            return builder.bitcast(pointer, reals.as_pointer())

        def load(n: int, index: Any, tag: int) -> Any:
            return _tagged(builder.load(place(n, index), align=4), builder.module, tag)

        def spread(value: Any, kind: Any) -> Any:
            one = builder.insert_element(ir.Constant(kind, ir.Undefined), value, whole(0))
            return builder.shuffle_vector(one, one, ir.Constant(wholes, [0] * LANES))

        where = builder.fmul(load(1, args[2], SLOPES), spread(args[3], reals))
        left = builder.fptosi(where, wholes)
        first = builder.extract_element(left, whole(0))
        turn = builder.sub(left, spread(first, wholes))
        permute = builder.module.declare_intrinsic(
            _PERMUTE, (), ir.FunctionType(reals, [reals, wholes])
        )
        start = builder.sext(first, long)
        here = builder.call(permute, [load(0, start, STRAIGHT), turn])
        right = builder.call(permute, [load(0, builder.add(start, long(1)), STRAIGHT), turn])
        part = builder.fsub(where, builder.sitofp(left, reals))
        for n, value in enumerate((part, here, right)):
            index = builder.add(args[5], builder.mul(args[6], long(n)))
            stored = builder.store(value, place(4, index), align=4)
            _tagged(stored, builder.module, SAMPLES)
        return context.get_dummy_value()

    arguments = (w, slopes, types.intp, types.float32, samples, types.intp, types.intp)
    return types.void(*arguments), code


_beside: Any = intrinsic(_typed_beside)


def _sample_by_permutation(
    w: Any, slopes: Any, first: int, count: int, away: Any, samples: Any, block: int
) -> None:
    for n in range(0, count, LANES):
        _beside(w, slopes, first + n, away, samples, n, block)


def _sample_plainly(
    w: Any, slopes: Any, first: int, count: int, away: Any, samples: Any, block: int
) -> None:
    for n in range(count):
        where = get(slopes, first + n, SLOPES) * away
        left = np.int32(where)
        put(samples, n, where - np.float32(left), SAMPLES)
        put(samples, n + block, get(w, left, STRAIGHT), SAMPLES)
        put(samples, n + 2 * block, get(w, left + 1, STRAIGHT), SAMPLES)


sample = compiled(_sample_by_permutation if LANES > 1 else _sample_plainly)
"""Where rays cross the line ``away``: ``samples`` receives, a ``block`` apart, the part of a cell
beyond the post to the left, that post of ``w``, and the one to the right.

Neighbouring rays must lie less than (LANES - 1) / LANES of a cell apart, or the lanes overrun.
"""
