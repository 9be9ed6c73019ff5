using ChaosHarness.Measurement;
using ChaosHarness.Timing;

namespace ChaosHarness.NUnit.Constraints;

/// <summary>Constraints on how soon the system noticed, and how soon it noticed the end.</summary>
public static class Detected
{
    /// <summary>Some source noticed, for certain, within a time (TTD).</summary>
    /// <param name="time">Such as <c>2s</c>.</param>
    /// <returns>The constraint.</returns>
    public static ResultConstraint Within(string time) => new MeasurementConstraint(
        $"detected within {time}",
        measured => measured.Detections is [var first, ..] ? $"{first.TimeToDetect} by {first.Source}" : "not detected",
        measured => measured.Detections is [var first, ..] && first.TimeToDetect.AtMost(DurationText.Parse(time)));

    /// <summary>One source noticed, for certain, within a time.</summary>
    /// <param name="source">The source of the signal.</param>
    /// <param name="time">Such as <c>2s</c>.</param>
    /// <returns>The constraint.</returns>
    public static ResultConstraint By(string source, string time) => new MeasurementConstraint(
        $"detected by {source} within {time}",
        measured => Of(measured.Detections, source)?.TimeToDetect.ToString() ?? "not detected",
        measured => Of(measured.Detections, source)?.TimeToDetect.AtMost(DurationText.Parse(time)) ?? false);

    /// <summary>One source that had noticed said, within a time after the revert, that all is well again.</summary>
    /// <param name="source">The source of the signal.</param>
    /// <param name="time">Such as <c>5s</c>.</param>
    /// <returns>The constraint.</returns>
    public static ResultConstraint AndReinstatedBy(string source, string time) => new MeasurementConstraint(
        $"reinstated by {source} within {time} of the revert",
        measured => Of(measured.Detections, source)?.TimeToReinstate?.ToString() ?? "not reinstated",
        measured => Of(measured.Detections, source)?.TimeToReinstate?.AtMost(DurationText.Parse(time)) ?? false);

    private static Detection? Of(IReadOnlyList<Detection> detections, string source) => detections.FirstOrDefault(detection => detection.Source == source);
}
