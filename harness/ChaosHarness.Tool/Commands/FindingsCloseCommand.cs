using System.CommandLine;
using System.Globalization;
using ChaosHarness.Ledger.FollowUps;
using ChaosHarness.Safety;

namespace ChaosHarness.Tool.Commands;

/// <summary>Closes a finding, by a run that proves it mended or because somebody accepts the risk.</summary>
internal static class FindingsCloseCommand
{
    public static Command Create(Option<string?> ledger)
    {
        var id = new Argument<string>("id") { Description = "The finding, such as F3." };
        var run = new Option<string?>("--run") { Description = "The run that proves it mended: later than the one that showed it, of the experiment that proves it, on the same system, and passed." };
        var because = new Option<string?>("--because") { Description = "Why it is closed without such a run; --by says who accepts the risk." };
        var by = new Option<string?>("--by") { Description = "Who closes it. Default with --run: the user of this machine." };
        var command = new Command("close", "Closes a finding. Exit code 0 when it is closed, 1 when the run does not prove it mended.") { id, run, because, by, ledger };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var number = Number(parsed.GetRequiredValue(id));
            var (proof, why, who) = (parsed.GetValue(run), parsed.GetValue(because), parsed.GetValue(by));
            if ((proof is null) == (why is null))
            {
                throw new UsageException("Say --run RUN, which proves it mended, or --because TEXT --by NAME, who accepts the risk: one of them.");
            }

            await using var opened = await LedgerOption.OpenWrittenAsync(parsed.GetValue(ledger), cancellationToken);
            var (finding, refusal) = proof is not null
                ? await FollowUpBook.CloseByRunAsync(opened, number, proof, FindingsAddCommand.Given(who ?? Environment.UserName, "--by"), cancellationToken)
                : await FollowUpBook.CloseByPersonAsync(opened, number, FindingsAddCommand.Given(who ?? "", "--by, which says who accepts the risk,"), FindingsAddCommand.Given(why!, "--because"), cancellationToken);
            if (refusal is not null)
            {
                await Console.Error.WriteLineAsync($"Not closed: {TerminalText.Of(refusal)}.");
                return finding is { IsOpen: true } ? ExitCodes.NotAllPassed : ExitCodes.WrongUse;
            }

            Console.WriteLine($"{finding!.Id}: {TerminalText.Of(finding.History[^1].ToString())}");
            return ExitCodes.Done;
        });
        return command;
    }

    private static long Number(string id) => long.TryParse(id.StartsWith('F') || id.StartsWith('f') ? id[1..] : id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new UsageException($"'{id}' is no finding: they are called F1, F2 and so on, and `chaos findings` lists them.");
}
