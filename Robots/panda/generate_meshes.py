#!/usr/bin/env python3
"""Writes the Panda's shells as OBJ files: python3 generate_meshes.py [FOLDER].

Every link is a signed distance field (rounded cylinders, capsules and boxes, blended smoothly like a casting),
meshed by surface nets, its vertices then moved onto the surface. Dark joint rings are turned profiles. Metres, in
each link's own frame. Needs Python 3 only, and writes the same bytes each time.
"""

import math
import os
import sys

MATERIALS = {
    "shell": (0.92, 0.92, 0.90),
    "seam": (0.10, 0.10, 0.11),
    "cap": (0.78, 0.79, 0.80),
    "flange": (0.62, 0.63, 0.65),
    "hand": (0.13, 0.13, 0.14),
    "rail": (0.34, 0.35, 0.37),
    "finger": (0.55, 0.56, 0.58),
    "pad": (0.16, 0.16, 0.17),
}

# ---------------------------------------------------------------- distance fields


def cylinder(a, b, radius, rounding=0.004):
    """A cylinder from a to b whose edges are rounded."""
    axis = [b[i] - a[i] for i in range(3)]
    length = math.sqrt(sum(v * v for v in axis))
    ux, uy, uz = (v / length for v in axis)
    ax, ay, az = a

    def field(x, y, z):
        px, py, pz = x - ax, y - ay, z - az
        h = px * ux + py * uy + pz * uz
        qx, qy, qz = px - h * ux, py - h * uy, pz - h * uz
        dr = math.sqrt(qx * qx + qy * qy + qz * qz) - radius + rounding
        da = abs(h - length / 2) - length / 2 + rounding
        outside = math.hypot(max(dr, 0.0), max(da, 0.0))
        return outside + min(max(dr, da), 0.0) - rounding

    return field


def capsule(a, b, radius_a, radius_b=None):
    """A capsule whose radius goes evenly from one end to the other."""
    radius_b = radius_a if radius_b is None else radius_b
    d = [b[i] - a[i] for i in range(3)]
    dd = sum(v * v for v in d)

    def field(x, y, z):
        p = (x - a[0], y - a[1], z - a[2])
        t = max(0.0, min(1.0, (p[0] * d[0] + p[1] * d[1] + p[2] * d[2]) / dd))
        q = [p[i] - t * d[i] for i in range(3)]
        return math.sqrt(q[0] * q[0] + q[1] * q[1] + q[2] * q[2]) - radius_a - t * (radius_b - radius_a)

    return field


def box(lower, upper, rounding):
    c = [(lower[i] + upper[i]) / 2 for i in range(3)]
    h = [(upper[i] - lower[i]) / 2 - rounding for i in range(3)]

    def field(x, y, z):
        q = (abs(x - c[0]) - h[0], abs(y - c[1]) - h[1], abs(z - c[2]) - h[2])
        o = math.sqrt(sum(max(v, 0.0) ** 2 for v in q))
        return o + min(max(q), 0.0) - rounding

    return field


def below(point, normal):
    """The half space that the normal points away from."""
    l = math.sqrt(sum(v * v for v in normal))
    n = [v / l for v in normal]
    return lambda x, y, z: (x - point[0]) * n[0] + (y - point[1]) * n[1] + (z - point[2]) * n[2]


def smooth_min(a, b, k):
    h = max(k - abs(a - b), 0.0) / k
    return min(a, b) - h * h * k * 0.25


def blend(k, *fields):
    def field(x, y, z):
        d = fields[0](x, y, z)
        for f in fields[1:]:
            d = smooth_min(d, f(x, y, z), k)
        return d

    return field


def cut(body, tool, k=0.006):
    return lambda x, y, z: -smooth_min(-body(x, y, z), tool(x, y, z), k)


def common(a, b, k=0.006):
    return lambda x, y, z: -smooth_min(-a(x, y, z), -b(x, y, z), k)


# ---------------------------------------------------------------- meshes: (positions, normals, triangles)


def gradient(field, p, h=2e-5):
    x, y, z = p
    g = (
        field(x + h, y, z) - field(x - h, y, z),
        field(x, y + h, z) - field(x, y - h, z),
        field(x, y, z + h) - field(x, y, z - h),
    )
    return [v / (2 * h) for v in g]


def surface_nets(field, lower, upper, cell):
    lower = [v - 1.37 * cell for v in lower]
    n = [int((upper[i] - lower[i]) / cell) + 3 for i in range(3)]
    at = lambda i, j, k: (i * n[1] + j) * n[2] + k
    values = [
        field(lower[0] + i * cell, lower[1] + j * cell, lower[2] + k * cell)
        for i in range(n[0])
        for j in range(n[1])
        for k in range(n[2])
    ]
    corners = [(a, b, c) for a in (0, 1) for b in (0, 1) for c in (0, 1)]
    edges = [(p, q) for p in range(8) for q in range(p + 1, 8) if bin(p ^ q).count("1") == 1]
    number, positions = {}, []
    for i in range(n[0] - 1):
        for j in range(n[1] - 1):
            for k in range(n[2] - 1):
                v = [values[at(i + a, j + b, k + c)] for a, b, c in corners]
                if max(v) < 0 or min(v) >= 0:
                    continue
                total, count = [0.0, 0.0, 0.0], 0
                for p, q in edges:
                    if (v[p] < 0) == (v[q] < 0):
                        continue
                    t = v[p] / (v[p] - v[q])
                    for m in range(3):
                        total[m] += corners[p][m] + t * (corners[q][m] - corners[p][m])
                    count += 1
                number[(i, j, k)] = len(positions)
                positions.append([lower[m] + cell * ((i, j, k)[m] + total[m] / count) for m in range(3)])
    quads = []
    for i in range(1, n[0] - 1):
        for j in range(1, n[1] - 1):
            for k in range(1, n[2] - 1):
                inside = values[at(i, j, k)] < 0
                for axis in range(3):
                    step = [0, 0, 0]
                    step[axis] = 1
                    other = values[at(i + step[0], j + step[1], k + step[2])] < 0
                    if inside == other:
                        continue
                    u, w = (axis + 1) % 3, (axis + 2) % 3
                    ring = []
                    for du, dw in ((-1, -1), (0, -1), (0, 0), (-1, 0)):
                        c = [i, j, k]
                        c[u] += du
                        c[w] += dw
                        ring.append(number[tuple(c)])
                    quads.append(ring if inside else ring[::-1])
    normals = []
    for p in positions:
        for _ in range(4):
            d, g = field(*p), gradient(field, p)
            gg = max(sum(v * v for v in g), 0.2)
            for m in range(3):
                p[m] -= max(-0.5 * cell, min(0.5 * cell, d * g[m] / gg))
        g = gradient(field, p)
        l = math.sqrt(sum(v * v for v in g)) or 1.0
        normals.append([v / l for v in g])
    triangles = []
    for a, b, c, d in quads:
        ac = sum((positions[a][m] - positions[c][m]) ** 2 for m in range(3))
        bd = sum((positions[b][m] - positions[d][m]) ** 2 for m in range(3))
        triangles += [(a, b, c), (a, c, d)] if ac <= bd else [(a, b, d), (b, c, d)]
    return positions, normals, triangles


def turned(profile, center, axis, segments=24):
    """A profile of (radius, height) points, outline downwards outside to inside, turned about an axis 'x', 'y', 'z'.

    Each stretch of the profile has its own vertices, so that the edges stay sharp.
    """
    m = "xyz".index(axis)
    positions, normals, triangles = [], [], []
    for (r0, h0), (r1, h1) in zip(profile, profile[1:]):
        l = math.hypot(r1 - r0, h1 - h0)
        nr, nh = (h1 - h0) / l, (r0 - r1) / l
        base = len(positions)
        for s in range(segments):
            a = 2 * math.pi * s / segments
            for r, h in ((r0, h0), (r1, h1)):
                for target, radial, height, origin in ((positions, r, h, center), (normals, nr, nh, (0, 0, 0))):
                    p = [0.0, 0.0, 0.0]
                    p[m] = height
                    p[(m + 1) % 3] = radial * math.cos(a)
                    p[(m + 2) % 3] = radial * math.sin(a)
                    target.append([p[i] + origin[i] for i in range(3)])
        for s in range(segments):
            a, b = base + 2 * s, base + 2 * s + 1
            c, d = base + 2 * ((s + 1) % segments), base + 2 * ((s + 1) % segments) + 1
            triangles += ([(a, c, d)] if r0 > 0 else []) + ([(a, d, b)] if r1 > 0 else [])
    return positions, normals, triangles


def disc(center, axis, radius, half, bevel=0.0008, segments=24):
    """A short turned cylinder, centred."""
    if bevel == 0:
        return turned([(0, -half), (radius, -half), (radius, half), (0, half)], center, axis, segments)
    profile = [(0, -half), (radius - bevel, -half), (radius, -half + bevel)]
    profile += [(radius, half - bevel), (radius - bevel, half), (0, half)]
    return turned(profile, center, axis, segments)


def collar(center, axis, radius, half=0.009):
    """The crisp end of a tube: covers the edge of a cast shell, which its coarse mesh leaves wavy."""
    return disc(center, axis, radius, half, 0.0012, 28)


def ring(center, axis, inner, outer, half, segments=24):
    """A flat ring; its inner wall is never seen."""
    return turned([(inner, -half), (outer, -half), (outer, half), (inner, half)], center, axis, segments)


# ---------------------------------------------------------------- the links

R = 0.055  # of the tubes
CLEAR = 0.0578  # of the space that a neighbouring hub turns in


def links():
    cast = surface_nets

    # Base: a foot with a heel for the connectors, drawn up into the first column.
    body = blend(
        0.05,
        cylinder((0, 0, 0), (0, 0, 0.132), 0.0558, 0.004),
        common(box((-0.075, -0.0946, 0), (0.0715, 0.0946, 0.036), 0.016), cylinder((-0.004, 0, -0.05), (-0.004, 0, 0.05), 0.1035), 0.02),
        box((-0.140, -0.062, 0), (-0.02, 0.062, 0.072), 0.018),
    )
    body = common(body, below((0, 0, 0.132), (0, 0, 1)), 0.003)
    body = common(body, lambda x, y, z: -z, 0.002)
    yield "link0", [
        ("shell", cast(body, (-0.16, -0.1, 0), (0.08, 0.1, 0.14), 0.0153)),
        ("shell", collar((0, 0, 0.1275), "z", 0.0566)),
        ("seam", disc((0, 0, 0.1385), "z", 0.0535, 0.0035, 0)),
        ("seam", cast(box((-0.1538, -0.045, 0.012), (-0.132, 0.045, 0.056), 0.005), (-0.154, -0.045, 0.012), (-0.132, 0.045, 0.056), 0.0153)),
    ]

    # Shoulder: the column bends sideways into one half of the hub.
    body = blend(0.055, cylinder((0, 0, -0.185), (0, 0, -0.045), R), cylinder((0, -0.129, 0), (0, -0.0025, 0), R, 0.012))
    body = cut(body, cylinder((0, 0, 0), (0, 0.2, 0), CLEAR))
    yield "link1", [
        ("shell", cast(body, (-0.06, -0.13, -0.195), (0.06, 0.06, 0.06), 0.0153)),
        ("shell", collar((0, 0, -0.1815), "z", 0.0556)),
        ("seam", disc((0, 0, 0), "y", 0.0525, 0.004, 0)),
        ("cap", ring((0, -0.1290, 0), "y", 0.0355, 0.0385, 0.0007)),
    ]

    # Upper arm: the other half, bending upwards (-y in its own frame).
    body = blend(0.055, cylinder((0, -0.185, 0), (0, -0.045, 0), R), cylinder((0, 0, 0.129), (0, 0, 0.0025), R, 0.012))
    body = cut(body, cylinder((0, 0, 0), (0, 0, -0.2), CLEAR))
    yield "link2", [
        ("shell", cast(body, (-0.06, -0.195, -0.06), (0.06, 0.06, 0.13), 0.0153)),
        ("shell", collar((0, -0.1815, 0), "y", 0.0556)),
        ("seam", disc((0, -0.1930, 0), "y", 0.0535, 0.0035, 0)),
        ("cap", ring((0, 0, 0.1290), "z", 0.0355, 0.0385, 0.0007)),
    ]

    # Elbow, lower half: the column leads forwards and sideways into the hub of joint 4.
    body = blend(
        0.05,
        cylinder((0, 0, -0.1130), (0, 0, -0.02), R),
        cylinder((0.0825, 0.111, 0), (0.0825, 0.0025, 0), R, 0.012),
        capsule((0.0, 0.012, -0.035), (0.06, 0.05, -0.005), 0.045, 0.045),
    )
    body = cut(body, cylinder((0.0825, 0, 0), (0.0825, -0.2, 0), CLEAR))
    yield "link3", [
        ("shell", cast(body, (-0.06, -0.06, -0.125), (0.14, 0.115, 0.06), 0.0153)),
        ("shell", collar((0, 0, -0.1100), "z", 0.0556)),
        ("seam", disc((0.0825, 0, 0), "y", 0.0525, 0.004, 0)),
        ("cap", ring((0.0825, 0.1110, 0), "y", 0.0355, 0.0385, 0.0007)),
    ]

    # Elbow, upper half, leading back over the column.
    body = blend(
        0.05,
        cylinder((-0.0825, 0.1150, 0), (-0.0825, 0.02, 0), R),
        cylinder((0, 0, 0.111), (0, 0, 0.0025), R, 0.012),
        capsule((-0.0825, 0.035, 0.012), (-0.0225, 0.005, 0.05), 0.045, 0.045),
    )
    body = cut(body, cylinder((0, 0, 0), (0, 0, -0.2), CLEAR))
    yield "link4", [
        ("shell", cast(body, (-0.14, -0.06, -0.06), (0.06, 0.125, 0.115), 0.0153)),
        ("shell", collar((-0.0825, 0.1120, 0), "y", 0.0556)),
        ("seam", disc((-0.0825, 0.1230, 0), "y", 0.0535, 0.0035, 0)),
        ("cap", ring((0, 0, 0.1110), "z", 0.0355, 0.0385, 0.0007)),
    ]

    # Forearm: a round foot, then a blade on the +y side that ends in the hub of joint 6.
    body = blend(
        0.05,
        cylinder((0, 0, -0.2530), (0, 0, -0.185), R),
        capsule((0, 0.010, -0.185), (0, 0.085, -0.055), 0.047, 0.038),
        cylinder((0, 0.1295, 0), (0, 0.0475, 0), 0.0515, 0.012),
    )
    body = cut(body, cylinder((0, 0.0445, 0), (0, -0.2, 0), 0.075), 0.02)
    body = common(body, below((0, 0.1295, 0), (0, 1, 0)), 0.01)
    yield "link5", [
        ("shell", cast(body, (-0.06, -0.06, -0.265), (0.06, 0.135, 0.06), 0.0153)),
        ("shell", collar((0, 0, -0.2495), "z", 0.0556)),
        ("seam", disc((0, 0.0455, 0), "y", 0.0475, 0.004, 0)),
        ("cap", ring((0, 0.1295, 0), "y", 0.0335, 0.0365, 0.0007)),
    ]

    # Wrist: the hub of joint 6, and beside it the upright barrel of joint 7.
    body = blend(
        0.035,
        cylinder((0, 0, -0.0415), (0, 0, 0.056), 0.0495, 0.014),
        cylinder((0.088, 0.0815, 0), (0.088, -0.0450, 0), 0.0437, 0.010),
        capsule((0.01, 0.002, 0.006), (0.088, 0.022, 0.0), 0.042, 0.036),
    )
    yield "link6", [
        ("shell", cast(body, (-0.055, -0.056, -0.05), (0.135, 0.085, 0.06), 0.0132)),
        ("shell", collar((0.088, -0.0400, 0), "y", 0.0444)),
        ("seam", disc((0.088, -0.0505, 0), "y", 0.0405, 0.003, 0)),
        ("cap", ring((0.088, 0.0815, 0), "y", 0.0275, 0.030, 0.0007)),
        ("cap", ring((0, 0, 0.0560), "z", 0.0295, 0.032, 0.0007)),
    ]

    # Wrist end with the two-button bulge; the flange below it.
    body = blend(
        0.02,
        cylinder((0, 0, 0.0575), (0, 0, 0.089), 0.0437, 0.009),
        capsule((0.02, 0.02, 0.071), (0.042, 0.042, 0.074), 0.0195, 0.0165),
    )
    yield "link7", [
        ("shell", cast(body, (-0.05, -0.05, 0.05), (0.07, 0.07, 0.095), 0.0112)),
        ("shell", collar((0, 0, 0.0620), "z", 0.0444, 0.008)),
        ("flange", disc((0, 0, 0.097), "z", 0.0315, 0.0100)),
        ("seam", disc((0.0555, 0.0555, 0.0745), "z", 0.0035, 0.010, segments=12)),
    ]

    # Hand: a wide slim case under a collar, the rail of the fingers below.
    body = blend(
        0.02,
        box((-0.0315, -0.1020, 0.004), (0.0315, 0.1020, 0.0555), 0.014),
        cylinder((0, 0, -0.008), (0, 0, 0.03), 0.0315, 0.004),
    )
    yield "hand", [
        ("hand", cast(body, (-0.035, -0.106, -0.01), (0.035, 0.106, 0.06), 0.0115)),
        ("rail", cast(box((-0.0165, -0.0985, 0.05), (0.0165, 0.0985, 0.0655), 0.003), (-0.0165, -0.0985, 0.05), (0.0165, 0.0985, 0.0655), 0.0105)),
        ("flange", disc((0, 0, -0.0005), "z", 0.0325, 0.0035)),
    ]

    # Left finger; the right one is this turned by half a turn about z. Its pad's face is the plane y = 0.
    carriage = box((-0.0105, 0.0008, 0.0), (0.0105, 0.0264, 0.0185), 0.002)
    stem = box((-0.0100, 0.0012, 0.010), (0.0100, 0.0155, 0.0532), 0.002)
    stem = common(stem, below((0, 0.0155, 0.020), (0, 1, 0.22)), 0.003)
    yield "finger", [
        ("finger", cast(blend(0.006, carriage, stem), (-0.0105, 0.0008, 0.0), (0.0105, 0.0264, 0.054), 0.0044)),
        ("pad", cast(box((-0.0088, 0.0, 0.0345), (0.0088, 0.004, 0.0537), 0.0012), (-0.0088, 0, 0.0345), (0.0088, 0.004, 0.0537), 0.0035)),
    ]


# ---------------------------------------------------------------- files


def volume(mesh):
    positions, _, triangles = mesh
    total = 0.0
    for a, b, c in triangles:
        (x0, y0, z0), (x1, y1, z1), (x2, y2, z2) = positions[a], positions[b], positions[c]
        total += x0 * (y1 * z2 - z1 * y2) + y0 * (z1 * x2 - x1 * z2) + z0 * (x1 * y2 - y1 * x2)
    return total / 6


def number(v, digits):
    text = f"{v:.{digits}f}".rstrip("0").rstrip(".")
    return "0" if text in ("-0", "") else text.replace("0.", ".", 1) if text.lstrip("-").startswith("0.") else text


def write_obj(path, parts):
    lines, offset, count = ["# Made by generate_meshes.py; metres, in the link's frame.", "mtllib panda.mtl"], 1, 0
    for material, mesh in parts:
        positions, normals, triangles = mesh
        assert volume(mesh) > 0, (path, material, volume(mesh))
        lines.append(f"usemtl {material}")
        lines += ["v " + " ".join(number(v, 5) for v in p) for p in positions]
        lines += ["vn " + " ".join(number(v, 3) for v in p) for p in normals]
        lines += ["f " + " ".join(f"{v + offset}//{v + offset}" for v in t) for t in triangles]
        offset += len(positions)
        count += len(triangles)
    with open(path, "w", newline="\n") as file:
        file.write("\n".join(lines) + "\n")
    return count


def main():
    folder = sys.argv[1] if len(sys.argv) > 1 else os.path.join(os.path.dirname(os.path.abspath(__file__)), "meshes")
    os.makedirs(folder, exist_ok=True)
    with open(os.path.join(folder, "panda.mtl"), "w", newline="\n") as file:
        for name, color in MATERIALS.items():
            file.write(f"newmtl {name}\nKd " + " ".join(f"{v:g}" for v in color) + "\n")
    total = 0
    for name, parts in links():
        path = os.path.join(folder, name + ".obj")
        count = write_obj(path, parts)
        total += count
        print(f"{name}: {count} triangles, {os.path.getsize(path)} bytes")
    print(f"in all: {total} triangles")


if __name__ == "__main__":
    main()
