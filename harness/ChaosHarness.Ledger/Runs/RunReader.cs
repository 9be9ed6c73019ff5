using System.Text.Json;
using ChaosHarness.Experiments;
using ChaosHarness.Journals;

namespace ChaosHarness.Ledger.Runs;

/// <summary>Makes the entry of the ledger from the record of a run.</summary>
public static class RunReader
{
    // Nothing that a person reads is longer; what is longer was sent to fill the ledger.
    private const int LongestText = 2_000;

    /// <summary>Reads a record.</summary>
    /// <param name="result">The record.</param>
    /// <returns>The entry.</returns>
    /// <exception cref="FormatException">It has an outcome that there is not.</exception>
    public static LedgerEntry Read(RunRecord result)
    {
        ArgumentNullException.ThrowIfNull(result);
        if (!Enum.IsDefined(result.Outcome))
        {
            throw new FormatException($"The outcome {result.Outcome} is none that this version knows.");
        }

        var measured = result.Measurements;
        var run = new LedgerRun
        {
            RunId = Cut(result.RunId),
            ExperimentId = Cut(result.ExperimentId),
            Name = Cut(result.Name),
            System = Cut(result.System),
            Environment = Cut(result.Environment),
            Topology = Cut(result.Topology),
            Origin = result.Origin,
            StartedAt = result.StartedAt,
            Duration = result.Duration,
            Outcome = result.Outcome,
            Reason = result.Reason is { } reason ? Cut(reason) : null,
            Objectives = result.Objectives,
            Recovery = measured.Recovery?.Actual,
            Interrupted = measured.Recovery?.Interrupted,
            WritesAcknowledged = measured.DataLoss?.Acknowledged,
            WritesLost = measured.DataLoss?.Lost,
            WritesDiverged = measured.DataLoss?.Diverged,
            LossAge = measured.DataLoss?.Age,
            TimeToDetect = measured.Detections is [var first, ..] ? first.TimeToDetect : null,
            DetectedBy = measured.Detections is [var quickest, ..] ? Cut(quickest.Source) : null,
            Availability = measured.Availability,
            LatencyBeforeP99 = measured.LatencyBefore?.P99,
            LatencyP50 = measured.LatencyDuring?.P50,
            LatencyP99 = measured.LatencyDuring?.P99,
            LatencyMaximum = measured.LatencyDuring?.Maximum,
            CapacityLost = RunEvidence.CapacityLost(result),
            Evidence = RunEvidence.Of(result),
            Labels = [.. result.Labels.Select(Cut).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
        return new LedgerEntry(run, Details(result));
    }

    // The parts are taken from the journal's own text, so that ledger and journal cannot differ in form.
    private static RunDetails Details(RunRecord result)
    {
        using var document = JsonDocument.Parse(Journal.Write(result with { Observations = [], Logs = [] }));
        var record = document.RootElement.GetProperty("result");
        var measurements = record.GetProperty("measurements");
        return new RunDetails(
            Cut(result.Hypothesis),
            record.GetProperty("faults").GetRawText(),
            record.GetProperty("verdicts").GetRawText(),
            measurements.GetProperty("breakers").GetRawText(),
            measurements.GetProperty("latencyHistogram").GetRawText(),
            record.GetProperty("timeline").GetRawText(),
            result.RunId + Journal.Suffix);
    }

    // PostgreSQL takes no zero character in a text, and no half of a surrogate pair.
    private static string Cut(string text)
    {
        var start = text.Length <= LongestText ? text : text[..LongestText];
        return string.Concat(start.EnumerateRunes().Where(rune => rune.Value != 0));
    }
}
