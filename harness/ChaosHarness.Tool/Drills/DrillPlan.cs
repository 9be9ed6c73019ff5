using ChaosHarness.Ledger;
using ChaosHarness.Ledger.Runs;

namespace ChaosHarness.Tool.Drills;

/// <summary>What a drill of a profile will probably run, and for how long: the experiments of the last one, with the medians of their latest runs.</summary>
/// <param name="Durations">How long each experiment takes, by its name.</param>
internal sealed record DrillPlan(IReadOnlyDictionary<string, TimeSpan> Durations)
{
    /// <summary>The ids of the experiments, by their names.</summary>
    public IReadOnlyDictionary<string, string> Ids { get; init; } = new Dictionary<string, string>();

    private const int Runs = 5;
    private static readonly TimeSpan OneDrill = TimeSpan.FromHours(2);

    /// <summary>Nothing is known.</summary>
    public static DrillPlan Unknown { get; } = new(new Dictionary<string, TimeSpan>());

    /// <summary>Reads it from a ledger; one that cannot be read knows nothing.</summary>
    public static async Task<DrillPlan> ReadAsync(Func<Task<RunLedger>> open, string profile, CancellationToken cancellationToken)
    {
        try
        {
            await using var ledger = await open().ConfigureAwait(false);
            var latest = new List<IReadOnlyList<LedgerRun>>();
            foreach (var series in (await LedgerQueries.SeriesAsync(ledger, cancellationToken).ConfigureAwait(false)).Where(series => series.Profile == profile))
            {
                latest.Add(await LedgerQueries.LatestAsync(ledger, series, DateTimeOffset.UtcNow, Runs, cancellationToken).ConfigureAwait(false));
            }

            return Of(latest);
        }
        catch (LedgerException)
        {
            return Unknown;
        }
    }

    /// <summary>Of the latest runs of each series, the newest first.</summary>
    internal static DrillPlan Of(IEnumerable<IReadOnlyList<LedgerRun>> latest)
    {
        var known = latest.Where(runs => runs.Count > 0).ToList();
        if (known.Count == 0)
        {
            return Unknown;
        }

        var last = known.Max(runs => runs[0].StartedAt);
        var latestDrill = known.Where(runs => last - runs[0].StartedAt < OneDrill).ToList();
        return new DrillPlan(latestDrill
            .GroupBy(runs => runs[0].Name)
            .ToDictionary(runs => runs.Key, runs => runs.Select(several => several.Select(run => run.Duration).Order().ElementAt(several.Count / 2)).Max()))
        {
            Ids = latestDrill.GroupBy(runs => runs[0].Name).ToDictionary(runs => runs.Key, runs => runs.First()[0].ExperimentId),
        };
    }

    /// <summary>Without the experiments that are no more.</summary>
    /// <param name="ids">Those that are.</param>
    public DrillPlan Only(IReadOnlyCollection<string> ids) => this with { Durations = Durations.Where(entry => !Ids.TryGetValue(entry.Key, out var id) || ids.Contains(id)).ToDictionary() };
}
