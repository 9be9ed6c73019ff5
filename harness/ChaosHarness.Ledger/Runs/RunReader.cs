using System.Globalization;
using System.Text.Json;
using ChaosHarness.Checkers;
using ChaosHarness.Experiments;
using ChaosHarness.Journals;

namespace ChaosHarness.Ledger.Runs;

/// <summary>Makes the entry of the ledger from the record of a run.</summary>
public static class RunReader
{
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

        var run = new LedgerRun
        {
            RunId = LedgerText.Cut(result.RunId),
            ExperimentId = LedgerText.Cut(result.ExperimentId),
            Parameters = RunSeries.Write(result.Parameters.Select(parameter => KeyValuePair.Create(LedgerText.Cut(parameter.Key), LedgerText.Cut(parameter.Value)))),
            Name = LedgerText.Cut(result.Name),
            System = LedgerText.Cut(result.System),
            Environment = LedgerText.Cut(result.Environment),
            // Objectives and what is held against them are others at another speed: a history of its own.
            Topology = LedgerText.Cut(result.Speed == 1 ? result.Topology : string.Create(CultureInfo.InvariantCulture, $"{result.Topology}, {result.Speed:0.###} times as fast")),
            Origin = result.Origin,
            Attempt = result.Attempt,
            StartedAt = result.StartedAt,
            Duration = result.Duration,
            Outcome = result.Outcome,
            Reason = result.Reason is { } reason ? LedgerText.Cut(reason) : null,
            Figures = Figures(result),
            Evidence = RunEvidence.Of(result),
            Labels = [.. result.Labels.Select(LedgerText.Cut).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        };
        return new LedgerEntry(run, Details(result));
    }

    // A name and a subject stand for one number of a run.
    private static List<RecordedFigure> Figures(RunRecord result)
    {
        var figures = UnseenRecoveries.In(result.Figures).Select(recorded => recorded with { Figure = recorded.Figure with { Name = LedgerText.Cut(recorded.Figure.Name), Subject = LedgerText.Cut(recorded.Figure.Subject), Unit = new Unit(LedgerText.Cut(recorded.Figure.Unit.Symbol)) } });
        if (RunEvidence.CapacityLost(result) is { } share)
        {
            figures = figures.Append(new RecordedFigure(Figure.Exact(FigureNames.CapacityLost, "", Unit.Ratio, share, Better.Neither)));
        }

        return [.. figures.DistinctBy(recorded => (recorded.Figure.Name, recorded.Figure.Subject))];
    }

    // The parts are taken from the journal's own text, so that ledger and journal cannot differ in form.
    private static RunDetails Details(RunRecord result)
    {
        using var document = JsonDocument.Parse(Journal.Write(result with { Observations = [], Logs = [] }));
        var record = document.RootElement.GetProperty("result");
        return new RunDetails(
            LedgerText.Cut(result.Hypothesis),
            record.GetProperty("faults").GetRawText(),
            record.GetProperty("verdicts").GetRawText(),
            BreakerSummary.Write(result.Figures),
            record.GetProperty("latencyHistogram").GetRawText(),
            record.GetProperty("timeline").GetRawText(),
            result.RunId + Journal.Suffix);
    }
}
