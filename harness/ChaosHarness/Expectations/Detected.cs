using ChaosHarness.Checkers;
using ChaosHarness.Checkers.Detections;
using ChaosHarness.Timing;

namespace ChaosHarness.Expectations;

/// <summary>Expects the system to notice by itself, and to notice the end. A breaker that opens has noticed.</summary>
public static class Detected
{
    private static readonly DetectionChecker Checker = new();

    /// <summary>Some source notices, for certain, within a time of the first strike (TTD).</summary>
    /// <param name="time">Such as <c>90s</c>.</param>
    /// <returns>The expectation.</returns>
    public static Expectation Within(string time) => Within(TimeLimit.Parse("Detected.Within", time));

    /// <summary>Some source notices, for certain, within a time of the first strike (TTD).</summary>
    /// <param name="time">The longest that it may take.</param>
    /// <returns>The expectation.</returns>
    public static Expectation Within(TimeSpan time) => Within(TimeLimit.Of(time));

    /// <summary>One source notices, for certain, within a time of the strike.</summary>
    /// <param name="source">The source of the signal.</param>
    /// <param name="time">Such as <c>3s</c>.</param>
    /// <returns>The expectation.</returns>
    public static Expectation By(string source, string time)
    {
        var limit = TimeLimit.Parse("Detected.By", time);
        return Expectation.Of(Checker, $"detected by {source} within {limit.Text}", Judge).WithMistakes(limit.Mistake);

        Judgement Judge(DetectionFinding finding, double speed) => finding.By(source) is { } detection
            ? Held.Within(detection.TimeToDetect, detection.TimeToDetect.ToString(), limit, Held.FigureOf(finding, FigureNames.TimeToDetect, source), speed)
            : Held.Within(null, finding.Detections.Count > 0 ? $"not detected by it, but {finding}" : finding.ToString(), limit, new Figure(FigureNames.TimeToDetect, source, Unit.Seconds, null, null), speed);
    }

    /// <summary>One source that had noticed says, within a time after the way back began, that all is well again.</summary>
    /// <param name="source">The source of the signal.</param>
    /// <param name="time">Such as <c>5s</c>.</param>
    /// <returns>The expectation.</returns>
    public static Expectation AndReinstatedBy(string source, string time)
    {
        var limit = TimeLimit.Parse("Detected.AndReinstatedBy", time);
        return Expectation.Of(Checker, $"reinstated by {source} within {limit.Text} of the revert", Judge).WithMistakes(limit.Mistake);

        Judgement Judge(DetectionFinding finding, double speed) => Held.Within(
            finding.By(source)?.TimeToReinstate,
            Words(finding.By(source)),
            limit,
            Held.FigureOf(finding, FigureNames.TimeToReinstate, source) ?? new Figure(FigureNames.TimeToReinstate, source, Unit.Seconds, null, null),
            speed);
    }

    private static Expectation Within(TimeLimit limit) => Expectation.Of(
        Checker,
        $"detected within {limit.Text}",
        (finding, speed) => Held.Within(finding.TimeToDetect, finding.ToString(), limit, Held.FigureOf(finding, FigureNames.TimeToDetect, ""), speed))
        .WithMistakes(limit.Mistake);

    private static string Words(Detection? detection) => detection switch
    {
        null => "it had not detected anything",
        { TimeToReinstate: { Upper: not null } bounds } => bounds.ToString(),
        { TimeToReinstate: { Lower: var lower } } => $"not reinstated after {DurationText.Format(lower)}",
        _ => "not reinstated, and nothing was undone",
    };
}
