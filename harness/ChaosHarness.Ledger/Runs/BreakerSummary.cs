using System.Text.Json.Nodes;
using ChaosHarness.Checkers;
using ChaosHarness.Experiments;

namespace ChaosHarness.Ledger.Runs;

/// <summary>What each circuit breaker did, put together from its figures for those who read an export.</summary>
internal static class BreakerSummary
{
    private static readonly (string Figure, string Member)[] Times = [(FigureNames.BreakerTimeToOpen, "timeToOpen"), (FigureNames.BreakerTimeToClose, "timeToClose")];
    private static readonly (string Figure, string Member)[] Counts = [(FigureNames.BreakerLetThrough, "letThrough"), (FigureNames.BreakerKeptOff, "keptOff"), (FigureNames.BreakerChanges, "changes")];

    /// <summary>Writes it.</summary>
    /// <param name="figures">The figures of a run.</param>
    /// <returns>A JSON array, one object a breaker; what was not measured or never came is missing.</returns>
    public static string Write(IReadOnlyList<RecordedFigure> figures)
    {
        var breakers = new SortedDictionary<string, JsonObject>(StringComparer.Ordinal);
        foreach (var (name, member) in Times)
        {
            foreach (var figure in Found(name))
            {
                Of(figure)[member] = new JsonObject { ["lower"] = figure.Lower, ["upper"] = figure.Upper };
            }
        }

        foreach (var (name, member) in Counts)
        {
            foreach (var figure in Found(name))
            {
                Of(figure)[member] = figure.Upper;
            }
        }

        return new JsonArray([.. breakers.Values]).ToJsonString();

        IEnumerable<Figure> Found(string name) => figures.Named(name).Select(recorded => recorded.Figure).Where(figure => figure.Upper is { } upper && double.IsFinite(upper) && double.IsFinite(figure.Lower ?? 0));

        JsonObject Of(Figure figure) => breakers.TryGetValue(figure.Subject, out var known) ? known : breakers[figure.Subject] = new JsonObject { ["breaker"] = figure.Subject };
    }
}
