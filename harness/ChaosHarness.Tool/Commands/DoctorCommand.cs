using System.CommandLine;
using ChaosHarness.Safety;
using ChaosHarness.Tool.Doctors;
using ChaosHarness.Tool.Reports;

namespace ChaosHarness.Tool.Commands;

/// <summary>What is missing here, and what brings it.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var install = new Option<bool>("--install") { Description = "Also install what needs no rights: the generator of the Allure site." };
        var command = new Command("doctor", "Says what is missing here, and the command that brings it. Exit code 0 when experiments can run, 3 otherwise.") { install };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            var isIll = false;
            await foreach (var diagnosis in Examination.RunAsync(Workspace.Current, cancellationToken))
            {
                isIll |= diagnosis.Health == Health.Ill;
                var mark = diagnosis.Health switch { Health.Well => "ok     ", Health.Lacking => "without", _ => "PROBLEM" };
                Console.WriteLine($"{mark}  {diagnosis.Subject,-22}{TerminalText.Of(diagnosis.Words)}");
                if (diagnosis.Cure is { } cure)
                {
                    Console.WriteLine($"{"",-31}-> {cure}");
                }
            }

            if (parsed.GetValue(install) && await AllureSite.InstallAsync(cancellationToken) is { Folder: null, Problem: var problem })
            {
                await Console.Error.WriteLineAsync($"No Allure site: {problem}");
                return ExitCodes.SomethingMissing;
            }

            return isIll ? ExitCodes.SomethingMissing : ExitCodes.Done;
        });
        return command;
    }
}
