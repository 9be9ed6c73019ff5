using System.CommandLine;
using ChaosHarness.Reports.Retrospectives;
using ChaosHarness.Tool.Reports;

namespace ChaosHarness.Tool.Commands;

/// <summary>Writes what the people of a drill sit down with when it is over.</summary>
internal static class RetrospectiveCommand
{
    public static Command Create()
    {
        var ledger = LedgerOption.Create();
        var run = new Argument<string?>("run") { Description = "The run, by its id. Default: the latest that people attended, else the latest; with --scenario the latest that is a step of one.", Arity = ArgumentArity.ZeroOrOne };
        var output = new Option<DirectoryInfo?>("--output") { Description = "The folder to write to. Default: where the journal is." };
        var journals = RunJournals.Option();
        var replace = new Option<bool>("--replace") { Description = "Write it anew where there is one already, with all that people wrote into it." };
        var scenario = new Option<bool>("--scenario") { Description = "One of all steps of the scenario that the run is a step of: RUN.scenario.retrospective.md and .html, after the first of them." };
        var command = new Command("retrospective", "Writes RUN.retrospective.md and RUN.retrospective.html: what was expected and seen, what happened and who decided what, what has to be mended, and questions to answer together.") { run, scenario, output, journals, replace, ledger };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var found = RunJournals.Of(parsed.GetValue(journals));
            var record = parsed.GetValue(run) is { } id ? found.Read(id)
                : parsed.GetValue(scenario) ? found.ReadLatestStep(Console.Error.WriteLine)
                : found.ReadLatest(Console.Error.WriteLine);
            var steps = parsed.GetValue(scenario) ? found.StepsOf(record, Console.Error.WriteLine) : [record];
            var folder = parsed.GetValue(output)?.FullName ?? found.Folder;
            var files = parsed.GetValue(scenario) ? RetrospectiveFiles.OfScenarioIn(folder, steps[0].RunId) : RetrospectiveFiles.In(folder, record.RunId);
            if (!parsed.GetValue(replace) && files.Existing.FirstOrDefault() is { } there)
            {
                throw new UsageException($"{Workspace.Shown(there)} is there already, and people may have written into it. --replace writes it anew, --output names another folder.");
            }

            var (opened, why) = await DrilledRuns.OpenAsync(parsed.GetValue(ledger), cancellationToken);
            await using (opened)
            {
                var drilled = new List<DrilledRun>();
                foreach (var step in steps)
                {
                    drilled.Add(await DrilledRuns.OfAsync(step, opened, why, cancellationToken));
                }

                await files.WriteAsync(parsed.GetValue(scenario) ? ScenarioRetrospective.Of(drilled) : Retrospective.Of(drilled[0]), cancellationToken);
            }

            Console.WriteLine($"Retrospective: {new Uri(files.Page).AbsoluteUri}");
            Console.WriteLine($"To write on: {Workspace.Shown(files.Markdown)}");
            return ExitCodes.Done;
        });
        return command;
    }
}
