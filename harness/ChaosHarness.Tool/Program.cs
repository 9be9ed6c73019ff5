using System.CommandLine;
using ChaosHarness.Ledger;
using ChaosHarness.Reports.Commands;

var root = new RootCommand("Reports on the experiments of ChaosHarness.") { SummaryCommand.Create(), ReportCommand.Create(), GateCommand.Create(), LedgerCommand.Create() };
try
{
    return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
}
catch (Exception exception) when (exception is LedgerException or FormatException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(exception.Message);
    return 2;
}
