using System.CommandLine;
using System.Globalization;
using ChaosHarness.Ledger;
using ChaosHarness.Ledger.FollowUps;
using ChaosHarness.Safety;

namespace ChaosHarness.Tool.Commands;

/// <summary>Opens a finding.</summary>
internal static class FindingsAddCommand
{
    private const string DueForm = "yyyy-MM-dd";

    public static Command Create(Option<string?> ledger)
    {
        var text = new Argument<string>("text") { Description = "What has to be mended." };
        var run = new Option<string>("--run") { Description = "The run that showed it.", Required = true };
        var severity = new Option<string>("--severity") { Description = "high, medium or low.", Required = true };
        severity.AcceptOnlyFromAmong("high", "medium", "low");
        var owner = new Option<string>("--owner") { Description = "Who sees to it.", Required = true };
        var due = new Option<string>("--due") { Description = "The last day on which it is in time, UTC, such as 2026-12-31.", Required = true };
        due.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && Day(token.Value) is null)
            {
                result.AddError($"--due is '{token.Value}', but must be a day such as 2026-12-31.");
            }
        });
        var proved = new Option<string?>("--proved-by") { Description = "The id of the experiment that proves it mended when it passes. Default: the one that showed it." };
        var byHand = new Option<bool>("--close-by-hand") { Description = "A person closes it. Default: the first run that proves it mended does." };
        var by = new Option<string>("--by") { Description = "Who opens it. Default: the user of this machine.", DefaultValueFactory = _ => Environment.UserName };
        var command = new Command("add", "Opens a finding.") { text, run, severity, owner, due, proved, byHand, by, ledger };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var opened = new NewFollowUp(
                parsed.GetRequiredValue(run),
                Given(parsed.GetRequiredValue(text), "The text"),
                Enum.Parse<FollowUpSeverity>(parsed.GetRequiredValue(severity), ignoreCase: true),
                Given(parsed.GetRequiredValue(owner), "--owner"),
                Day(parsed.GetRequiredValue(due))!.Value,
                Given(parsed.GetRequiredValue(by), "--by"))
            {
                ProvedBy = parsed.GetValue(proved),
                ClosesItself = !parsed.GetValue(byHand),
            };
            await using var into = await LedgerOption.OpenWrittenAsync(parsed.GetValue(ledger), cancellationToken);
            var (finding, refusal) = await FollowUpBook.OpenAsync(into, opened, cancellationToken);
            if (finding is null)
            {
                throw new UsageException($"No finding was opened: {refusal}.");
            }

            Console.WriteLine($"{finding.Id} is open: {TerminalText.Of(finding.Text)}");
            await TellAsync(into, finding, cancellationToken);
            return ExitCodes.Done;
        });
        return command;
    }

    /// <summary>What was given, which is not nothing.</summary>
    /// <exception cref="UsageException">It is.</exception>
    public static string Given(string text, string what) => string.IsNullOrWhiteSpace(text) ? throw new UsageException($"{what} is empty.") : text;

    private static async Task TellAsync(RunLedger ledger, FollowUp finding, CancellationToken cancellationToken)
    {
        if (finding.Proof is { } proof)
        {
            Console.WriteLine($"Run {TerminalText.Of(proof)} has passed since. If that proves it mended: chaos findings close {finding.Id} --run {TerminalText.Of(proof)}");
        }
        else if ((await LedgerQueries.SeriesAsync(ledger, cancellationToken)).All(series => series.ExperimentId != finding.ProvedBy))
        {
            Console.WriteLine($"No run of '{TerminalText.Of(finding.ProvedBy)}' is in the ledger yet: is that the id of an experiment?");
        }
    }

    private static DateOnly? Day(string text) => DateOnly.TryParseExact(text, DueForm, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
