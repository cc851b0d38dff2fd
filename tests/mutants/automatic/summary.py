"""What the results say: rates with their intervals by operator and folder, and every survivor."""

import math


def wilson(hits, runs, z=1.959964):
    """Wilson's score interval of 95 %; all of [0, 1] without runs."""
    if runs == 0:
        return 0.0, 1.0
    rate = hits / runs
    middle, scale = rate + z * z / (2 * runs), 1 + z * z / runs
    spread = z * math.sqrt(rate * (1 - rate) / runs + z * z / (4 * runs * runs))
    return max(0.0, (middle - spread) / scale), min(1.0, (middle + spread) / scale)


def rate(hits, runs):
    low, high = wilson(hits, runs)
    return f"{100 * hits / runs if runs else 0:5.1f} % ({100 * low:.1f} to {100 * high:.1f})"


def kind_of(step):
    if step is None:
        return "survived"
    return "sim" if step.startswith("sim") else "live" if step.startswith("live") else "unit"


def row(name, results):
    kinds = [kind_of(each["step"]) for each in results]
    unreached = sum(1 for each in results if each["step"] is None and not each["reached"])
    killed = len(results) - kinds.count("survived")
    return (f"{name:18} {len(results):5} {kinds.count('sim'):5} {kinds.count('unit'):5} {kinds.count('live'):5} "
            f"{kinds.count('survived') - unreached:9} {unreached:11}   {rate(killed, len(results))}")


def printed(results, found, built, known):
    lines = [f"{found} mutants, {found - built} did not compile, {len(results)} run", "",
             f"{'':18} {'run':>5} {'sim':>5} {'unit':>5} {'live':>5} {'survived':>9} {'not reached':>11}   killed, 95 % interval"]
    for key in (lambda each: each["operator"], lambda each: each["file"].rpartition("/")[0]):
        for name in sorted({key(each) for each in results}):
            lines.append(row(name, [each for each in results if key(each) == name]))
        lines.append("")
    lines.append(row("all", results))
    counted = [each for each in results if known.get(each["id"], {}).get("status") != "equivalent" or each["step"]]
    lines.append(row("not equivalent", counted))
    lines.append("")
    for each in sorted(results, key=lambda one: (one["file"], one["line"])):
        if each["step"] is None:
            why = known.get(each["id"])
            said = f"{why['status']}: {why['why']}" if why else "NOT EXPLAINED"
            how = "" if each["reached"] else "(not reached) "
            lines.append(f"{each['id']} {each['operator']} {each['file']}:{each['line']} {how}{each['text']}\n    {said}")
    return "\n".join(lines)
