using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using ChaosHarness.Ledger;
using ChaosHarness.LocalCloud.Hosting;
using ChaosHarness.Tool;
using ChaosHarness.Tool.Commands;

// These two are programs of their own, with flags of their own.
switch (args)
{
    case ["toxiproxy", .. var flags]:
        return await ChaosHarness.Toxiproxy.Server.Hosting.Program.Main(flags);
    case ["localcloud", .. var flags]:
        return await LocalCloudProgram.RunAsync(flags);
}

var root = new RootCommand($"""
    Drills of disaster recovery: run them, report on them, undo what is left of them.

    Exit codes: {ExitCodes.InWords}
    """)
{
    InitCommand.Create(),
    DrillCommand.Create(),
    ReportCommand.Create(),
    RetrospectiveCommand.Create(),
    AuditCommand.Create(),
    OpenCommand.Create(),
    SummaryCommand.Create(),
    GateCommand.Create(),
    LedgerCommand.Create(),
    FindingsCommand.Create(),
    FaultsCommand.Create(),
    HaltCommand.Create(),
    MonkeyCommand.Create(),
    DiscoverCommand.Create(),
    AdviseCommand.Create(),
    DoctorCommand.Create(),
    CompletionCommand.Create(),
    new Command("toxiproxy", "Runs the proxy server alone; its own --help lists its flags."),
    new Command("localcloud", "Runs a local cloud alone, for aws --endpoint-url; its own --help lists its flags."),
};
foreach (var command in PeopleCommands.Create())
{
    root.Add(command);
}

foreach (var group in root.Subcommands.Where(command => command.Subcommands.Count > 0 && command.Action is null).Prepend(root))
{
    // Without a word after it, it says which there are.
    group.SetAction(parsed =>
    {
        new HelpAction().Invoke(parsed);
        return ExitCodes.WrongUse;
    });
}

try
{
    // Whoever interrupts a drill is waited for while it undoes what it did.
    var parsed = root.Parse(args);
    if (parsed.Action is ParseErrorAction wrong)
    {
        // What is wrong would scroll away above everything that could be right.
        wrong.ShowHelp = false;
    }

    // In the list of commands an argument looks as if it had to be given; each command's own help says more of it.
    foreach (var argument in parsed.CommandResult.Command.Subcommands.SelectMany(command => command.Arguments).Where(argument => argument.HasDefaultValue || argument.Arity.MinimumNumberOfValues == 0))
    {
        argument.Hidden = true;
    }

    var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromMinutes(15) });
    // Of a command line that is wrong it has told already; a pipeline must not take that for an experiment that failed.
    return parsed.Errors.Count > 0 ? ExitCodes.WrongUse : code;
}
catch (Exception exception) when (exception is UsageException or LedgerException or FormatException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(FileTrouble.Tell(exception));
    return ExitCodes.WrongUse;
}
catch (OperationCanceledException)
{
    await Console.Error.WriteLineAsync("Interrupted.");
    return ExitCodes.NotAllPassed;
}
