using System.Globalization;
using System.Text.Json.Nodes;
using ChaosHarness.Checkers;
using ChaosHarness.Timing;

namespace ChaosHarness.Journals;

/// <summary>
/// Journals of schema 1 held each measurement under a name of its own. What they say becomes figures and findings, as if today's
/// checkers had found it; nothing is measured again.
/// </summary>
internal static class EarlierJournal
{
    private const string Schema = "schema";

    /// <summary>Brings a document up to the current schema, in place.</summary>
    public static void Upgrade(JsonObject document)
    {
        if (document["result"] is not JsonObject result || result["measurements"] is not JsonObject measured)
        {
            return;
        }

        result.Remove("measurements");
        var signal = Text(measured["signal"]);
        var figures = new JsonArray();
        var findings = new JsonArray();
        Recovery(measured["recovery"] as JsonObject, signal, Number(result["objectives"]?["rto"]), FirstRevert(result), figures, findings);
        Loss(measured["dataLoss"] as JsonObject, result, signal, figures, findings);
        Availability(measured["availability"] as JsonObject, signal, Number(result["objectives"]?["availability"]), figures, findings);
        Latency(measured["latencyDuring"] as JsonObject, signal, figures, findings);
        Detections(measured["detections"] as JsonArray, figures, findings);
        Breakers(measured["breakers"] as JsonArray, figures, findings);
        Impacts(measured["impacts"] as JsonArray, figures, findings);
        Move(measured, "latencyHistogram", result);
        if (measured["dataLoss"] is JsonObject loss)
        {
            Move(loss, "lostWrites", result);
        }

        result["signal"] = signal;
        result["figures"] = figures;
        result["findings"] = findings;
        document[Schema] = JournalDocument.CurrentSchema;
    }

    private static void Recovery(JsonObject? recovery, string? signal, double? objective, double? firstRevert, JsonArray figures, JsonArray findings)
    {
        if (recovery?["actual"] is not JsonObject actual)
        {
            return;
        }

        var (lower, upper) = (Number(actual["lower"]), Number(actual["upper"]));
        var isInterrupted = recovery["interrupted"]?.GetValue<bool>() ?? true;
        figures.Add(Figure(FigureNames.RecoveryTime, signal, Unit.Seconds, lower, upper, Better.Lower, objective, objective is null ? null : upper <= objective));
        if (!isInterrupted && upper is not null)
        {
            figures.Add(Figure(FigureNames.UnseenInterruption, signal, Unit.Seconds, 0, upper, Better.Lower));
        }

        if (Number(recovery["stableFrom"]) is { } stable)
        {
            var itself = stable <= (firstRevert ?? double.PositiveInfinity) ? 1 : 0;
            figures.Add(Figure(FigureNames.HealedByItself, signal, Unit.Count, itself, itself, Better.Higher));
        }

        findings.Add(Finding($"recovery of {signal}", (isInterrupted, upper) switch
        {
            (false, { } longest) => $"no interruption longer than {Duration(longest)}",
            (_, null) => $"not recovered after {Duration(lower ?? 0)}",
            var (_, most) => $"{Duration(lower ?? 0)}..{Duration(most.Value)}",
        }));
    }

    private static void Loss(JsonObject? loss, JsonObject result, string? signal, JsonArray figures, JsonArray findings)
    {
        if (loss is null)
        {
            return;
        }

        var objective = result["objectives"]?["rpo"];
        var (writes, age) = (Number(objective?["writes"]), Number(objective?["age"]));
        var (lost, lostAge, acknowledged) = (Number(loss["lost"]) ?? 0, Number(loss["age"]) ?? 0, Number(loss["acknowledged"]) ?? 0);
        figures.Add(Figure(FigureNames.LostWrites, signal, Unit.Count, lost, lost, Better.Lower, writes, writes is null ? null : lost <= writes));
        figures.Add(Figure(FigureNames.RecoveryPoint, signal, Unit.Seconds, lostAge, lostAge, Better.Lower, age, age is null ? null : lostAge <= age));
        figures.Add(Figure(FigureNames.AcknowledgedWrites, signal, Unit.Count, acknowledged, acknowledged, Better.Neither));
        Count(FigureNames.IndeterminateWrites, loss["indeterminate"], signal, Better.Neither, figures);
        Count(FigureNames.DuplicatedWrites, loss["duplicated"], signal, Better.Lower, figures);
        Count(FigureNames.DivergedWrites, loss["diverged"], signal, Better.Lower, figures);
        var text = string.Create(CultureInfo.InvariantCulture, $"{lost} of {acknowledged} writes");
        findings.Add(Finding($"loss of {signal}", lost > 0 ? $"{text}, {Duration(lostAge)}" : text));
    }

    private static void Availability(JsonObject? availability, string? signal, double? objective, JsonArray figures, JsonArray findings)
    {
        if (availability is null || Number(availability["due"]) is not { } due || due == 0)
        {
            return;
        }

        var good = Number(availability["good"]) ?? 0;
        var ratio = good / due;
        figures.Add(Figure(FigureNames.Availability, signal, Unit.Ratio, ratio, ratio, Better.Higher, objective, objective is null ? null : ratio >= objective));
        findings.Add(Finding($"availability of {signal}", string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(ratio * 10000) / 100:0.##}% ({good} of {due})")));
    }

    private static void Latency(JsonObject? latency, string? signal, JsonArray figures, JsonArray findings)
    {
        if (latency is null)
        {
            return;
        }

        foreach (var percentile in (double[])[50, 95, 99])
        {
            if (Number(latency[string.Create(CultureInfo.InvariantCulture, $"p{percentile}")]) is { } seconds)
            {
                figures.Add(Figure(FigureNames.Latency(percentile), signal, Unit.Seconds, seconds, seconds, Better.Lower));
            }
        }

        findings.Add(Finding($"latency of {signal}", $"p50 {Duration(Number(latency["p50"]) ?? 0)}, p99 {Duration(Number(latency["p99"]) ?? 0)}, max {Duration(Number(latency["maximum"]) ?? 0)}"));
    }

    private static void Detections(JsonArray? detections, JsonArray figures, JsonArray findings)
    {
        foreach (var (detection, index) in Objects(detections).Select((detection, index) => (detection, index)))
        {
            var source = Text(detection["source"]);
            var (lower, upper) = (Number(detection["timeToDetect"]?["lower"]), Number(detection["timeToDetect"]?["upper"]));
            if (index == 0)
            {
                figures.Add(Figure(FigureNames.TimeToDetect, "", Unit.Seconds, lower, upper, Better.Lower));
                findings.Add(Finding("detection", $"{Duration(lower ?? 0)}..{Duration(upper ?? 0)} by {source}"));
            }

            figures.Add(Figure(FigureNames.TimeToDetect, source, Unit.Seconds, lower, upper, Better.Lower));
            if (detection["timeToReinstate"] is JsonObject reinstated)
            {
                figures.Add(Figure(FigureNames.TimeToReinstate, source, Unit.Seconds, Number(reinstated["lower"]), Number(reinstated["upper"]), Better.Lower));
            }
        }
    }

    private static void Breakers(JsonArray? breakers, JsonArray figures, JsonArray findings)
    {
        foreach (var breaker in Objects(breakers))
        {
            var name = Text(breaker["breaker"]);
            var sequence = (breaker["sequence"] as JsonArray)?.Select(Text).ToList() ?? [];
            var changes = Math.Max(sequence.Count - 1, 0);
            figures.Add(Figure(FigureNames.BreakerChanges, name, Unit.Count, changes, changes, Better.Neither));
            Count(FigureNames.BreakerLetThrough, breaker["letThrough"], name, Better.Lower, figures);
            Count(FigureNames.BreakerKeptOff, breaker["keptOff"], name, Better.Higher, figures);
            foreach (var (figure, member) in new[] { (FigureNames.BreakerTimeToOpen, "timeToOpen"), (FigureNames.BreakerTimeToClose, "timeToClose") })
            {
                if (breaker[member] is JsonObject bounds)
                {
                    figures.Add(Figure(figure, name, Unit.Seconds, Number(bounds["lower"]), Number(bounds["upper"]), Better.Lower));
                }
            }

            findings.Add(Finding($"breaker {name}", string.Join(" > ", sequence)));
        }
    }

    private static void Impacts(JsonArray? impacts, JsonArray figures, JsonArray findings)
    {
        foreach (var impact in Objects(impacts))
        {
            var (good, due) = (Number(impact["availability"]?["good"]) ?? 0, Number(impact["availability"]?["due"]) ?? 0);
            if (due > 0)
            {
                var fault = Text(impact["fault"]);
                figures.Add(Figure(FigureNames.ImpactAvailability, fault, Unit.Ratio, good / due, good / due, Better.Higher));
                findings.Add(Finding($"while: {fault}", string.Create(CultureInfo.InvariantCulture, $"{Math.Floor(good / due * 10000) / 100:0.##}% ({good} of {due}) available")));
            }
        }
    }

    private static double? FirstRevert(JsonObject result)
    {
        var injected = Number(result["injection"]?["start"]) ?? 0;
        return Objects(result["faults"] as JsonArray).Where(fault => Number(fault["injected"]?["start"]) >= injected).Select(fault => Number(fault["reverted"]?["start"])).Min();
    }

    private static JsonObject Figure(string name, string? subject, Unit unit, double? lower, double? upper, Better better, double? objective = null, bool? met = null)
    {
        var figure = new JsonObject { ["name"] = name, ["subject"] = subject ?? "", ["unit"] = unit.Symbol, ["lower"] = lower, ["upper"] = upper, ["better"] = better.ToString() };
        return new JsonObject { ["figure"] = figure, ["objective"] = objective, ["met"] = met };
    }

    private static JsonObject Finding(string name, string text) => new() { ["name"] = name, ["text"] = text };

    private static void Count(string name, JsonNode? node, string? subject, Better better, JsonArray figures)
    {
        if (Number(node) is { } count)
        {
            figures.Add(Figure(name, subject, Unit.Count, count, count, better));
        }
    }

    private static void Move(JsonObject from, string member, JsonObject to)
    {
        if (from[member] is { } node)
        {
            from.Remove(member);
            to[member] = node;
        }
    }

    private static IEnumerable<JsonObject> Objects(JsonArray? array) => array?.OfType<JsonObject>() ?? [];

    private static string Text(JsonNode? node) => node?.GetValue<string>() ?? "";

    private static double? Number(JsonNode? node) => node is JsonValue value && value.TryGetValue<double>(out var number) ? number : null;

    private static string Duration(double seconds) => DurationText.Format(TimeSpan.FromSeconds(seconds));
}
