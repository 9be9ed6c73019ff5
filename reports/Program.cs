using System.CommandLine;
using ChaosHarness.Reports;
using Spectre.Console;

var results = new Option<DirectoryInfo>("--results") { Description = "The folder of Allure results.", DefaultValueFactory = _ => new DirectoryInfo("artifacts/allure-results") };
var site = new Option<string?>("--site") { Description = "Where the report site is, to be named below the table." };
var summary = new Command("summary", "Prints one line an experiment. Exit code 0 when all passed, 1 when one did not, 2 when there is none.") { results, site };
summary.SetAction(parsed =>
{
    var rows = DrillResults.Read(parsed.GetRequiredValue(results).FullName);
    return DrillTable.Print(AnsiConsole.Console, rows, parsed.GetValue(site));
});
return await new RootCommand("Reports on the experiments of ChaosHarness.") { summary }.Parse(args).InvokeAsync();
