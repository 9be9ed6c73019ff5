using System.Text.Json;
using System.Text.Json.Serialization;
using ChaosHarness.Ledger.Scorecards;

namespace ChaosHarness.Reports.Pages;

/// <summary>Reads what a scorecard is told from a JSON file; comments are allowed, unknown names are not.</summary>
internal static class ScorecardConfiguration
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        ReadCommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <exception cref="FormatException">The file is no configuration; says why.</exception>
    public static ScorecardOptions Read(string path)
    {
        if (!File.Exists(path))
        {
            return new ScorecardOptions();
        }

        ScorecardOptions? options;
        try
        {
            options = JsonSerializer.Deserialize<ScorecardOptions>(File.ReadAllBytes(path), Json);
        }
        catch (JsonException exception)
        {
            throw new FormatException($"{path} is no configuration of the scorecard: {exception.Message}", exception);
        }

        return options is not null && Mistake(options) is { } mistake
            ? throw new FormatException($"{path}: {mistake}")
            : options ?? throw new FormatException($"{path} is no configuration of the scorecard: it is null.");
    }

    private static string? Mistake(ScorecardOptions options) => options switch
    {
        { CostPerMinute: < 0 } => "costPerMinute must be 0 or more.",
        { OverdueAfterDaysOtherwise: < 1 } => "overdueAfterDaysOtherwise must be 1 or more.",
        { MaximumRegression: not (>= 0) } => "maximumRegression must be 0 or more.",
        _ when options.OverdueAfterDays.Any(entry => entry.Value < 1) => "every entry of overdueAfterDays must be 1 or more.",
        _ when options.FailuresPerYear.Any(entry => !(entry.Value >= 0)) => "every entry of failuresPerYear must be 0 or more.",
        _ => null,
    };
}
