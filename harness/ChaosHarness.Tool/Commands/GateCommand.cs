using System.CommandLine;
using System.Globalization;
using ChaosHarness.Ledger;
using ChaosHarness.Ledger.FollowUps;
using ChaosHarness.Ledger.Gates;
using ChaosHarness.Ledger.Runs;
using ChaosHarness.Ledger.Scorecards;
using ChaosHarness.Ledger.Statistics;
using ChaosHarness.Safety;

namespace ChaosHarness.Tool.Commands;

/// <summary>The gate for pipelines: fails when recovery got worse.</summary>
internal static class GateCommand
{
    public static Command Create()
    {
        var ledger = LedgerOption.Create();
        var baseline = new Option<string>("--baseline") { Description = "The branch, or the beginning of a commit, whose runs are the baseline.", DefaultValueFactory = _ => new GateOptions().Baseline };
        var regression = new Option<string>("--max-regression") { Description = "By how much a figure may get worse.", DefaultValueFactory = _ => "20%" };
        var candidate = new Option<string?>("--candidate") { Description = "The branch whose latest runs are judged. Default: that of the newest run of each experiment on each system." };
        var profile = new Option<string?>("--profile") { Description = "Only runs under this profile. Default: all, each profile compared with itself." };
        var overdue = new Option<string?>("--overdue-findings") { Description = "Fail for findings, too, that are overdue: those of this severity (high, medium, low) and of worse ones. Default: none do." };
        overdue.AcceptOnlyFromAmong("high", "medium", "low");
        regression.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Share(token.Value) is null)
            {
                result.AddError($"--max-regression is '{token.Value}', but must be a percentage such as 20%.");
            }
        });
        var command = new Command("gate", "Compares the latest runs of each experiment with a baseline, each system, environment, topology, profile and parameter by itself. Exit code 0 when none got worse, 1 when one did, 2 when there was nothing to compare.") { ledger, baseline, regression, candidate, profile, overdue };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            await using var opened = await LedgerOption.OpenWrittenAsync(parsed.GetValue(ledger), cancellationToken);
            var options = new GateOptions
            {
                Baseline = parsed.GetRequiredValue(baseline),
                MaximumRegression = Share(parsed.GetRequiredValue(regression))!.Value,
                Candidate = parsed.GetValue(candidate),
                Profile = parsed.GetValue(profile),
            };
            var now = DateTimeOffset.UtcNow;
            var findings = await RegressionGate.JudgeAsync(opened, options, now, cancellationToken);
            if (findings.Count == 0)
            {
                throw new UsageException($"Nothing was compared: no conclusive run of what was asked for is in the ledger{(options.Candidate is { } branch ? $", candidate '{branch}'" : "")}{(options.Profile is { } name ? $", profile '{name}'" : "")}. {await KnownAsync(opened, cancellationToken)}");
            }

            var worse = Print(findings, options);
            return parsed.GetValue(overdue) is { } severity && Print(await FollowUpBook.ReadAsync(opened, cancellationToken), Enum.Parse<FollowUpSeverity>(severity, ignoreCase: true), now) ? ExitCodes.NotAllPassed : worse;
        });
        return command;
    }

    // A word that is written wrongly must not be green for ever.
    private static async Task<string> KnownAsync(RunLedger ledger, CancellationToken cancellationToken)
    {
        const int Looked = 50;
        var runs = new List<LedgerRun>();
        foreach (var series in await LedgerQueries.SeriesAsync(ledger, cancellationToken).ConfigureAwait(false))
        {
            runs.AddRange(await LedgerQueries.LatestAsync(ledger, series, DateTimeOffset.UtcNow, Looked, cancellationToken).ConfigureAwait(false));
        }

        var conclusive = runs.Where(run => run.IsConclusive).ToList();
        return runs.Count == 0 ? "It holds no run at all: run a drill first (chaos drill)."
            : conclusive.Count == 0 ? "No run in it passed or failed: `chaos report` shows why."
            : $"It has runs of the profiles {Words(conclusive.Select(run => run.Origin.Profile))}, and of the branches {Words(conclusive.Select(run => run.Origin.Branch))}.";
    }

    private static string Words(IEnumerable<string?> names) => string.Join(", ", names.Distinct().Order(StringComparer.Ordinal).Select(name => name is null ? "none" : $"'{TerminalText.Of(name)}'"));

    private static int Print(IReadOnlyList<GateFinding> findings, GateOptions options)
    {
        var worse = findings.Where(finding => finding.Verdict == ChangeVerdict.Worse).ToList();
        foreach (var finding in worse)
        {
            Console.WriteLine($"Worse: {TerminalText.Of(finding.Name)} ({TerminalText.Of(finding.Series.ToString())})");
            foreach (var change in finding.Changes.Where(change => change.Verdict == ChangeVerdict.Worse))
            {
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {ExperimentReview.Describe(change)}: the latest {finding.LatestRuns} runs against {finding.BaselineRuns} of {options.Baseline}, p = {change.Probability:0.#####}"));
            }
        }

        var few = findings.Where(finding => finding.Verdict == ChangeVerdict.NotEnoughRuns).ToList();
        if (few.Count > 0)
        {
            Console.WriteLine($"Not enough runs to judge {few.Count} of {findings.Count} series: {ChangeDetection.LeastLatest} latest runs and {ChangeDetection.LeastBaseline} of the baseline '{options.Baseline}' are the least.");
        }

        if (findings.Count > 0 && findings.All(finding => finding.BaselineRuns == 0))
        {
            Console.WriteLine($"No run of the baseline '{options.Baseline}' before the latest ones is in the ledger: --baseline is the branch, or the beginning of a commit, whose runs are.");
        }

        Console.WriteLine($"Gate: {worse.Count} of {findings.Count} series of runs got worse by more than {options.MaximumRegression.ToString("0.##%", CultureInfo.InvariantCulture)}.");
        return worse.Count > 0 ? 1 : 0;
    }

    // Whether there are any.
    private static bool Print(IReadOnlyList<FollowUp> findings, FollowUpSeverity least, DateTimeOffset now)
    {
        var late = FollowUpBook.MostUrgentFirst(findings, now).Where(finding => finding.IsOverdue(now) && finding.Severity >= least).ToList();
        foreach (var finding in late)
        {
            Console.WriteLine(TerminalText.Of($"Overdue: {finding.Id}, {finding.Severity.ToString().ToLowerInvariant()}, {finding.Owner}, {FindingsText.Due(finding, now)}: {finding.Text} ({finding.System} in {finding.Environment})"));
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Gate: {late.Count} {(late.Count == 1 ? "finding" : "findings")} of severity {least.ToString().ToLowerInvariant()}{(least == FollowUpSeverity.High ? "" : " or worse")} overdue."));
        return late.Count > 0;
    }

    private static double? Share(string text) =>
        text.Trim().EndsWith('%') && double.TryParse(text.Trim()[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent is >= 0 and <= 10_000 ? percent / 100 : null;
}
